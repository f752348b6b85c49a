package dev.llmload.protocol;

import dev.llmload.junit.TokenCount;
import dev.llmload.result.Outcome;
import dev.llmload.result.request.RequestRecord;
import java.util.ArrayList;
import java.util.List;

/** One response that a test feeds with bytes and instants. */
final class Response {
    /** What the listener was told. */
    record Arrival(long nanos, long gapNanos, int tokenEvents) {}

    final List<Arrival> arrivals = new ArrayList<>();
    final CompletionStream stream;

    private Response(TokenCount count) {
        stream = new CompletionStream(count, (nanos, gap, events) -> arrivals.add(new Arrival(nanos, gap, events)));
    }

    /** An event stream whose head came at 0. */
    static Response ok() {
        return head(TokenCount.USAGE, 200, "text/event-stream");
    }

    static Response counting() {
        return head(TokenCount.EVENTS, 200, "text/event-stream");
    }

    static Response of(int status, String contentType) {
        return head(TokenCount.USAGE, status, contentType);
    }

    static Response withoutHead() {
        return new Response(TokenCount.USAGE);
    }

    private static Response head(TokenCount count, int status, String contentType) {
        Response response = new Response(count);
        response.stream.head(0, status, contentType);
        return response;
    }

    Response at(long nanos, String text) {
        return at(nanos, Wire.bytes(text));
    }

    Response at(long nanos, byte[] bytes) {
        // In the middle of an array that changes afterwards, as a pooled buffer may.
        byte[] pooled = new byte[bytes.length + 7];
        System.arraycopy(bytes, 0, pooled, 3, bytes.length);
        stream.buffer(nanos, pooled, 3, bytes.length);
        java.util.Arrays.fill(pooled, (byte) '#');
        return this;
    }

    Response end(long nanos) {
        stream.end(nanos);
        return this;
    }

    Response fail(long nanos, Outcome outcome) {
        stream.fail(nanos, outcome, "the test said so");
        return this;
    }

    RequestRecord.Tokens tokens() {
        return stream.tokens(0);
    }
}
