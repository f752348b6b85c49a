package dev.llmload.result;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * A distribution of durations, as a test body reads it: {@code result.ttft().p95()} is a {@link Duration}. Immutable.
 *
 * <p>A failed request ranks above every value. Where a percentile, the smallest or the largest value falls on one, there is
 * no duration to return: {@link FailedRequestError} says how many failed, and fails the test as a broken budget does.
 * {@link #ofSuccesses()} leaves failures out. In open loop {@code ttft}, {@code ttfo} and {@code e2e} count from the
 * scheduled instant.
 */
public final class Latency {
    private final Metric metric;
    private final Distribution distribution;
    private final boolean countFailures;

    /**
     * A view of a distribution.
     *
     * @param metric a metric of kind {@link Metric.Kind#LATENCY}
     * @param distribution in nanoseconds
     */
    public Latency(Metric metric, Distribution distribution) {
        this(metric, distribution, true);
    }

    private Latency(Metric metric, Distribution distribution, boolean countFailures) {
        this.metric = metric;
        this.distribution = distribution;
        this.countFailures = countFailures;
    }

    /**
     * Whether any request has a value. Reading a latency that was not measured throws {@link AbsentMetricException}; where
     * all requests failed, {@link FailedRequestError}.
     */
    public boolean isPresent() {
        return distribution.isPresent();
    }

    /** The same of the successes alone, with failed requests left out. */
    public Latency ofSuccesses() {
        return new Latency(metric, distribution, false);
    }

    /** How many values there are. */
    public long count() {
        return distribution.count();
    }

    /** Mean of the successes. */
    public Duration mean() {
        return duration(present().mean());
    }

    /** Smallest value. */
    public Duration min() {
        return countFailures
                ? ranked("min", Double.MIN_VALUE)
                : duration(present().min());
    }

    /** Largest value. */
    public Duration max() {
        return countFailures ? ranked("max", 100) : duration(present().max());
    }

    /** Median. */
    public Duration p50() {
        return percentile(50);
    }

    /** 90th percentile. */
    public Duration p90() {
        return percentile(90);
    }

    /** 95th percentile. */
    public Duration p95() {
        return percentile(95);
    }

    /** 99th percentile. */
    public Duration p99() {
        return percentile(99);
    }

    /**
     * Nearest-rank percentile.
     *
     * @param p above 0, at most 100
     */
    public Duration percentile(double p) {
        return countFailures ? ranked("p" + trim(p), p) : duration(present().percentile(p));
    }

    private Duration ranked(String statistic, double p) {
        Distribution values = distribution.isRanked() ? distribution : present();
        OptionalDouble value = values.ranked(metric, p);
        return duration(value.orElseThrow(() -> new FailedRequestError(metric, statistic, values)));
    }

    /** The values behind it, in nanoseconds. */
    public Distribution distribution() {
        return distribution;
    }

    private Distribution present() {
        if (!distribution.isPresent()) {
            throw new AbsentMetricException(metric.word() + " was not measured: " + distribution.absentReason());
        }
        return distribution;
    }

    private static Duration duration(double nanos) {
        return Duration.ofNanos(Math.round(nanos));
    }

    static String trim(double p) {
        return p == Math.rint(p) ? Long.toString((long) p) : Double.toString(p);
    }

    @Override
    public String toString() {
        return isPresent()
                ? metric.word() + " p50 " + duration(distribution.percentile(50)) + " of " + count()
                : metric.word() + " absent: " + distribution.absentReason();
    }
}
