package dev.llmload.protocol;

import static dev.llmload.result.request.RequestRecord.ABSENT;
import static dev.llmload.result.request.RequestRecord.UNKNOWN;

import dev.llmload.junit.TokenCount;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.request.UsageFlaw;

/** Counts the token events, arrivals and usage of one answer. Confined to one thread. */
final class TokenTally {
    /** So many events for each token are more than one for each character. */
    private static final int EVENTS_PER_TOKEN = 10;
    /** Of fewer events nothing is concluded. */
    private static final int FEW_EVENTS = 16;

    private static final int FEW_COUNTED_EVENTS = 3;

    private final TokenCount count;
    private final ArrivalListener listener;

    private int events;
    private int arrivals;
    private int pending;
    private int countedEvents;
    private boolean reasoningSeen;
    private long firstToken = ABSENT;
    private long firstOutput = ABSENT;
    private long lastToken = ABSENT;
    private long lastArrival = ABSENT;

    private final Usage last = new Usage();
    private final Usage ofFirstEvent = new Usage();

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

    /** What was taken for output until here was reasoning. */
    void allWasReasoning() {
        firstOutput = ABSENT;
    }

    /**
     * The usage of a chunk, told after its token event. It replaces every earlier one, unless only the earlier one counts
     * output; of prompt tokens that it leaves out, the earlier count stands.
     */
    void usage(Usage usage, boolean withToken) {
        if (events == 1 && withToken) {
            ofFirstEvent.set(usage);
        }
        countedEvents += withToken && usage.completion != UNKNOWN ? 1 : 0;
        if (last.countsOutput() && !usage.countsOutput()) {
            return;
        }
        int prompt = last.prompt;
        int cached = last.cached;
        int written = last.written;
        long besidePrompt = last.besidePrompt;
        last.set(usage);
        if (last.prompt == UNKNOWN) {
            last.prompt = prompt;
            last.cached = cached;
            last.written = written;
            last.besidePrompt = besidePrompt;
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
        return last.completion != UNKNOWN && !contradicted() && !tooFew();
    }

    boolean counted() {
        return count == TokenCount.EVENTS && !usageKnown() && events > 0;
    }

    /** A completion of no token beside token events is no count, unless all of them were reasoning that is counted apart. */
    private boolean contradicted() {
        return last.completion == 0 && events > 0 && (firstOutput != ABSENT || last.excess() == 0);
    }

    /** A count that stands in several chunks counts all until there; else it is that of a chunk alone, or a constant. */
    private boolean tooFew() {
        int output = last.output();
        boolean ofEach = countedEvents >= FEW_COUNTED_EVENTS && output < countedEvents;
        boolean belowCharacters = events >= FEW_EVENTS && (long) output * EVENTS_PER_TOKEN < events;
        return last.completion > 0 && (ofEach || belowCharacters);
    }

    RequestRecord.Tokens tokens(int eventsInWindow) {
        boolean known = usageKnown();
        int output = counted() ? events : known ? last.output() : UNKNOWN;
        int streamed = counted() ? events : known ? streamed(last) : UNKNOWN;
        int first = known ? firstOfUsage(streamed) : UNKNOWN;
        boolean firstKnown = first != UNKNOWN;
        int firstEvent = firstKnown ? first : events > 0 ? 1 : UNKNOWN;
        return new RequestRecord.Tokens(
                last.promptTokens(),
                last.cachedTokens(),
                output,
                streamed,
                firstEvent,
                firstKnown,
                events,
                arrivals,
                eventsInWindow,
                known ? last.reasoningTokens() : UNKNOWN,
                flaw());
    }

    private UsageFlaw flaw() {
        if (!last.present()) {
            return UsageFlaw.NONE;
        }
        if (contradicted()) {
            return UsageFlaw.ZERO;
        }
        if (last.completion == UNKNOWN) {
            return last.unreadable ? UsageFlaw.UNREADABLE : UsageFlaw.NONE;
        }
        if (tooFew()) {
            return UsageFlaw.TOO_FEW;
        }
        return last.unexplained() ? UsageFlaw.UNEXPLAINED_TOTAL : UsageFlaw.NONE;
    }

    /** A completion that is reasoning that came with fields of its own has nothing hidden. */
    private int streamed(Usage usage) {
        return usage.completion == 0 ? usage.output() : usage.streamed(reasoningSeen);
    }

    /** Tokens of the first event, where its own chunk's usage tells: never what the last usage contradicts. */
    private int firstOfUsage(int streamed) {
        boolean told =
                ofFirstEvent.completion != UNKNOWN && !(last.hides(reasoningSeen) && ofFirstEvent.reasoning == UNKNOWN);
        int first = told ? streamed(ofFirstEvent) : UNKNOWN;
        return first >= 1 && first <= streamed ? first : UNKNOWN;
    }
}
