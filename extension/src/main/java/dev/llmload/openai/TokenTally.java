package dev.llmload.openai;

import static dev.llmload.result.RequestRecord.ABSENT;
import static dev.llmload.result.RequestRecord.UNKNOWN;

import dev.llmload.result.RequestRecord;

/** Counts the token events, arrivals and usage of one answer. Confined to one thread. */
final class TokenTally {
    private final TokenCount count;
    private final ArrivalListener listener;

    private int events;
    private int arrivals;
    private int pending;
    private boolean reasoningSeen;
    private long firstToken = ABSENT;
    private long firstOutput = ABSENT;
    private long lastToken = ABSENT;
    private long lastArrival = ABSENT;

    private int prompt = UNKNOWN;
    private int cached = UNKNOWN;
    private int completion = UNKNOWN;
    private int reasoning = UNKNOWN;
    private int firstCompletion = UNKNOWN;
    private int firstReasoning = UNKNOWN;

    TokenTally(TokenCount count, ArrivalListener listener) {
        this.count = count;
        this.listener = listener;
    }

    /** One token event. */
    void token(long nanos, boolean isOutput, boolean isReasoning) {
        events++;
        pending++;
        reasoningSeen |= isReasoning;
        lastToken = nanos;
        if (firstToken == ABSENT) {
            firstToken = nanos;
        }
        if (isOutput && firstOutput == ABSENT) {
            firstOutput = nanos;
        }
    }

    /** The usage of a chunk, told after its token event; it replaces every earlier one. */
    void usage(Chunk chunk) {
        prompt = chunk.promptTokens;
        cached = chunk.cachedTokens;
        completion = chunk.completionTokens;
        reasoning = chunk.reasoningTokens;
        if (events == 1 && chunk.tokenEvent()) {
            firstCompletion = completion;
            firstReasoning = reasoning;
        }
    }

    /** The buffer is decoded: its token events are one arrival. */
    void bufferDecoded(long nanos) {
        if (pending > 0) {
            long gap = lastArrival == ABSENT ? ABSENT : nanos - lastArrival;
            arrivals++;
            lastArrival = nanos;
            tell(nanos, gap);
        }
    }

    /** The stream ended; events that this completed came with the last buffer, which may have been an arrival already. */
    void streamEnded(long lastBuffer, boolean wasArrival) {
        if (wasArrival) {
            if (pending > 0) {
                tell(lastBuffer, ABSENT);
            }
        } else {
            bufferDecoded(lastBuffer);
        }
    }

    private void tell(long nanos, long gap) {
        int told = pending;
        pending = 0;
        listener.arrival(nanos, gap, told);
    }

    int events() {
        return events;
    }

    int arrivals() {
        return arrivals;
    }

    long firstToken() {
        return firstToken;
    }

    long firstOutput() {
        return firstOutput;
    }

    long lastToken() {
        return lastToken;
    }

    boolean usageKnown() {
        return completion != UNKNOWN;
    }

    boolean counted() {
        return count == TokenCount.EVENTS && !usageKnown() && events > 0;
    }

    RequestRecord.Tokens tokens(int eventsInWindow) {
        int output = counted() ? events : completion;
        int streamed = counted() ? events : streamed(completion, reasoning);
        int first = firstOfUsage(streamed);
        boolean firstKnown = first != UNKNOWN;
        int firstEvent = firstKnown ? first : events > 0 ? 1 : UNKNOWN;
        return new RequestRecord.Tokens(
                prompt, cached, output, streamed, firstEvent, firstKnown, events, arrivals, eventsInWindow);
    }

    /** Without hidden reasoning. Some servers do not count it in the completion; then there is nothing to take away. */
    private int streamed(int total, int ofReasoning) {
        boolean hidden = !reasoningSeen && ofReasoning > 0 && ofReasoning <= total;
        return hidden ? total - ofReasoning : total;
    }

    /** Tokens of the first event, where its own chunk's usage tells: never what the last usage contradicts. */
    private int firstOfUsage(int streamed) {
        boolean hiddenNow = !reasoningSeen && reasoning > 0;
        boolean told = firstCompletion != UNKNOWN && !(hiddenNow && firstReasoning == UNKNOWN);
        int first = told ? streamed(firstCompletion, firstReasoning) : UNKNOWN;
        return first >= 1 && first <= streamed ? first : UNKNOWN;
    }
}
