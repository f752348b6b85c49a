package dev.llmload.load.ruler;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a {@link RulerServer} writes at a time: token events, made beforehand, so that the instants are put into them at the
 * last moment and nothing but the write comes after that. Confined to the server's thread.
 */
final class StampedChunk {
    private static final byte[] FRAME_END = "\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuffer bytes;
    private final int tokens;
    private final int first;
    private final int distance;

    /** One of so many tokens, at least 1. */
    StampedChunk(int tokens) {
        byte[] event = RulerConnection.event(Stamps.token(0, 0)).getBytes(StandardCharsets.US_ASCII);
        byte[] size = (Integer.toHexString(tokens * event.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        this.tokens = tokens;
        this.distance = event.length;
        this.first = size.length + Stamps.at(event);
        // Direct: what is written from the heap is copied once more.
        this.bytes = ByteBuffer.allocateDirect(size.length + tokens * event.length + FRAME_END.length)
                .put(size);
        for (int i = 0; i < tokens; i++) {
            bytes.put(event);
        }
        bytes.put(FRAME_END);
    }

    int tokens() {
        return tokens;
    }

    /**
     * The chunk as it is to be written now; the buffer is the same every time.
     *
     * @param requestRead when the request was read, if the first token is that of an answer; else 0
     */
    ByteBuffer now(long requestRead) {
        bytes.clear();
        for (int i = 0; i < tokens; i++) {
            Stamps.putRead(bytes, first + i * distance, i == 0 ? requestRead : 0);
        }
        long written = System.nanoTime();
        for (int i = 0; i < tokens; i++) {
            Stamps.putWritten(bytes, first + i * distance, written);
        }
        return bytes;
    }
}
