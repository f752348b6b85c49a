package dev.llmload.protocol;

import dev.llmload.result.Outcome;
import java.util.Locale;

/** A body that came with a good status but is no event stream. Confined to one thread. */
final class ForeignBody {
    private static final int JSON_LIMIT = 1 << 16;

    private static final String NOT_STREAMED =
            "the server did not stream: it answered with one complete JSON completion instead of an event stream; does the "
                    + "endpoint, or a proxy before it, support \"stream\": true?";

    private final String contentType;
    private final Excerpt kept;

    ForeignBody(String contentType, boolean json) {
        this.contentType = contentType;
        this.kept = new Excerpt(json ? JSON_LIMIT : Excerpt.LIMIT);
    }

    /** Whether this type can be no event stream, whatever the body says. */
    static boolean isForeign(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).contains("html");
    }

    /** Whether a body that begins with this byte is a document: no line of an event stream that means anything does. */
    static boolean begins(byte first) {
        return first == '<' || first == '{' || first == '[' || first == '"';
    }

    /** Index of the first byte that is neither white space nor part of a byte order mark, or {@code to}. */
    static int firstByte(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte b) {
        return b == ' '
                || b == '\t'
                || b == '\n'
                || b == '\r'
                || b == (byte) 0xEF
                || b == (byte) 0xBB
                || b == (byte) 0xBF;
    }

    /** More of it; whether enough was seen to judge. */
    boolean add(byte[] bytes, int offset, int length) {
        kept.add(bytes, offset, length);
        return kept.full();
    }

    /** Judges it: STREAM_ERROR if it is a JSON error, else PROTOCOL. */
    void judge(int status, Verdict verdict) {
        Chunk chunk = new Chunk();
        byte[] body = kept.bytes();
        // No JSON, or only the beginning of it: what was read until there counts.
        ChunkReader.read(body, 0, body.length, chunk);
        String error = chunk.error;
        boolean completion = chunk.choices;
        if (!error.isEmpty()) {
            verdict.is(Outcome.STREAM_ERROR, ErrorText.withRaw(error, body, 0, body.length));
        } else {
            verdict.is(Outcome.PROTOCOL, completion ? NOT_STREAMED : sentence(status, contentType, kept));
        }
    }

    /** Says that something else than an event stream came. */
    static String sentence(int status, String contentType, Excerpt beginning) {
        return "expected an event stream (text/event-stream), but the server answered " + status + " with "
                + (contentType.isEmpty() ? "no content type" : contentType) + "; it begins: " + beginning.text();
    }

    /** Takes the judgement. */
    @FunctionalInterface
    interface Verdict {
        void is(Outcome outcome, String error);
    }
}
