package dev.llmload.result;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * The values of the successful requests of a level, and how many requests failed and so have none. Immutable and safe
 * for use by any thread. Latencies are in nanoseconds, speeds in tokens per second.
 *
 * <p>Percentiles are nearest rank: of n values in rising order, p is the one at rank ⌈p/100 · n⌉. They never
 * interpolate and never leave the sample. Kept exactly up to a million values; beyond that, and for pooled values, an
 * HdrHistogram of three digits serves, and {@link #isExact()} says so.
 */
public final class Distribution {
    private static final double BEST_SPEED = 1e12;

    private final double[] sorted;
    private final Histogram histogram;
    private final double unit;
    private final boolean exact;
    private final long failed;
    private final String absentReason;

    private Distribution(
            double[] sorted, Histogram histogram, double unit, boolean exact, long failed, String absentReason) {
        this.sorted = sorted;
        this.histogram = histogram;
        this.unit = unit;
        this.exact = exact;
        this.failed = failed;
        this.absentReason = absentReason;
    }

    /**
     * From the values themselves.
     *
     * @param values one per successful request, in any order; copied
     * @param failed requests that failed and so have no value, at least 0
     */
    public static Distribution ofValues(double[] values, long failed) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        String reason = sorted.length > 0 ? "" : failed > 0 ? "no request succeeded" : "no request had a value";
        return new Distribution(sorted, new Histogram(1), 1, true, failed, reason);
    }

    /**
     * From a histogram of nanoseconds.
     *
     * @param values copied
     * @param failed requests that failed and so have no value, at least 0
     */
    public static Distribution ofHistogram(AbstractHistogram values, long failed) {
        return ofHistogram(values, 1, failed);
    }

    /**
     * From a histogram of whole multiples of a unit: of thousandths of a token per second, for example.
     *
     * @param values copied
     * @param unit what one step of the histogram is worth, above 0
     * @param failed requests that failed and so have no value, at least 0
     */
    public static Distribution ofHistogram(AbstractHistogram values, double unit, long failed) {
        Histogram copy = new Histogram(values);
        copy.add(values);
        String reason = copy.getTotalCount() > 0 ? "" : "nothing was recorded";
        return new Distribution(new double[0], copy, unit, false, failed, reason);
    }

    /** A distribution that was not measured, and why. */
    public static Distribution absent(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("an absent distribution needs a reason");
        }
        return new Distribution(new double[0], new Histogram(1), 1, true, 0, reason);
    }

    /** Whether there is at least one value. */
    public boolean isPresent() {
        return absentReason.isEmpty();
    }

    /** Whether there is a value or a failed request, so that a rank falls on something. */
    public boolean isRanked() {
        return count() + failed > 0;
    }

    /** Why there is no value; empty if there is. */
    public String absentReason() {
        return absentReason;
    }

    /** Whether the values themselves were kept rather than a histogram of three digits. */
    public boolean isExact() {
        return exact;
    }

    /** What one step of the histogram is worth; 1 if the values were kept. */
    double unit() {
        return unit;
    }

    /** How many values there are. */
    public long count() {
        return exact ? sorted.length : histogram.getTotalCount();
    }

    /** How many requests failed and so have no value here. */
    public long failed() {
        return failed;
    }

    /** Arithmetic mean of the successes. */
    public double mean() {
        require();
        return exact ? Arrays.stream(sorted).average().orElseThrow() : histogram.getMean() * unit;
    }

    /** Smallest value of the successes. */
    public double min() {
        require();
        return exact ? sorted[0] : histogram.getMinValue() * unit;
    }

    /** Largest value of the successes. */
    public double max() {
        require();
        return exact ? sorted[sorted.length - 1] : histogram.getMaxValue() * unit;
    }

    /**
     * Nearest-rank percentile of the successes alone.
     *
     * @param p above 0, at most 100
     */
    public double percentile(double p) {
        require();
        return valueAtRank(rank(p, count()));
    }

    /**
     * Nearest-rank percentile in which a failed request ranks above every value; empty where the rank falls on one.
     * This is what a latency budget is judged on.
     *
     * @param p above 0, at most 100
     */
    public OptionalDouble percentileFailuresAbove(double p) {
        requireRanked();
        long rank = rank(p, count() + failed);
        return rank > count() ? OptionalDouble.empty() : OptionalDouble.of(valueAtRank(rank));
    }

    /**
     * Nearest-rank percentile in which a failed request ranks below every value; empty where the rank falls on one.
     * This is what a budget on a speed is judged on.
     *
     * @param p above 0, at most 100
     */
    public OptionalDouble percentileFailuresBelow(double p) {
        requireRanked();
        long rank = rank(p, count() + failed) - failed;
        return rank < 1 ? OptionalDouble.empty() : OptionalDouble.of(valueAtRank(rank));
    }

    /**
     * The value of a metric at a percentile, the one that carries its plain name everywhere: a failed request ranks above
     * every latency and below every speed. Empty where the rank falls on one.
     *
     * @param metric whose distribution this is; decides on which end failures rank
     * @param p above 0, at most 100
     */
    public OptionalDouble ranked(Metric metric, double p) {
        return metric.lowerIsBetter() ? percentileFailuresAbove(p) : percentileFailuresBelow(p);
    }

    /** The same with so many more failed requests. */
    public Distribution withFailed(long more) {
        return new Distribution(sorted, histogram, unit, exact, failed + more, absentReason);
    }

    /** The same with so many more values, each the best there can be: a latency of 0, or an endless speed. */
    public Distribution withBest(Metric metric, long more) {
        double best = metric.lowerIsBetter() ? 0 : BEST_SPEED;
        if (!exact) {
            Histogram all = toHistogram();
            all.setAutoResize(true);
            all.recordValueWithCount(Math.round(best / unit), more);
            return ofHistogram(all, unit, failed);
        }
        double[] all = Arrays.copyOf(sorted, Math.toIntExact(sorted.length + more));
        Arrays.fill(all, sorted.length, all.length, best);
        return ofValues(all, failed);
    }

    /** The value at the first rank of a metric; empty where a failed request has it. */
    public OptionalDouble rankedMin(Metric metric) {
        return ranked(metric, Double.MIN_VALUE);
    }

    /** The value at the last rank of a metric; empty where a failed request has it. */
    public OptionalDouble rankedMax(Metric metric) {
        return ranked(metric, 100);
    }

    /** How many values of the successes are above the limit (not equal to it). */
    public long countAbove(double limit) {
        if (exact) {
            int low = 0;
            int high = sorted.length;
            while (low < high) {
                int mid = (low + high) >>> 1;
                if (sorted[mid] > limit) {
                    high = mid;
                } else {
                    low = mid + 1;
                }
            }
            return sorted.length - low;
        }
        long highest = Math.max(0, (long) Math.floor(limit / unit));
        return histogram.getTotalCount()
                - histogram.getCountBetweenValues(0, Math.min(highest, histogram.getHighestTrackableValue()));
    }

    /** The values of the successes in rising order (a copy), or of a histogram none. */
    public double[] sortedValues() {
        return sorted.clone();
    }

    /** A copy of the histogram, as it was given; made from the values, rounded to whole numbers, if those were kept. */
    public Histogram toHistogram() {
        if (!exact) {
            Histogram copy = new Histogram(histogram);
            copy.add(histogram);
            return copy;
        }
        Histogram made = new Histogram(3);
        made.setAutoResize(true);
        for (double value : sorted) {
            made.recordValue(Math.max(0, Math.round(value)));
        }
        return made;
    }

    private double valueAtRank(long rank) {
        if (exact) {
            return sorted[(int) (rank - 1)];
        }
        double value = histogram.getValueAtPercentile(100.0 * (rank - 0.5) / histogram.getTotalCount());
        return Math.min(value, histogram.getMaxValue()) * unit;
    }

    // p·n/100 in doubles can land a hair above a whole number (0.07·100 = 7.000000000000001); the slack is far below
    // one rank for any n that fits in memory.
    private static long rank(double p, long n) {
        if (!(p > 0 && p <= 100)) {
            throw new IllegalArgumentException("a percentile must be above 0 and at most 100, but was " + p);
        }
        return Math.max(1, (long) Math.ceil(p / 100.0 * n - 1e-9));
    }

    private void requireRanked() {
        if (!isRanked()) {
            require();
        }
    }

    private void require() {
        if (!isPresent()) {
            throw new AbsentMetricException("not measured: " + absentReason);
        }
    }
}
