package dev.llmload.load.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.impl.UnpooledHttpClientConnection;
import io.vertx.core.internal.ContextInternal;
import org.jspecify.annotations.Nullable;

/**
 * One connection, part of the adapter to Vert.x. It stands first in the channel's pipeline, so it sees every network
 * buffer before TLS and HTTP are decoded and after they are encoded: one timestamp per buffer, and everything that this
 * buffer held of a response is handed on as one piece; one timestamp for the flush that hands a request to the operating
 * system. The end of a response is passed on only when the read is complete, because until then
 * Vert.x holds back what is written to this connection, and the next request would be stamped before it leaves.
 */
final class WireConnection extends ChannelDuplexHandler {
    private final VertxWire wire;
    private final HttpClientConnection http;
    private final ContextInternal context;
    private final Channel channel;
    private final long connectNanos;
    private final boolean encrypted;

    private @Nullable WireCall call;
    private @Nullable Throwable failure;
    private boolean served;
    private boolean reading;
    private final ChunkedBody chunks = new ChunkedBody();
    private final ChunkedBody.Sink sink = this::bytes;
    private boolean taking;
    private boolean headSeen;
    private boolean chunked;
    private boolean sending;
    private boolean written;
    private boolean ended;
    private boolean answered;
    private boolean keep = true;
    private long readNanos;
    private int length;
    private long expiresNanos = Long.MAX_VALUE;

    WireConnection(VertxWire wire, HttpClientConnection http, ContextInternal context, long connectNanos) {
        this.wire = wire;
        this.http = http;
        this.context = context;
        this.connectNanos = connectNanos;
        this.channel = ((UnpooledHttpClientConnection) http)
                .unwrap()
                .channelHandlerContext()
                .channel();
        http.exceptionHandler(ignored -> {});
        http.closeHandler(ignored -> wire.forget(this));
        channel.pipeline().addFirst(this);
        this.encrypted = channel.pipeline().get(SslHandler.class) != null;
        if (encrypted) {
            String tls = channel.pipeline().context(SslHandler.class).name();
            channel.pipeline().addAfter(tls, "llm-load answered", new Answered());
        }
    }

    long connectNanos() {
        return served ? 0 : connectNanos;
    }

    boolean served() {
        return served;
    }

    /** Whether a byte of the response to the current call has arrived. */
    boolean answered() {
        return answered;
    }

    boolean usable(long now) {
        return keep && channel.isActive() && expiresNanos - now > 0;
    }

    void begin(WireCall next) {
        call = next;
        failure = null;
        sending = false;
        taking = false;
        headSeen = false;
        chunked = false;
        chunks.begin();
        ended = false;
        answered = false;
        length = 0;
    }

    /** What is written from now on is the request of the current call. */
    void sending() {
        sending = true;
        written = false;
    }

    Future<HttpClientRequest> request(RequestOptions options) {
        return http.request(options);
    }

    /** The head of the response has come. */
    void head(boolean ofChunks) {
        headSeen = true;
        chunked = ofChunks;
    }

    /** Notes what the response head says about keeping the connection. */
    void lifetime(boolean keepAlive, long idleNanos) {
        keep &= keepAlive;
        expiresNanos = idleNanos == Long.MAX_VALUE ? Long.MAX_VALUE : readNanos + idleNanos;
    }

    void close() {
        call = null;
        keep = false;
        channel.close();
    }

    /** The instant of the buffer in hand, or now if none is. */
    long now() {
        return reading ? readNanos : System.nanoTime();
    }

    /** The instant of the last buffer that was read. */
    long stamp() {
        return readNanos;
    }

    /** The most by which {@link #stamp} may be late, in nanoseconds, while its turn of the loop lasts. */
    long lateness() {
        return wire.lateness(readNanos);
    }

