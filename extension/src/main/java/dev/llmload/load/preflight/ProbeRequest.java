package dev.llmload.load.preflight;

import dev.llmload.junit.TokenCount;
import dev.llmload.load.wire.VertxWire;
import dev.llmload.load.wire.WireCall;
import dev.llmload.load.wire.WireListener;
import dev.llmload.protocol.CompletionStream;
import dev.llmload.result.Outcome;
import dev.llmload.result.request.RequestRecord;
import io.vertx.core.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * One request outside any level, and its answer. A streaming one may be over with its first token: what comes
 * after is not needed to know that it works.
 */
public final class ProbeRequest implements WireListener {
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final CompletionStream stream = new CompletionStream(TokenCount.USAGE, (nanos, gap, events) -> {});
    private final VertxWire wire;
    private final Reading reading;

    // Confined to the loop.
    private int status = RequestRecord.UNKNOWN;
    private String contentType = "";
    private String server = "";
    private String location = "";
    private boolean unresolved;

    private ProbeRequest(VertxWire wire, Reading reading) {
        this.wire = wire;
        this.reading = reading;
    }

    /** How much of an answer is read. */
    public enum Reading {
        /** All of one that is no stream. */
        PLAIN,
        /** A stream up to its first token. */
        FIRST_TOKEN,
        /** All of a stream. */
        WHOLE_STREAM
    }

    /**
     * What came back.
     *
     * @param kind OK if there was a whole response, whatever its status; else how it failed
     * @param status HTTP status, or unknown
     * @param contentType of the body
     * @param server the {@code Server} header
     * @param body as text, or its beginning
     * @param error what happened if there was no whole response, or what is wrong with the stream
     * @param location where a redirect points, or empty
     * @param unresolved whether the name of the server does not resolve
     * @param usage whether a stream held the usage
     */
    public record Answer(
            Outcome kind,
            int status,
            String contentType,
            String server,
            String body,
            String error,
            String location,
            boolean unresolved,
            boolean usage) {
        public boolean isSuccess() {
            return kind == Outcome.OK && status >= 200 && status < 300;
        }

        static Answer timedOut() {
            return new Answer(
                    Outcome.TIMEOUT_TOTAL, RequestRecord.UNKNOWN, "", "", "", "no answer yet", "", false, false);
        }
    }

    /** Asks; the future completes on the loop. Cancelling it closes the connection. */
    public static CompletableFuture<Answer> send(
            VertxWire wire, HttpMethod method, URI uri, byte[] body, Reading reading) {
        ProbeRequest inquiry = new ProbeRequest(wire, reading);
        wire.execute(() -> {
            String accept = inquiry.streaming() ? "text/event-stream" : "application/json";
            WireCall call = wire.send(wire.prepare(method, uri, accept), body, inquiry);
            // Completing early leaves a response under way: its connection is of no more use.
            inquiry.answer.whenComplete((done, failure) -> wire.execute(call::abort));
        });
        return inquiry.answer;
    }

    @Override
    public boolean sending(long nanos, long connectNanos, boolean reused, boolean resent) {
        return !answer.isDone();
    }

    private boolean streaming() {
        return reading != Reading.PLAIN;
    }

    @Override
    public void redirect(int statusCode, String target) {
        location = target;
    }

    @Override
    public void unresolved() {
        unresolved = true;
    }

    @Override
    public void head(long nanos, int statusCode, String type, String serverName) {
        status = statusCode;
        contentType = type;
        server = serverName;
        stream.head(nanos, statusCode, type);
    }

    @Override
    public void buffer(long nanos, byte[] bytes, int offset, int length) {
        body.write(bytes, offset, Math.min(length, MOST_BYTES - body.size()));
        if (streaming()) {
            stream.buffer(nanos, bytes, offset, length);
            if (stream.started() && reading == Reading.FIRST_TOKEN) {
                finish(Outcome.OK, "");
            } else if (stream.broken() && status < 300) {
                stream.end(nanos);
                finish(stream.outcome(), stream.error());
            }
        }
    }

    @Override
    public void end(long nanos) {
        if (streaming() && status >= 200 && status < 300) {
            stream.end(nanos);
            Outcome outcome = stream.outcome() == Outcome.EMPTY ? Outcome.OK : stream.outcome();
            finish(outcome, stream.error());
        } else {
            finish(Outcome.OK, "");
        }
    }

    @Override
    public void failed(long nanos, Outcome kind, String error) {
        finish(kind, error);
    }

    private void finish(Outcome kind, String error) {
        String text = body.toString(StandardCharsets.UTF_8);
        boolean usage = stream.tokens(0).output() != RequestRecord.UNKNOWN;
        answer.complete(new Answer(kind, status, contentType, server, text, error, location, unresolved, usage));
    }
}
