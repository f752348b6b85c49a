package dev.llmload.load.ruler;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The instants that the tokens of a {@link RulerServer} carry, as it writes them and as a client finds them. */
final class Stamps {
    /** Takes what was found in a buffer. */
    interface Visitor {
        /**
         * A token.
         *
         * @param written when the server wrote it
         * @param requestRead when the server had read the request; 0 unless it is the first token of its answer
         */
        void token(long written, long requestRead);
    }

    private static final byte[] START = "{\"content\":\"w=".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 19;
    private static final long ORIGIN = System.nanoTime() - 1_000_000_000L;

    private Stamps() {}

    /** The rest of an event from its delta on. */
    static String token(long written, long requestRead) {
        return "{\"content\":\"w=" + digits(written) + "r=" + digits(requestRead) + "\"},\"finish_reason\":null}]";
    }

    /** Where the token of an event begins, for {@link #putWritten} and {@link #putRead}. */
    static int at(byte[] event) {
        int at = 0;
        while (event[at] != '{' || !starts(event, at)) {
            at++;
        }
        return at;
    }

    /** Puts in when the token that begins here is written. */
    static void putWritten(ByteBuffer bytes, int at, long nanos) {
        put(bytes, at + START.length, nanos);
    }

    /** Puts in when its request was read; 0 if that is not told. */
    static void putRead(ByteBuffer bytes, int at, long nanos) {
        put(bytes, at + START.length + DIGITS + 2, nanos);
    }

    private static void put(ByteBuffer bytes, int at, long nanos) {
        long left = told(nanos);
        for (int i = at + DIGITS - 1; i >= at; i--) {
            bytes.put(i, (byte) ('0' + left % 10));
            left /= 10;
        }
    }

    // Both ends are in this process, so that the clock may be told from any instant: its own zero may lie in the
    // future.
    private static long told(long nanos) {
        return nanos == 0 ? 0 : nanos - ORIGIN;
    }

    private static String digits(long nanos) {
        String text = Long.toString(told(nanos));
        return "0".repeat(DIGITS - text.length()) + text;
    }

    /** Finds the tokens that are whole in a buffer. */
    static void find(byte[] bytes, int offset, int length, Visitor visitor) {
        int last = offset + length - START.length - 2 * DIGITS - 2;
        for (int at = offset; at <= last; at++) {
            if (bytes[at] == '{' && starts(bytes, at)) {
                int first = at + START.length;
                visitor.token(number(bytes, first), number(bytes, first + DIGITS + 2));
                at = first + 2 * DIGITS;
            }
        }
    }

    private static boolean starts(byte[] bytes, int at) {
        for (int i = 1; i < START.length; i++) {
            if (bytes[at + i] != START[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(byte[] bytes, int from) {
        long value = 0;
        for (int i = from; i < from + DIGITS; i++) {
            value = 10 * value + bytes[i] - '0';
        }
        return value == 0 ? 0 : value + ORIGIN;
    }
}
