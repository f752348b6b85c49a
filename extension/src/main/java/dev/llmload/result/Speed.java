package dev.llmload.result;

import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A distribution of tokens per second, as a test body reads it. Immutable.
 *
 * <p>Percentiles are plain: p95 is at least p50, so "95 % of requests were at least this fast" is {@link #p5()}. A failed
 * request ranks below every value: where a percentile, the smallest or the largest value falls on one,
 * {@link FailedRequestError} fails the test as a broken budget does. {@link #ofSuccesses()} leaves failures out. Reading what
 * was not measured throws {@link AbsentMetricException} with the reason.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Speed {
    private final Statistics values;

    Speed(Metric metric, Distribution distribution) {
        this(new Statistics(metric, distribution, true));
    }

    private Speed(Statistics values) {
        this.values = values;
    }

    /** Which metric it is. */
    public Metric metric() {
        return values.metric();
    }

    /** Its unit: {@code tok/s}. */
    public String unit() {
        return metric().kind().unit();
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
    public Optional<Speed> optional() {
        return isPresent() ? Optional.of(this) : Optional.empty();
    }

    /** The same of the successes alone, with failed requests left out. */
    public Speed ofSuccesses() {
        return new Speed(values.ofSuccesses());
    }

    /** How many values there are. */
    public long count() {
        return values.count();
    }

    /** Mean of the successes, tok/s. */
    public double mean() {
        return values.mean();
    }

    /** Smallest value, tok/s. */
    public double min() {
        return values.min();
    }

    /** Largest value, tok/s. */
    public double max() {
        return values.max();
    }

    /** 1st percentile, tok/s: what 99 % of the requests reach. */
    public double p1() {
        return percentile(1);
    }

    /** 5th percentile, tok/s: what 95 % of the requests reach. */
    public double p5() {
        return percentile(5);
    }

    /** 10th percentile, tok/s: what 90 % of the requests reach. */
    public double p10() {
        return percentile(10);
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
        return values.percentile(p);
    }

    /** The values behind it, in tokens per second. */
    public Distribution distribution() {
        return values.distribution();
    }

    @Override
    public String toString() {
        return isPresent()
                ? metric().word() + " p50 " + distribution().percentile(50) + " " + unit() + " of " + count()
                : metric().word() + " absent: " + absentReason();
    }
}
