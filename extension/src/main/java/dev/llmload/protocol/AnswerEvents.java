package dev.llmload.protocol;

import dev.llmload.result.Outcome;
import dev.llmload.result.request.FinishReasons;
import dev.llmload.result.request.RequestRecord;

/** Takes the events of one answer and says what they mean. Confined to one thread. */
final class AnswerEvents implements SseDecoder.Handler {
    private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

    private final TokenTally tally;
    private final SseDecoder decoder = new SseDecoder(this, SseDecoder.LIMIT);
    private final ChunkShape shape = new ChunkShape();
    private final Chunk chunk = new Chunk();
    private final AnswerContent content = new AnswerContent();

    private long instant = RequestRecord.ABSENT;
    private long lastEvent = RequestRecord.ABSENT;
    private boolean ending;
    private boolean done;
    private boolean gaveUp;
    private String finishReason = "";
    private String finishMessage = "";
    private String foreignLine = "";
    private String unheard = "";
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
            if (shape.reasoning()) {
                content.reasoningElsewhere();
                tally.token(instant, false, true);
            } else {
                token(content.add(data, shape.textFrom(start), shape.textTo(end)));
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
            takeMalformed(data, from, to);
            return;
        }
        if (!chunk.error.isEmpty()) {
            breakOff(Outcome.STREAM_ERROR, ErrorText.withRaw(chunk.error, data, from, to));
            return;
        }
        if (unheard.isEmpty() && !chunk.choices && !chunk.usage.present()) {
            unheard = Excerpt.text(data, from, to);
        }
        if (chunk.tokenEvent()) {
            token(content.addChunk(data, to, chunk));
        }
        if (chunk.usage.present()) {
            tally.usage(chunk.usage, chunk.tokenEvent());
        }
        // A server that gave up may still say why, so the reading goes on.
        if (!chunk.finishReason.isEmpty() && !gaveUp) {
            finishReason = chunk.finishReason;
            finishMessage = chunk.finishMessage;
            gaveUp = FinishReasons.isFailure(finishReason);
        }
    }

    private void takeMalformed(byte[] data, int from, int to) {
        String malformed = chunk.malformed;
        String joined = ErrorText.inLines(data, from, to);
        if (!joined.isEmpty()) {
            breakOff(Outcome.STREAM_ERROR, joined);
        } else if (!ending || chunk.goesOn) {
            breakOff(
                    Outcome.PROTOCOL,
                    "an event " + malformed + ": "
                            + Excerpt.text(data, from, to).replace('\n', ' '));
        }
    }

    private void token(int said) {
        if ((said & ThinkTags.RESTART) != 0) {
            tally.allWasReasoning();
        }
        tally.token(instant, (said & ThinkTags.OUTPUT) != 0, (said & ThinkTags.THOUGHT) != 0);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\n';
    }

    /** {@code [DONE]}, which some put in quotes or write in small letters. */
    private static boolean isDone(byte[] data, int from, int to) {
        boolean quoted = to - from == DONE.length + 2 && data[from] == '"' && data[to - 1] == '"';
        int start = quoted ? from + 1 : from;
        if ((quoted ? to - 1 : to) - start != DONE.length) {
            return false;
        }
        for (int i = 0; i < DONE.length; i++) {
            if (Character.toUpperCase((char) data[start + i]) != DONE[i]) {
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
    public void foreignLine(byte[] line, int from, int to) {
        if (foreignLine.isEmpty()) {
            foreignLine = Excerpt.text(line, from, to);
        }
        if (line[from] == '{') {
            Chunk alone = new Chunk();
            ChunkReader.read(line, from, to, alone);
            if (alone.malformed.isEmpty() && !alone.error.isEmpty()) {
                breakOff(Outcome.STREAM_ERROR, ErrorText.withRaw(alone.error, line, from, to));
            }
        }
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
        content.keepText();
        chunk.wanted = true;
    }

    /** The content so far; empty if it was not kept. */
    String text() {
        return content.text();
    }

    /** Fingerprint of the content so far, or unknown. */
    long print() {
        return content.print();
    }

    /** Why the server gave the answer up, by its finish reason; empty if it did not. */
    String givenUp() {
        return !gaveUp ? "" : "finish_reason " + finishReason + (finishMessage.isEmpty() ? "" : ": " + finishMessage);
    }

    /** What came and was of no answer, in a sentence's end: it may be the server's reason why there is none. */
    String beside() {
        String event = unheard.isEmpty() ? "" : "; an event of it is of no answer: " + unheard;
        return foreignLine.isEmpty() ? event : "; a line of it is of no event: " + foreignLine;
    }

    /** The one by which the server gave up, else the last non-empty one, or empty. */
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
