package dev.llmload.protocol;

import java.util.Arrays;

/**
 * Cuts a stream of bytes into server-sent events as the HTML standard's "event stream interpretation" says, with three
 * differences: the field {@code error} and lines that are no field are told, an event that the end of the stream leaves without its blank line is
 * kept, and lines have a limit. An event inside one buffer is handed on as a range of that buffer, without a copy; only
 * an unfinished line or event is carried over. Each byte is looked at once. Confined to one thread.
 */
final class SseDecoder {
    /** Longest line, and longest data of one event, in bytes. */
    static final int LIMIT = 1 << 20;

    /** What is found, in the order of the stream. Ranges are valid during the call only. */
    interface Handler {
        /**
         * An event with data, or one named {@code error}.
         *
         * @param data holds its data lines, joined by LF
         * @param error whether its name is {@code error}
         */
        void event(byte[] data, int from, int to, boolean error);

        /** A line {@code error: …}, which some servers send instead of an event. */
        void errorField(byte[] line, int from, int to);

        /** A line that is neither a comment nor a field of event streams. */
        void foreignLine(byte[] line, int from, int to);

        /** A comment ended, or an event of any kind, also one without data. Told before the event itself. */
        void sign();

        /** A line or an event is over the limit; nothing follows. */
        void overLimit(int limit);
    }

    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};
    private static final byte[] ERROR = {'e', 'r', 'r', 'o', 'r'};
    private static final byte[] ID = {'i', 'd'};
    private static final byte[] RETRY = {'r', 'e', 't', 'r', 'y'};
    private static final byte[] NOTHING = {};

    private final Handler handler;
    private final int limit;

    /** An unfinished line. */
    private byte[] carry = NOTHING;

    private int carrySize;
    private boolean firstLine = true;
    private boolean skipLf;
    private boolean stopped;
    private boolean recognised;
    private boolean strange;

    // The event so far: its data is a range of the present buffer, of the carry, or of `held`.
    private byte[] held = NOTHING;
    private byte[] data = NOTHING;
    private int dataFrom;
    private int dataTo;
    private boolean hasData;
    private boolean hasFields;
    private boolean namedError;

    SseDecoder(Handler handler, int limit) {
        this.handler = handler;
        this.limit = limit;
    }

    /** Nothing more is told, whatever comes. */
    void stop() {
        stopped = true;
        carry = NOTHING;
        held = NOTHING;
        data = NOTHING;
    }

    /** The next bytes of the stream, however they were cut. */
    void feed(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        if (skipLf && length > 0) {
            skipLf = false;
            at += bytes[at] == '\n' ? 1 : 0;
        }
        if (carrySize > 0 && !stopped) {
            int lineEnd = LineEnds.find(bytes, at, end);
            carryOver(bytes, at, lineEnd);
            if (lineEnd == end) {
                return;
            }
            carriedLine();
            at = after(bytes, lineEnd, end);
        }
        while (!stopped) {
            int lineEnd = LineEnds.find(bytes, at, end);
            if (lineEnd == end) {
                holdData();
                carryOver(bytes, at, end);
                return;
            }
            line(bytes, at, lineEnd);
            at = after(bytes, lineEnd, end);
        }
    }

    /** The stream ended: an unfinished line is a line, an unfinished event an event. */
    void finish() {
        if (carrySize > 0 && !stopped) {
            carriedLine();
        }
        if (!stopped) {
            dispatch();
        }
    }

    /** Whether a line was a comment or a field of event streams. */
    boolean recognised() {
        return recognised;
    }

    /** Whether a line was neither of those. */
    boolean strange() {
        return strange;
    }

    private int after(byte[] bytes, int lineEnd, int end) {
        if (bytes[lineEnd] == '\n') {
            return lineEnd + 1;
        }
        if (lineEnd + 1 == end) {
            skipLf = true;
            return end;
        }
        return lineEnd + (bytes[lineEnd + 1] == '\n' ? 2 : 1);
    }

    private void carryOver(byte[] bytes, int from, int to) {
        int size = carrySize + to - from;
        if (within(size)) {
            carry = room(carry, size);
            System.arraycopy(bytes, from, carry, carrySize, to - from);
            carrySize = size;
        }
    }

    private void carriedLine() {
        int size = carrySize;
        carrySize = 0;
        if (!stopped) {
            line(carry, 0, size);
        }
    }

    private void line(byte[] bytes, int from, int to) {
        if (!within(to - from)) {
            return;
        }
        int start = from;
        if (firstLine) {
            firstLine = false;
            start += startsWithMark(bytes, from, to) ? 3 : 0;
        }
        if (start == to) {
            dispatch();
        } else if (bytes[start] == ':') {
            recognised = true;
            handler.sign();
        } else {
            field(bytes, start, to);
        }
    }

    private void field(byte[] bytes, int from, int to) {
        hasFields = true;
        int value;
        if ((value = valueOf(DATA, bytes, from, to)) >= 0) {
            addData(bytes, value, to);
        } else if ((value = valueOf(EVENT, bytes, from, to)) >= 0) {
            namedError = Arrays.equals(bytes, value, to, ERROR, 0, ERROR.length);
        } else if ((value = valueOf(ERROR, bytes, from, to)) >= 0 && value < to) {
            handler.errorField(bytes, value, to);
        } else if (valueOf(ID, bytes, from, to) < 0 && valueOf(RETRY, bytes, from, to) < 0) {
            strange = true;
            handler.foreignLine(bytes, from, to);
            return;
        }
        recognised = true;
    }

    /** Where the value of the field begins (after at most one space), or -1 if it is another field. */
    private static int valueOf(byte[] name, byte[] bytes, int from, int to) {
        int end = from + name.length;
        if (end > to || !Arrays.equals(bytes, from, end, name, 0, name.length)) {
            return -1;
        }
        if (end == to) {
            return to;
        }
        if (bytes[end] != ':') {
            return -1;
        }
        return end + 1 < to && bytes[end + 1] == ' ' ? end + 2 : end + 1;
    }

    private void addData(byte[] bytes, int from, int to) {
        if (!hasData) {
            hasData = true;
            data = bytes;
            dataFrom = from;
            dataTo = to;
            return;
        }
        holdData();
        int size = dataTo + 1 + to - from;
        if (within(size)) {
            held = room(held, size);
            held[dataTo] = '\n';
            System.arraycopy(bytes, from, held, dataTo + 1, to - from);
            data = held;
            dataTo = size;
        }
    }

    /** Takes the data of an unfinished event out of a buffer that may change. */
    private void holdData() {
        if (hasData && data != held) {
            int size = dataTo - dataFrom;
            held = room(held, size);
            System.arraycopy(data, dataFrom, held, 0, size);
            data = held;
            dataFrom = 0;
            dataTo = size;
        }
    }

    private void dispatch() {
        boolean error = namedError;
        boolean tell = hasData && dataTo > dataFrom || error;
        byte[] found = hasData ? data : NOTHING;
        int from = hasData ? dataFrom : 0;
        int to = hasData ? dataTo : 0;
        boolean any = hasFields;
        hasData = false;
        hasFields = false;
        namedError = false;
        data = NOTHING;
        if (any) {
            handler.sign();
        }
        if (tell) {
            handler.event(found, from, to, error);
        }
    }

    private boolean within(int size) {
        if (size > limit) {
            stop();
            handler.overLimit(limit);
        }
        return !stopped;
    }

    private static byte[] room(byte[] array, int size) {
        return size <= array.length ? array : Arrays.copyOf(array, Math.max(size, Math.max(256, array.length * 2)));
    }

    private static boolean startsWithMark(byte[] bytes, int from, int to) {
        return to - from >= 3
                && bytes[from] == (byte) 0xEF
                && bytes[from + 1] == (byte) 0xBB
                && bytes[from + 2] == (byte) 0xBF;
    }
}