    void body(Buffer data) {
        int n = data.length();
        byte[] scratch = wire.scratch(length, n);
        data.getBytes(scratch, length);
        length += n;
        if (!reading) {
            readNanos = System.nanoTime();
            deliver();
        }
    }

    void responseEnded() {
        ended = true;
        if (!reading) {
            readNanos = System.nanoTime();
            complete();
        }
    }

    void lost(Throwable cause) {
        if (reading) {
            failure = failure == null ? cause : failure;
        } else {
            readNanos = System.nanoTime();
            failure = cause;
            complete();
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        written = true;
        ctx.write(message, promise);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        WireCall current = call;
        if (!sending || !written || current == null) {
            ctx.flush();
            return;
        }
        sending = false;
        long before = System.nanoTime();
        ctx.flush();
        long took = System.nanoTime() - before;
        try {
            current.sent(before, took);
        } catch (RuntimeException | Error e) {
            wire.defect(e);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        readNanos = System.nanoTime();
        answered |= !encrypted;
        reading = true;
        try {
            read(ctx, message);
        } finally {
            reading = false;
        }
        ContextInternal previous = context.beginDispatch();
        try {
            deliver();
        } finally {
            context.endDispatch(previous);
        }
    }

    // Most buffers of a stream hold whole chunks and nothing else: those need no decoder.
    private void read(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf buffer) || encrypted || call == null) {
            ctx.fireChannelRead(message);
        } else if (taking) {
            take(ctx, buffer);
        } else if (chunks.inHead()) {
            head(ctx, buffer);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private void head(ChannelHandlerContext ctx, ByteBuf buffer) {
        int length = chunks.headEnd(buffer) - buffer.readerIndex();
        if (chunks.inHead()) {
            ctx.fireChannelRead(buffer);
            return;
        }
        ByteBuf body = buffer.readableBytes() > length
                ? buffer.retainedSlice(buffer.readerIndex() + length, buffer.readableBytes() - length)
                : null;
        ctx.fireChannelRead(body == null ? buffer : buffer.writerIndex(buffer.readerIndex() + length));
        taking = headSeen && chunked;
        if (!taking) {
            chunks.over(); // another kind of body, or the head of an interim answer
        }
        if (body != null && taking) {
            take(ctx, body);
        } else if (body != null) {
            ctx.fireChannelRead(body);
        }
    }

    private void take(ChannelHandlerContext ctx, ByteBuf buffer) {
        ByteBuf rest;
        try {
            rest = chunks.take(buffer, sink);
        } finally {
            buffer.release();
        }
        if (rest != null) {
            taking = false;
            ctx.fireChannelRead(rest);
        }
    }

    private void bytes(ByteBuf buffer, int from, int n) {
        buffer.getBytes(from, wire.scratch(length, n), length, n);
        length += n;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        if (ended || failure != null) {
            ContextInternal previous = context.beginDispatch();
            try {
                complete();
            } finally {
                context.endDispatch(previous);
            }
        }
    }

    /** Under TLS a goodbye is bytes too, so what counts as a byte of the response stands behind the decryption. */
    private final class Answered extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            answered = true;
            ctx.fireChannelRead(message);
        }
    }

    private void deliver() {
        WireCall current = call;
        int n = length;
        length = 0;
        if (n > 0 && current != null) {
            try {
                current.deliver(readNanos, wire.scratch(0, 0), n);
            } catch (RuntimeException | Error e) { // thrown on, it would look like a reset by the endpoint
                wire.defect(e);
            }
        }
    }

    private void complete() {
        WireCall current = call;
        if (current != null) {
            call = null;
            try {
                complete(current);
            } catch (RuntimeException | Error e) {
                wire.defect(e);
            }
        }
    }

    private void complete(WireCall current) {
        Throwable cause = failure;
        if (ended) {
            served = true;
            wire.release(this);
            current.ended(readNanos);
        } else if (cause != null) {
            keep = false;
            channel.close();
            current.lost(readNanos, cause, answered);
        }
    }
}
