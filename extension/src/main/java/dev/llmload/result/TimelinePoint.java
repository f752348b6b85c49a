package dev.llmload.result;

import org.apiguardian.api.API;

/**
 * A stretch of a level's time. All stretches of a level are equally long and follow each other without a gap, from the first
 * request sent to the last response closed.
 *
 * @param nanos when it began, on the {@link System#nanoTime()} clock
 * @param lengthNanos its length, above 0
 * @param tokensPerSecond output tokens that arrived in it, by its length; NaN where tokens are unknown
 * @param inFlight time-weighted mean of the requests in flight
 * @param failures requests that failed in it
 * @param ttftP50Nanos median TTFT of the successes whose first token arrived in it; NaN where none did
 * @param ttftP95Nanos 95th percentile of the same
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TimelinePoint(
        long nanos,
        long lengthNanos,
        double tokensPerSecond,
        double inFlight,
        long failures,
        double ttftP50Nanos,
        double ttftP95Nanos) {
    /** When it ended, on the clock of {@link #nanos}: where the next one begins. */
    public long endNanos() {
        return nanos + lengthNanos;
    }
}
