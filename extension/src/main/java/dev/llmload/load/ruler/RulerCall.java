package dev.llmload.load.ruler;

import static dev.llmload.result.request.RequestRecord.ABSENT;

import dev.llmload.junit.TokenCount;
import dev.llmload.load.wire.VertxWire;
import dev.llmload.load.wire.WireCall;
import dev.llmload.load.wire.WireListener;
import dev.llmload.metric.LoopRecorder;
import dev.llmload.protocol.CompletionStream;
import dev.llmload.result.Outcome;
import dev.llmload.result.request.Phase;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpRequest;
import java.nio.charset.StandardCharsets;

/** One answer of a {@link RulerServer}, read as every answer is: stamped, decoded and recorded. Confined to its event loop. */
final class RulerCall implements WireListener {
    /** Takes what was seen. */
    interface Observer {
        /**
         * A token.
         *
         * @param arrival when it was read, as the client says
         * @param written when the server wrote it
         */
        void token(long arrival, long written);

        /** The first token of an answer: by how much the client's time to first token is too long. */
        default void firstToken(long errorNanos) {}

        /** The answer came whole, or it failed. */
        void ended(RulerCall call);
    }

    private static final byte[] BODY = "{\"stream\":true}".getBytes(StandardCharsets.US_ASCII);

    private final Observer observer;
    private final LoopRecorder recorder;
    private final CompletionStream stream;
    private final WireCall call;
    private long sent = ABSENT;

    private RulerCall(VertxWire wire, HttpRequest<Buffer> request, LoopRecorder recorder, Observer observer) {
        this.observer = observer;
        this.recorder = recorder;
        this.stream = new CompletionStream(
                TokenCount.USAGE, (nanos, gap, events) -> recorder.arrival(Phase.WINDOW, nanos, gap, events, 0));
        this.call = wire.send(request, BODY, this);
    }

    static RulerCall send(VertxWire wire, HttpRequest<Buffer> request, LoopRecorder recorder, Observer observer) {
        return new RulerCall(wire, request, recorder, observer);
    }

    void abort() {
        call.abort();
    }

    @Override
    public boolean sending(long nanos, long connectNanos, boolean reused, boolean resent) {
        return true;
    }

    @Override
    public void sent(long nanos, long lateNanos) {
        sent = nanos;
    }

    @Override
    public void head(long nanos, int status, String contentType, String server) {
        stream.head(nanos, status, contentType);
    }

    @Override
    public void buffer(long nanos, byte[] bytes, int offset, int length) {
        stream.buffer(nanos, bytes, offset, length);
        Stamps.find(bytes, offset, length, (written, requestRead) -> {
            observer.token(nanos, written);
            if (requestRead != 0 && sent != ABSENT) {
                observer.firstToken(nanos - sent - (written - requestRead));
            }
        });
    }

    @Override
    public void end(long nanos) {
        stream.end(nanos);
        observer.ended(this);
    }

    @Override
    public void failed(long nanos, Outcome kind, String error) {
        observer.ended(this);
    }
}
