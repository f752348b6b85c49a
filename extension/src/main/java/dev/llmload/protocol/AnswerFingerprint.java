package dev.llmload.protocol;

import dev.llmload.result.request.RequestRecord;

/**
 * A fingerprint of an answer's text (64 bits, FNV-1a over the text as it stands in the JSON), so that identical answers
 * are noticed though no text is kept. Confined to one thread.
 */
final class AnswerFingerprint {
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private long hash = BASIS;
    private boolean any;
    private boolean unreadable;

    /** More of the text; whether it holds a byte that can begin a tag. */
    boolean add(byte[] data, int from, int to) {
        long h = hash;
        byte[] tags = ThinkTags.MARKS;
        int marks = 0;
        for (int i = from; i < to; i++) {
            int b = data[i] & 0xFF;
            h = (h ^ b) * PRIME;
            marks |= tags[b];
        }
        hash = h;
        any = true;
        return ThinkTags.marked(marks);
    }

    /** Nothing until here was of the answer. */
    void restart() {
        hash = BASIS;
        any = false;
    }

    /** There is more to the answer than text, so there is no text to compare. */
    void noText() {
        unreadable = true;
    }

    /** The fingerprint, {@link RequestRecord#UNKNOWN} if there is nothing to compare. */
    long value() {
        return !any || unreadable ? RequestRecord.UNKNOWN : hash == RequestRecord.UNKNOWN ? 0 : hash;
    }
}
