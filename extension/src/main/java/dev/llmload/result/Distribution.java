package dev.llmload.result;

import dev.llmload.result.time.Slices;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
    private final Optional<Slices> slices;

    private Distribution(
            double[] sorted, Histogram histogram, double unit, boolean exact, long failed, String absentReason) {
        this(sorted, histogram, unit, exact, failed, absentReason, Optional.empty());
    }

    private Distribution(
            double[] sorted,
            Histogram histogram,
            double unit,
            boolean exact,
            long failed,
            String absentReason,
            Optional<Slices> slices) {
        this.slices = slices;
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
     * From the values themselves, with the slice of time in which each request was due.
     *
     * @param values one per successful request, in any order; copied
     * @param slice of each value, from 0
     * @param failed how many requests failed and so have no value, by slice: as long as there are slices
     */
    public static Distribution inTime(double[] values, int[] slice, int[] failed) {
        Distribution plain =
                ofValues(values, Arrays.stream(failed).asLongStream().sum());
        return plain.with(Slices.of(plain.sorted, values, slice, failed));
    }

    /**
     * The values of several runs together; absent only if it is so of all of them.
     *
     * @param runs of one metric, at least one
     */
    public static Distribution pooled(List<Distribution> runs) {
        List<Distribution> ranked = runs.stream().filter(Distribution::isRanked).toList();
        if (ranked.size() < 2) {
            return ranked.isEmpty() ? runs.get(0) : ranked.get(0);
        }
        long failed = ranked.stream().mapToLong(Distribution::failed).sum();
        Optional<Distribution> coarse =
                ranked.stream().filter(run -> !run.exact).findFirst();
        return coarse.isPresent() ? pooledHistogram(ranked, coarse.get().unit, failed) : pooledValues(ranked, failed);
    }

    private static Distribution pooledHistogram(List<Distribution> runs, double unit, long failed) {
        Histogram all = new Histogram(3);
        all.setAutoResize(true);
        for (Distribution run : runs) {
            if (run.exact) {
                Arrays.stream(run.sorted).forEach(value -> all.recordValue(Math.max(0, Math.round(value / unit))));
            } else {
                all.add(run.histogram);
            }
        }
        return ofHistogram(all, unit, failed);
    }

    private static Distribution pooledValues(List<Distribution> runs, long failed) {
        double[] all =
                runs.stream().flatMapToDouble(run -> Arrays.stream(run.sorted)).toArray();
        int[] order = new int[all.length];
        int[] next = new int[runs.size()];
        for (int i = 0; i < all.length; i++) {
            int lowest = -1;
            for (int run = 0; run < next.length; run++) {
                double[] values = runs.get(run).sorted;
                if (next[run] < values.length
                        && (lowest < 0 || values[next[run]] < runs.get(lowest).sorted[next[lowest]])) {
                    lowest = run;
                }
            }
            all[i] = runs.get(lowest).sorted[next[lowest]++];
            order[i] = lowest;
        }
        Distribution joined = ofValues(all, failed);
        List<Slices> each = runs.stream().flatMap(run -> run.slices.stream()).toList();
        return each.size() < runs.size()
                ? joined
                : Slices.joined(each, order).map(joined::with).orElse(joined);
    }

    private Distribution with(Slices when) {
        return new Distribution(sorted, histogram, unit, exact, failed, absentReason, Optional.of(when));
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

    /** When the requests were due; empty where that was not kept. */
    public Optional<Slices> slices() {
        return slices;
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
