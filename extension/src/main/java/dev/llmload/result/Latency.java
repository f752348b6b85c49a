package dev.llmload.result;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * A distribution of durations, as a test body reads it: {@code result.ttft().p95()} is a {@link Duration}. Immutable.
 *
 * <p>In a percentile a failed request ranks above every value; where the rank falls on one there is no duration to
 * return and {@link AbsentMetricException} says how many failed. {@link #ofSuccesses()} leaves failures out.
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

    /** Whether anything was measured. Reading an absent latency throws {@link AbsentMetricException}. */
    public boolean isPresent() {
        return distribution.isPresent();
    }

    /** The same with failures left out of the percentiles. */
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

    /** Smallest value of the successes. */
    public Duration min() {
        return duration(present().min());
    }

    /** Largest value of the successes. */
    public Duration max() {
        return duration(present().max());
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
        Distribution values = present();
        if (!countFailures) {
            return duration(values.percentile(p));
        }
        OptionalDouble value = values.percentileFailuresAbove(p);
        if (value.isEmpty()) {
            throw new AbsentMetricException(metric.word() + " p" + trim(p) + " falls on a failed request: "
                    + values.failed() + " of " + (values.failed() + values.count())
                    + " failed, and a failed request ranks above every value; ofSuccesses() leaves them out");
        }
        return duration(value.getAsDouble());
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

    private static String trim(double p) {
        return p == Math.rint(p) ? Long.toString((long) p) : Double.toString(p);
    }

    @Override
    public String toString() {
        return isPresent()
                ? metric.word() + " p50 " + duration(distribution.percentile(50)) + " of " + count()
                : metric.word() + " absent: " + distribution.absentReason();
    }
}
