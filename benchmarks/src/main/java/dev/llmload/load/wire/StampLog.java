package dev.llmload.load.wire;

import java.util.Arrays;

/**
 * The server's stamps as one event loop received them: when the product says a token arrived, and when the server says
 * it wrote it. Written by one event loop; read by another thread while no load is offered.
 */
public final class StampLog {
    /** Takes what was seen. All instants are on the {@link System#nanoTime()} clock. */
    public interface Visitor {
        /**
         * A token arrived.
         *
         * @param arrival the product's stamp of the buffer that completed its event
         * @param written the server's stamp of its write
         * @param requestRead when the server had read the request, if this is the first token of an answer; else 0
         * @param bound by how much the product says it may have been late, in nanoseconds
         */
        void token(long arrival, long written, long requestRead, long bound);
    }

    private static final int PER_TOKEN = 4;

    private long[] values = new long[PER_TOKEN << 18];
    private int size;

    StampLog() {}

    /** Tells everything, in the order of arrival. */
    public void forEach(Visitor visitor) {
        for (int i = 0; i < size; i += PER_TOKEN) {
            visitor.token(values[i], values[i + 1], values[i + 2], values[i + 3]);
        }
    }

    void clear() {
        size = 0;
    }

    void add(long arrival, long written, long requestRead, long bound) {
        if (size + PER_TOKEN > values.length) {
            values = Arrays.copyOf(values, 2 * values.length);
        }
        values[size++] = arrival;
        values[size++] = written;
        values[size++] = requestRead;
        values[size++] = bound;
    }
}
