package dev.llmload.result;

import java.util.OptionalDouble;

/**
 * A distribution of tokens per second, as a test body reads it. Immutable. Percentiles are plain: p95 is at least p50,
 * so "95 % of requests were at least this fast" is {@code percentile(5)}. A failed request ranks below every value: where
 * a percentile falls on one, {@link FailedRequestError} fails the test as a broken budget does. {@link #ofSuccesses()} leaves
 * failures out.
 */
public final class Speed {
    private final Metric metric;
    private final Distribution distribution;
    private final boolean countFailures;

    /**
     * A view of a distribution.
     *
     * @param metric a metric of kind {@link Metric.Kind#SPEED}
     * @param distribution in tokens per second
     */
    public Speed(Metric metric, Distribution distribution) {
        this(metric, distribution, true);
    }

    private Speed(Metric metric, Distribution distribution, boolean countFailures) {
        this.metric = metric;
        this.distribution = distribution;
        this.countFailures = countFailures;
    }

    /** The same of the successes alone, with failed requests left out. */
    public Speed ofSuccesses() {
        return new Speed(metric, distribution, false);
    }

    /**
     * Whether any request has a value. Reading a speed that was not measured throws {@link AbsentMetricException}; where all
     * requests failed, {@link FailedRequestError}.
     */
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
        if (!countFailures) {
            return present().percentile(p);
        }
        Distribution values = distribution.isRanked() ? distribution : present();
        OptionalDouble value = values.ranked(metric, p);
        return value.orElseThrow(() -> new FailedRequestError(metric, "p" + Latency.trim(p), values));
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
