package dev.llmload.load.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The server's stamps as one event loop received them: when the product says a token arrived, and when the server says
 * it wrote it. Written by one event loop; read by another thread while no load is offered. Lies outside of the heap, in
 * pieces that are used again, so that neither the collector nor the loop has work with it.
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
    private static final int TOKENS_A_PIECE = 1 << 14;

    private final List<LongBuffer> pieces = new ArrayList<>();
    private LongBuffer piece = LongBuffer.allocate(0);
    private int used;

    StampLog() {}

    /** Tells everything, in the order of arrival. */
    public void forEach(Visitor visitor) {
        for (LongBuffer written : pieces.subList(0, used)) {
            for (int i = 0; i < written.position(); i += PER_TOKEN) {
                visitor.token(written.get(i), written.get(i + 1), written.get(i + 2), written.get(i + 3));
            }
        }
    }

    void clear() {
        pieces.forEach(LongBuffer::clear);
        used = 0;
        piece = LongBuffer.allocate(0);
    }

    void add(long arrival, long written, long requestRead, long bound) {
        if (!piece.hasRemaining()) {
            if (used == pieces.size()) {
                pieces.add(ByteBuffer.allocateDirect(PER_TOKEN * TOKENS_A_PIECE * Long.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asLongBuffer());
            }
            piece = pieces.get(used++);
        }
        piece.put(arrival).put(written).put(requestRead).put(bound);
    }
}
