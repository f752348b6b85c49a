package dev.llmload.load.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.compression.ZlibCodecFactory;
import io.netty.handler.codec.compression.ZlibWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Undoes the compression of one body, buffer by buffer: what a network buffer completes comes out with it. No request asks
 * for compression, but some servers compress all the same. Confined to one thread.
 */
public final class Decompression implements AutoCloseable {
    private final EmbeddedChannel channel;

    private Decompression(ZlibWrapper wrapper) {
        this.channel = new EmbeddedChannel(ZlibCodecFactory.newZlibDecoder(wrapper, 0));
    }

    /** Whether a {@code Content-Encoding} says that the body comes as it is. */
    public static boolean isNone(String encoding) {
        return encoding.isBlank() || encoding.strip().equalsIgnoreCase("identity");
    }

    /** The way back from a {@code Content-Encoding}; empty if it is not known. */
    public static Optional<Decompression> of(String encoding) {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> Optional.of(new Decompression(ZlibWrapper.GZIP));
            // the standard means zlib's wrapper, some servers none
            case "deflate" -> Optional.of(new Decompression(ZlibWrapper.ZLIB_OR_NONE));
            default -> Optional.empty();
        };
    }

    /**
     * What these bytes complete.
     *
     * @return possibly nothing
     * @throws DecoderException if they are not compressed that way
     */
    public byte[] next(byte[] bytes, int length) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, 0, length));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuf piece;
        while ((piece = channel.readInbound()) != null) {
            try {
                piece.readBytes(out, piece.readableBytes());
            } catch (IOException e) {
                throw new IllegalStateException("an array can be written", e);
            } finally {
                piece.release();
            }
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        try {
            channel.finishAndReleaseAll();
        } catch (DecoderException e) {
            // What was left could not be decoded either, and nobody waits for it.
        }
    }
}
