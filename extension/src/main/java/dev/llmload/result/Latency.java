package dev.llmload.result;

import java.time.Duration;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A distribution of durations, as a test body reads it: {@code result.ttft().p95()} is a {@link Duration}. Immutable.
 *
 * <p>A failed request ranks above every value. Where a percentile, the smallest or the largest value falls on one, there is
 * no duration to return: {@link FailedRequestError} says how many failed, and fails the test as a broken budget does.
 * {@link #ofSuccesses()} leaves failures out. In open loop {@code ttft}, {@code ttfo} and {@code e2e} count from the
 * scheduled instant. Reading what was not measured throws {@link AbsentMetricException} with the reason.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Latency {
    private final Statistics values;

    Latency(Metric metric, Distribution distribution) {
        this(new Statistics(metric, distribution, true));
    }

    private Latency(Statistics values) {
        this.values = values;
    }

    /** Which metric it is. */
    public Metric metric() {
        return values.metric();
    }

    /** Whether any request has a value; where all failed, reading throws {@link FailedRequestError}. */
    public boolean isPresent() {
        return values.isPresent();
    }

    /** Why no request has a value; empty if one has. */
    public String absentReason() {
        return values.absentReason();
    }

    /** This, or empty if no request has a value. */
    public Optional<Latency> optional() {
        return isPresent() ? Optional.of(this) : Optional.empty();
    }

    /** The same of the successes alone, with failed requests left out. */
    public Latency ofSuccesses() {
        return new Latency(values.ofSuccesses());
    }

    /** How many values there are. */
    public long count() {
        return values.count();
    }

    /** Mean of the successes. */
    public Duration mean() {
        return duration(values.mean());
    }

    /** Smallest value. */
    public Duration min() {
        return duration(values.min());
    }

    /** Largest value. */
    public Duration max() {
        return duration(values.max());
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
        return duration(values.percentile(p));
    }

    /** The values behind it, in nanoseconds. */
    public Distribution distribution() {
        return values.distribution();
    }

    private static Duration duration(double nanos) {
        return Duration.ofNanos(Math.round(nanos));
    }

    @Override
    public String toString() {
        return isPresent()
                ? metric().word() + " p50 " + duration(distribution().percentile(50)) + " of " + count()
                : metric().word() + " absent: " + absentReason();
    }
}
