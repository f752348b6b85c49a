package dev.llmload.openai;

import dev.llmload.result.RequestRecord;

/**
 * A fingerprint of an answer's text (64 bits, FNV-1a over the text as it stands in the JSON), so that identical answers
 * are noticed though no text is kept. Confined to one thread.
 */
final class AnswerPrint {
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private long hash = BASIS;
    private boolean any;
    private boolean unreadable;

    /** More of the text. */
    void add(byte[] data, int from, int to) {
        long h = hash;
        for (int i = from; i < to; i++) {
            h = (h ^ (data[i] & 0xFF)) * PRIME;
        }
        hash = h;
        any = true;
    }

    /** The value that made a chunk a token event. Of several at once, and of tool calls, there is no text to compare. */
    void add(byte[] data, int to, Chunk chunk) {
        if (chunk.values == 1 && chunk.quote >= 0 && data[chunk.quote] == '"') {
            add(data, chunk.quote + 1, JsonText.end(data, chunk.quote + 1, to));
        } else {
            unreadable = true;
        }
    }

    /** The fingerprint, {@link RequestRecord#UNKNOWN} if there is nothing to compare. */
    long value() {
        return !any || unreadable ? RequestRecord.UNKNOWN : hash == RequestRecord.UNKNOWN ? 0 : hash;
    }
}
