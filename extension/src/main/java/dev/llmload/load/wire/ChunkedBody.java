package dev.llmload.load.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The framing of one response with a chunked body. HTTP's decoder reads the head, and then waits for the first chunk; this takes
 * the chunks apart without an object for each. What it does not know, and the last chunk, goes to the decoder, which has
 * missed nothing but whole chunks. Confined to the event loop.
 */
final class ChunkedBody {
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_LINE = 64;
    private static final int MOST_DIGITS = 7;
    private static final int MALFORMED = -1;

    private enum State {
        HEAD,
        SIZE,
        DATA,
        AFTER_DATA,
        /** The decoder reads the rest of the response. */
        OVER
    }

    private final byte[] line = new byte[LONGEST_LINE];
    private State state = State.OVER;
    private int matched;
    private int lineLength;
    private int remaining;
    private int delimiter;

    /** The next response begins with the next buffer. */
    void begin() {
        state = State.HEAD;
        matched = 0;
        lineLength = 0;
        remaining = 0;
        delimiter = 0;
    }

    /** The decoder reads all that is left of the response. */
    void over() {
        state = State.OVER;
    }

    /** Whether the next buffer belongs to the head. */
    boolean inHead() {
        return state == State.HEAD;
    }

    /** Where the head ends in a buffer, which stays as it is; its end if the head goes on, or has ended just there. */
    int headEnd(ByteBuf buffer) {
        int at = buffer.readerIndex();
        while (state == State.HEAD && at < buffer.writerIndex()) {
            byte next = buffer.getByte(at++);
            matched = next == END_OF_HEAD[matched] ? matched + 1 : next == '\r' ? 1 : 0;
            state = matched == END_OF_HEAD.length ? State.SIZE : State.HEAD;
        }
        return at;
    }

    /**
     * Takes chunks apart. To be called once the head has ended.
     *
     * @return what the decoder has to read; null if nothing. The buffer itself is left to the caller.
     */
    @Nullable
    ByteBuf take(ByteBuf buffer, Sink sink) {
        int carried = lineLength;
        int lineStart = walk(buffer, sink);
        if (lineStart < 0) {
            return null;
        }
        state = State.OVER;
        boolean before = lineStart == buffer.readerIndex() && carried > 0;
        int rest = buffer.writerIndex() - lineStart;
        ByteBuf forDecoder = Unpooled.buffer((before ? carried : 0) + rest);
        if (before) {
            forDecoder.writeBytes(line, 0, carried);
        }
        return forDecoder.writeBytes(buffer, lineStart, rest);
    }

    /** Takes the bytes of chunks. */
    interface Sink {
        void bytes(ByteBuf buffer, int from, int length);
    }

    // Returns where the line begins from which on the decoder has to read; -1 if the whole buffer was understood.
    private int walk(ByteBuf buffer, Sink sink) {
        int at = buffer.readerIndex();
        int end = buffer.writerIndex();
        while (at < end && state != State.OVER) {
            switch (state) {
                case DATA -> {
                    int n = Math.min(remaining, end - at);
                    sink.bytes(buffer, at, n);
                    at += n;
                    remaining -= n;
                    state = remaining == 0 ? State.AFTER_DATA : State.DATA;
                }
                case AFTER_DATA -> {
                    if (buffer.getByte(at) != END_OF_HEAD[delimiter]) {
                        return at;
                    }
                    at++;
                    delimiter = (delimiter + 1) % 2;
                    state = delimiter == 0 ? State.SIZE : State.AFTER_DATA;
                }
                case SIZE -> {
                    int lineFeed = buffer.indexOf(at, end, (byte) '\n');
                    int n = (lineFeed < 0 ? end : lineFeed + 1) - at;
                    if (lineLength + n > LONGEST_LINE) {
                        return at;
                    }
                    buffer.getBytes(at, line, lineLength, n);
                    if (lineFeed < 0) {
                        lineLength += n;
                        return -1;
                    }
                    int size = size(lineLength + n);
                    if (size <= 0) {
                        return at;
                    }
                    lineLength = 0;
                    remaining = size;
                    state = State.DATA;
                    at += n;
                }
                default -> throw new IllegalStateException("the head is followed elsewhere: " + state);
            }
        }
        return -1;
    }

    private int size(int length) {
        int size = 0;
        int digits = 0;
        while (digits < length && digits <= MOST_DIGITS) {
            int digit = Character.digit(line[digits], 16);
            if (digit < 0) {
                break;
            }
            size = size * 16 + digit;
            digits++;
        }
        boolean ends = digits > 0 && digits <= MOST_DIGITS && (line[digits] == '\r' || line[digits] == ';');
        return ends ? size : MALFORMED;
    }
}
