package dev.llmload.load.wire;

import dev.llmload.protocol.HttpFailures;
import dev.llmload.protocol.Redirect;
import dev.llmload.result.Outcome;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.ext.web.client.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * One request on the wire: takes a connection, is written, hands the response to its listener. Written once more, on a
 * new connection, if a reused one died before any response byte; never otherwise. Confined to its event loop.
 */
public final class WireCall {
    private final VertxWire wire;
    private final HttpRequest<Buffer> template;
    private final byte[] body;
    private final WireListener listener;

    private @Nullable WireConnection connection;
    private boolean resent;
    private boolean over;
    private @Nullable Decompression decompression;
    private boolean unreadable;
    private String encoding = "";

    WireCall(VertxWire wire, HttpRequest<Buffer> template, byte[] body, WireListener listener) {
        this.wire = wire;
        this.template = template;
        this.body = body;
        this.listener = listener;
    }

    /** Starts, or starts over on a new connection. */
    void start() {
        WireConnection idle = resent ? null : wire.takeIdle();
        if (idle != null) {
            write(idle);
        } else {
            wire.connect(this);
        }
    }

    /** Ends it now without another callback; its connection is closed, because a response may still be under way. */
    public void abort() {
        over = true;
        release();
        WireConnection used = connection;
        connection = null;
        if (used != null) {
            used.close();
        }
    }

    void connected(WireConnection fresh) {
        if (over) {
            wire.release(fresh);
        } else {
            write(fresh);
        }
    }

    void notConnected(Throwable cause) {
        if (!over) {
            over = true;
            if (WireFailures.isUnresolved(cause)) {
                listener.unresolved();
            }
            WireFailures.Failure failure =
                    WireFailures.whileConnecting(cause, wire.reuse().reached());
            listener.failed(System.nanoTime(), failure.kind(), failure.error());
        }
    }

    private void write(WireConnection taken) {
        connection = taken;
        taken.begin(this);
        wire.write(this, template, body);
    }

    @Nullable
    WireConnection connection() {
        return connection;
    }

    /** The last moment before the head is written. */
    boolean sending(HttpClientRequest request) {
        WireConnection used = connection;
        if (over || used == null) {
            discard(request);
            return false;
        }
        if (listener.sending(System.nanoTime(), used.connectNanos(), used.served(), resent)) {
            used.sending();
            return true;
        }
        over = true;
        connection = null;
        discard(request);
        wire.release(used);
        return false;
    }

    void sent(long nanos, long lateNanos) {
        if (!over) {
            listener.sent(nanos, lateNanos);
        }
    }

    // Nothing was written, so the connection stays good; without a handler the client would log the reset.
    private static void discard(HttpClientRequest request) {
        request.exceptionHandler(ignored -> {});
        request.reset();
    }

    void head(HttpClientResponse response) {
        WireConnection used = connection;
        if (over || used == null) {
            return;
        }
        if (Redirect.is(response.statusCode())) {
            listener.redirect(response.statusCode(), header(response, "Location"));
        }
        used.head("chunked".equalsIgnoreCase(header(response, "Transfer-Encoding")));
        used.lifetime(KeepAlive.kept(response), KeepAlive.idleNanos(response));
        int status = response.statusCode();
        listener.head(used.now(), status, header(response, "Content-Type"), header(response, "Server"));
        encoding = header(response, "Content-Encoding");
        if (!over && !Decompression.isNone(encoding)) {
            wire.compressedBy(encoding);
            decompression = Decompression.of(encoding).orElse(null);
            unreadable = decompression == null;
            if (unreadable && HttpFailures.ofStatus(status) == Outcome.OK) {
                refuse(
                        used.now(),
                        "cannot be read: only gzip and deflate can; have the server, or the proxy before it, send event"
                                + " streams uncompressed");
                return;
            }
        }
        response.handler(used::body);
        response.endHandler(ignored -> used.responseEnded());
        response.exceptionHandler(used::lost);
        response.resume();
    }

    void deliver(long nanos, byte[] bytes, int length) {
        Decompression compressed = decompression;
        if (over || unreadable) {
            return;
        }
        if (compressed == null) {
            listener.buffer(nanos, bytes, 0, length);
            return;
        }
        byte[] plain;
        try {
            plain = compressed.next(bytes, length);
        } catch (DecoderException e) {
            refuse(nanos, "cannot be decompressed (" + WireFailures.sentence(e) + ")");
            return;
        }
        if (plain.length > 0) {
            listener.buffer(nanos, plain, 0, plain.length);
        }
    }

    /** The body is in no form that can be read. */
    private void refuse(long nanos, String why) {
        abort();
        listener.failed(
                nanos,
                Outcome.PROTOCOL,
                "the server compresses though identity was asked for: a body with Content-Encoding: " + encoding + " "
                        + why);
    }

    private void release() {
        Decompression compressed = decompression;
        decompression = null;
        if (compressed != null) {
            compressed.close();
        }
    }

    void ended(long nanos) {
        if (!over) {
            over = true;
            connection = null;
            release();
            listener.end(nanos);
        }
    }

    void lost(long nanos, Throwable cause, boolean answered) {
        WireConnection used = connection;
        if (over || used == null) {
            return;
        }
        connection = null;
        WireFailures.Failure failure = WireFailures.onConnection(cause);
        if (used.served() && !answered && !resent && failure.kind() == Outcome.RESET) {
            resent = true;
            wire.reuse().wasStale();
            start();
            return;
        }
        over = true;
        release();
        listener.failed(nanos, failure.kind(), failure.error());
    }

    private static String header(HttpClientResponse response, String name) {
        String value = response.getHeader(name);
        return value == null ? "" : value;
    }
}
