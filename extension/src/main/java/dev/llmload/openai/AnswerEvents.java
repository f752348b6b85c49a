package dev.llmload.openai;

import dev.llmload.result.Outcome;
import dev.llmload.result.RequestRecord;
import org.jspecify.annotations.Nullable;

/** Takes the events of one answer and says what they mean. Confined to one thread. */
final class AnswerEvents implements SseDecoder.Handler {
    private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

    private final TokenTally tally;
    private final SseDecoder decoder = new SseDecoder(this, SseDecoder.LIMIT);
    private final ChunkShape shape = new ChunkShape();
    private final Chunk chunk = new Chunk();
    private final AnswerPrint print = new AnswerPrint();

    private @Nullable AnswerText text;

    private long instant = RequestRecord.ABSENT;
    private long lastEvent = RequestRecord.ABSENT;
    private boolean ending;
    private boolean done;
    private String finishReason = "";
    private Outcome problem = Outcome.OK;
    private String problemText = "";

    AnswerEvents(TokenTally tally) {
        this.tally = tally;
    }

    /** The next bytes, which came at this instant. */
    void feed(long nanos, byte[] bytes, int offset, int length) {
        instant = nanos;
        decoder.feed(bytes, offset, length);
    }

    /** No bytes follow; what they left unfinished is told with the instant of the last ones, unless it is broken off JSON. */
    void finish() {
        ending = true;
        decoder.finish();
    }

    void stop() {
        decoder.stop();
    }

    @Override
    public void event(byte[] data, int from, int to, boolean error) {
        int start = from;
        int end = to;
        while (start < end && isBlank(data[start])) {
            start++;
        }
        while (end > start && isBlank(data[end - 1])) {
            end--;
        }
        if (error) {
            breakOff(Outcome.STREAM_ERROR, ErrorText.of(data, start, end));
        } else if (shape.matches(data, start, end)) {
            tally.token(instant, !shape.reasoning(), shape.reasoning());
            print.add(data, shape.textFrom(start), shape.textTo(end));
            AnswerText wanted = text;
            if (wanted != null && !shape.reasoning()) {
                wanted.add(data, shape.textFrom(start), shape.textTo(end));
            }
        } else if (isDone(data, start, end)) {
            done = true;
            decoder.stop();
        } else if (start < end) {
            ChunkReader.read(data, start, end, chunk);
            take(data, start, end);
            shape.learn(data, start, end, chunk);
        }
    }

    private void take(byte[] data, int from, int to) {
        if (!chunk.malformed.isEmpty()) {
            if (!ending) {
                breakOff(Outcome.PROTOCOL, "an event " + chunk.malformed + ": " + Excerpt.text(data, from, to));
            }
            return;
        }
        if (!chunk.error.isEmpty()) {
            breakOff(Outcome.STREAM_ERROR, ErrorText.withRaw(chunk.error, data, from, to));
            return;
        }
        if (chunk.tokenEvent()) {
            tally.token(instant, chunk.output, chunk.reasoning);
            print.add(data, to, chunk);
            AnswerText wanted = text;
            if (wanted != null) {
                wanted.addChunk(data, from, to);
            }
        }
        if (chunk.usage) {
            tally.usage(chunk);
        }
        if (!chunk.finishReason.isEmpty()) {
            finishReason = chunk.finishReason;
            if (finishReason.equals("error")) {
                breakOff(Outcome.STREAM_ERROR, "finish_reason error");
            }
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\n';
    }

    private static boolean isDone(byte[] data, int from, int to) {
        if (to - from != DONE.length) {
            return false;
        }
        for (int i = 0; i < DONE.length; i++) {
            if (data[from + i] != DONE[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void errorField(byte[] line, int from, int to) {
        breakOff(Outcome.STREAM_ERROR, ErrorText.of(line, from, to));
    }

    @Override
    public void sign() {
        lastEvent = instant;
    }

    @Override
    public void overLimit(int limit) {
        breakOff(Outcome.PROTOCOL, "a line or event of the stream is longer than " + limit + " bytes");
    }

    private void breakOff(Outcome kind, String text) {
        problem = kind;
        problemText = text;
        decoder.stop();
    }

    /** Instant of the last event or comment, or absent. */
    long lastEvent() {
        return lastEvent;
    }

    /** Whether {@code [DONE]} came. */
    boolean done() {
        return done;
    }

    /** Keeps the content from here on. */
    void keepText() {
        text = new AnswerText();
    }

    /** The content so far; empty if it was not kept. */
    String text() {
        AnswerText kept = text;
        return kept == null ? "" : kept.toString();
    }

    /** Fingerprint of the text so far, or unknown. */
    long print() {
        return print.value();
    }

    /** The last non-empty one, or empty. */
    String finishReason() {
        return finishReason;
    }

    /** What is wrong with the stream, or OK. */
    Outcome problem() {
        return problem;
    }

    String problemText() {
        return problemText;
    }

    /** Whether any line was one of an event stream. */
    boolean recognised() {
        return decoder.recognised();
    }

    /** Whether any line was not. */
    boolean strange() {
        return decoder.strange();
    }
}
