package dev.llmload.load.wire;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Finds the server's stamps in what one connection receives, however it is cut. Confined to its event loop. */
final class StampReader {
    private static final int DIGITS = 16;

    private byte[] bytes = new byte[4096];
    private int carried;

    /** Takes the stamps out of a buffer, which stays as it is; an unfinished event waits for the next one. */
    void read(long arrival, long bound, ByteBuf buffer, StampLog log) {
        int length = carried + buffer.readableBytes();
        bytes = length <= bytes.length ? bytes : Arrays.copyOf(bytes, 2 * length);
        buffer.getBytes(buffer.readerIndex(), bytes, carried, length - carried);
        int event = 0;
        for (int at = Math.max(1, carried); at < length; at++) {
            if (bytes[at] == '\n' && bytes[at - 1] == '\n') {
                event(arrival, bound, event, at, log);
                event = at + 1;
            }
        }
        carried = length - event;
        System.arraycopy(bytes, event, bytes, 0, carried);
    }

    private void event(long arrival, long bound, int from, int to, StampLog log) {
        for (int at = from; at <= to - 3 - DIGITS; at++) {
            if (bytes[at] == '"' && bytes[at + 1] == 't' && bytes[at + 2] == '=') {
                int end = at + 3 + DIGITS;
                boolean first = end + 3 + DIGITS <= to && bytes[end + 1] == 'r' && bytes[end + 2] == '=';
                log.add(arrival, number(at + 3), first ? number(end + 3) : 0, bound);
                return;
            }
        }
    }

    private long number(int from) {
        long value = 0;
        for (int i = from; i < from + DIGITS; i++) {
            value = 10 * value + bytes[i] - '0';
        }
        return value;
    }
}
