package dev.llmload.result.request;

import dev.llmload.result.Metric;

/**
 * What one answer must meet to be a good one: {@code ttft < 500 ms}. Immutable.
 *
 * @param metric a latency or speed that each request has one value of
 * @param upper whether the limit is the highest value allowed
 * @param inclusive whether a value that equals the limit meets it
 * @param limit nanoseconds or tokens per second, finite and at least 0
 * @param text in the one normal form of the grammar
 */
public record Objective(Metric metric, boolean upper, boolean inclusive, double limit, String text) {
    /** Refuses what is not a value of one request, and a limit that means nothing. */
    public Objective {
        if (!isFor(metric)) {
            throw new IllegalArgumentException(
                    "an objective must be about a value of one request, but was about " + metric.word());
        }
        if (!(limit >= 0) || Double.isInfinite(limit)) {
            throw new IllegalArgumentException("a limit must be finite and at least 0, but was " + limit);
        }
    }

    /** Whether each request has one value of the metric; of ITL it has many. */
    public static boolean isFor(Metric metric) {
        return metric.isOfRequest() && metric.isBudgetable();
    }

    /**
     * Whether a value meets it.
     *
     * @param value nanoseconds or tokens per second; NaN meets nothing
     */
    public boolean holds(double value) {
        return value == limit ? inclusive : upper ? value < limit : value > limit;
    }

    @Override
    public String toString() {
        return text;
    }
}
