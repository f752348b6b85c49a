package dev.llmload.result;

import java.util.OptionalDouble;

/**
 * A distribution of tokens per second, as a test body reads it. Immutable. Percentiles are plain: p95 is at least p50,
 * so "95 % of requests were at least this fast" is {@code percentile(5)}. A failed request ranks below every value.
 */
public final class Speed {
    private final Metric metric;
    private final Distribution distribution;

    /**
     * A view of a distribution.
     *
     * @param metric a metric of kind {@link Metric.Kind#SPEED}
     * @param distribution in tokens per second
     */
    public Speed(Metric metric, Distribution distribution) {
        this.metric = metric;
        this.distribution = distribution;
    }

    /** Whether anything was measured. Reading an absent speed throws {@link AbsentMetricException}. */
    public boolean isPresent() {
        return distribution.isPresent();
    }

    /** Mean of the successes, tok/s. */
    public double mean() {
        return present().mean();
    }

    /** Median, tok/s. */
    public double p50() {
        return percentile(50);
    }

    /**
     * Nearest-rank percentile, tok/s.
     *
     * @param p above 0, at most 100
     */
    public double percentile(double p) {
        OptionalDouble value = present().percentileFailuresBelow(p);
        if (value.isEmpty()) {
            throw new AbsentMetricException(metric.word() + " p" + p + " falls on a failed request: "
                    + distribution.failed() + " failed, and a failed request ranks below every speed");
        }
        return value.getAsDouble();
    }

    /** The values behind it, in tokens per second. */
    public Distribution distribution() {
        return distribution;
    }

    private Distribution present() {
        if (!distribution.isPresent()) {
            throw new AbsentMetricException(metric.word() + " was not measured: " + distribution.absentReason());
        }
        return distribution;
    }
}
