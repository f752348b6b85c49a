package dev.llmload.result;

import java.util.OptionalDouble;
import org.apiguardian.api.API;

/**
 * The values of the successful requests of a level, and how many requests failed and so have none. Immutable and safe
 * for use by any thread. Latencies are in nanoseconds, speeds in tokens per second.
 *
 * <p>Percentiles are nearest rank: of n values in rising order, p is the one at rank ⌈p/100 · n⌉. They never
 * interpolate and never leave the sample. Kept exactly up to a million values; beyond that, and for pooled values, a
 * histogram of three digits serves, and {@link #isExact()} says so. Reading what was not measured throws
 * {@link AbsentMetricException} with the reason. Only this library makes distributions: new members may come with any
 * version.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface Distribution {
    /** Whether there is at least one value. */
    boolean isPresent();

    /** Whether there is a value or a failed request, so that a rank falls on something. */
    boolean isRanked();

    /** Why there is no value; empty if there is. */
    String absentReason();

    /** Whether the values themselves were kept rather than a histogram of three digits. */
    boolean isExact();

    /** How many values there are. */
    long count();

    /** How many requests failed and so have no value here. */
    long failed();

    /** Arithmetic mean of the successes. */
    double mean();

    /** Smallest value of the successes. */
    double min();

    /** Largest value of the successes. */
    double max();

    /**
     * Nearest-rank percentile of the successes alone.
     *
     * @param p above 0, at most 100
     */
    double percentile(double p);

    /**
     * Nearest-rank percentile in which a failed request ranks above every value; empty where the rank falls on one.
     * This is what a latency budget is judged on.
     *
     * @param p above 0, at most 100
     */
    OptionalDouble percentileFailuresAbove(double p);

    /**
     * Nearest-rank percentile in which a failed request ranks below every value; empty where the rank falls on one.
     * This is what a budget on a speed is judged on.
     *
     * @param p above 0, at most 100
     */
    OptionalDouble percentileFailuresBelow(double p);

    /**
     * The value of a metric at a percentile, the one that carries its plain name everywhere: a failed request ranks above
     * every latency and below every speed. Empty where the rank falls on one.
     *
     * @param metric whose distribution this is; decides on which end failures rank
     * @param p above 0, at most 100
     */
    default OptionalDouble ranked(Metric metric, double p) {
        return metric.lowerIsBetter() ? percentileFailuresAbove(p) : percentileFailuresBelow(p);
    }

    /** The value at the first rank of a metric; empty where a failed request has it. */
    default OptionalDouble rankedMin(Metric metric) {
        return ranked(metric, Double.MIN_VALUE);
    }

    /** The value at the last rank of a metric; empty where a failed request has it. */
    default OptionalDouble rankedMax(Metric metric) {
        return ranked(metric, 100);
    }

    /** How many values of the successes are above the limit (not equal to it). */
    long countAbove(double limit);

    /** The values of the successes in rising order (a copy), or of a histogram none. */
    double[] sortedValues();
}
