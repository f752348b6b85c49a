package dev.llmload.openai;

import dev.llmload.result.Outcome;
import dev.llmload.result.RequestRecord;

/**
 * One response, from its head to its end: decodes it and applies the definitions of token event, arrival, usage and
 * failure kinds. One object per request, confined to one thread.
 */
public final class CompletionStream {
    /**
     * A response that has not begun.
     *
     * @param count where token counts may come from
     * @param listener is told of each arrival
     */
    public CompletionStream(TokenCount count, ArrivalListener listener) {}

    public void head(long nanos, int status, String contentType) {
        throw new UnsupportedOperationException();
    }

    public void buffer(long nanos, byte[] bytes, int offset, int length) {}

    public void end(long nanos) {}

    public void fail(long nanos, Outcome outcome, String error) {}

    public boolean done() {
        return false;
    }

    public boolean started() {
        return false;
    }

    public boolean broken() {
        return false;
    }

    public long lastEventNanos() {
        return RequestRecord.ABSENT;
    }

    public Outcome outcome() {
        return Outcome.CUT;
    }

    public String error() {
        return "";
    }

    public int status() {
        return RequestRecord.UNKNOWN;
    }

    public String finishReason() {
        return "";
    }

    public RequestRecord.Tokens tokens(int eventsInWindow) {
        throw new UnsupportedOperationException();
    }

    public long headersNanos() {
        return RequestRecord.ABSENT;
    }

    public long firstTokenNanos() {
        return RequestRecord.ABSENT;
    }

    public long firstOutputNanos() {
        return RequestRecord.ABSENT;
    }

    public long lastTokenNanos() {
        return RequestRecord.ABSENT;
    }

    public long closedNanos() {
        return RequestRecord.ABSENT;
    }

    public boolean countedEvents() {
        return false;
    }
}
