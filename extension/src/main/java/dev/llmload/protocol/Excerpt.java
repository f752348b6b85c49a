package dev.llmload.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The first bytes of a body, up to a limit, as text. Confined to one thread. */
final class Excerpt {
    /** Bytes of an error body that are kept. */
    static final int LIMIT = 512;

    private final int limit;
    private byte[] kept = new byte[0];
    private int size;

    Excerpt(int limit) {
        this.limit = limit;
    }

    void add(byte[] bytes, int offset, int length) {
        int taken = Math.min(length, limit - size);
        if (taken > 0) {
            if (size + taken > kept.length) {
                kept = Arrays.copyOf(kept, Math.min(limit, Math.max(size + taken, kept.length * 2)));
            }
            System.arraycopy(bytes, offset, kept, size, taken);
            size += taken;
        }
    }

    boolean full() {
        return size == limit;
    }

    boolean isEmpty() {
        return size == 0;
    }

    byte[] bytes() {
        return Arrays.copyOf(kept, size);
    }

    /** What was kept, at most {@link #LIMIT} bytes, without white space around it. */
    String text() {
        return text(kept, 0, size);
    }

    /** At most {@link #LIMIT} bytes of a range as text, without white space around it. */
    static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, wholeCharacters(bytes, from, to), StandardCharsets.UTF_8).strip();
    }

    /** The beginning of a text, at most {@link #LIMIT} bytes of UTF-8. */
    static String cut(String text) {
        if (text.length() * 3L <= LIMIT) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= LIMIT
                ? text
                : new String(bytes, 0, wholeCharacters(bytes, 0, bytes.length), StandardCharsets.UTF_8);
    }

    /** Length of the longest beginning of at most LIMIT bytes that does not cut a character in two. */
    private static int wholeCharacters(byte[] bytes, int from, int to) {
        if (to - from < LIMIT) {
            return to - from;
        }
        int end = from + LIMIT;
        int lead = end - 1;
        while (lead > from && end - lead < 4 && (bytes[lead] & 0xC0) == 0x80) {
            lead--;
        }
        int first = bytes[lead] & 0xFF;
        int needed = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
        return (lead + needed > end ? lead : end) - from;
    }
}
