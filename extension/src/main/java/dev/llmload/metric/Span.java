package dev.llmload.metric;

import static dev.llmload.result.request.RequestRecord.ABSENT;

import dev.llmload.result.Window;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.request.RequestRecord.Times;

/**
 * A stretch of time on the {@link System#nanoTime()} clock.
 *
 * @param from its beginning
 * @param to its end, not before its beginning
 */
record Span(long from, long to) {
    /** When a request was in flight: from being sent until it was closed. One that was never sent was not. */
    static Span inFlight(RequestRecord record) {
        Times t = record.times();
        return of(t.sent() == ABSENT ? t.closed() : t.sent(), t.closed());
    }

    /**
     * When a request kept its user in session: in flight, being connected for, or thinking after it. Waiting for a connection of the
     * client's own pool is neither: a pool smaller than the load must not look like the load.
     */
    static Span inSession(RequestRecord record) {
        Times t = record.times();
        long end = t.closed() + record.flags().thinkNanos();
        if (t.sent() == ABSENT) {
            return of(t.scheduled() == ABSENT ? t.closed() : t.scheduled(), end);
        }
        if (t.scheduled() == ABSENT || t.connect() <= 0) {
            return of(t.sent(), end);
        }
        return of(Math.min(t.sent(), Math.max(t.scheduled(), t.sent() - t.connect())), end);
    }

    private static Span of(long from, long to) {
        return new Span(from, Math.max(from, to));
    }

    long length() {
        return to - from;
    }

    /** How much of it lies in a window, in nanoseconds. */
    long overlap(Window window) {
        return Math.max(0, Math.min(to, window.closeNanos()) - Math.max(from, window.openNanos()));
    }

    /** What share of it lies in a window; of an instant, all or nothing. */
    double shareIn(Window window) {
        return length() > 0 ? (double) overlap(window) / length() : window.contains(from) ? 1 : 0;
    }
}
