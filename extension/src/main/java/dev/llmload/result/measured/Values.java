package dev.llmload.result.measured;

import dev.llmload.result.AbsentMetricException;
import dev.llmload.result.Distribution;
import dev.llmload.result.Metric;
import dev.llmload.result.time.InTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/** A distribution: values that were kept, or a histogram of them. Immutable and safe for use by any thread. */
public abstract class Values implements Distribution {
    static final double BEST_SPEED = 1e12;

    private final long failed;
    private final String absentReason;

    Values(long failed, String absentReason) {
        this.failed = failed;
        this.absentReason = absentReason;
    }

    /**
     * From the values themselves.
     *
     * @param values one per successful request, in any order; copied
     * @param failed requests that failed and so have no value, at least 0
     */
    public static Values of(double[] values, long failed) {
        return SortedValues.sorted(values, failed);
    }

    /**
     * From the values themselves, with the slice of time in which each request was due.
     *
     * @param values one per successful request, in any order; copied
     * @param slice of each value, from 0
     * @param failed how many requests failed and so have no value, by slice: as long as there are slices
     */
    public static Values inTime(double[] values, int[] slice, int[] failed) {
        return SortedValues.sliced(values, slice, failed);
    }

    /**
     * The values of several runs together; absent only if it is so of all of them.
     *
     * @param runs of one metric, at least one
     */
    public static Values pooled(List<Distribution> runs) {
        List<Values> ranked =
                runs.stream().filter(Distribution::isRanked).map(Values::of).toList();
        if (ranked.size() < 2) {
            return of(ranked.isEmpty() ? runs.get(0) : ranked.get(0));
        }
        long failed = ranked.stream().mapToLong(Distribution::failed).sum();
        return ranked.stream().allMatch(Distribution::isExact)
                ? SortedValues.merged(
                        ranked.stream().map(SortedValues.class::cast).toList(), failed)
                : HistogramValues.added(ranked, failed);
    }

    /**
     * From a histogram of whole multiples of a unit: of thousandths of a token per second, for example.
     *
     * @param values copied
     * @param unit what one step of the histogram is worth, above 0
     * @param failed requests that failed and so have no value, at least 0
     */
    public static Values ofHistogram(AbstractHistogram values, double unit, long failed) {
        return new HistogramValues(values, unit, failed, Optional.empty());
    }

    /**
     * The same with how the values come together in time.
     *
     * @param values copied
     * @param unit what one step of the histogram is worth, above 0
     * @param failed requests that failed and so have no value, at least 0
     * @param inTime of the same values and failures
     */
    public static Values ofHistogram(AbstractHistogram values, double unit, long failed, InTime inTime) {
        return new HistogramValues(values, unit, failed, Optional.of(inTime));
    }

    /** A distribution that was not measured, and why. */
    public static Values absent(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("an absent distribution needs a reason");
        }
        return new SortedValues(new double[0], 0, reason);
    }

    /**
     * The values behind a distribution that was measured here.
     *
     * @throws IllegalArgumentException if somebody else made it
     */
    public static Values of(Distribution distribution) {
        if (distribution instanceof Values values) {
            return values;
        }
        throw new IllegalArgumentException("a distribution must be one that was measured, but was a "
                + distribution.getClass().getName());
    }

    /** How they come together in time; empty where that was not kept. */
    public abstract Optional<InTime> inTime();

    /** The same with so many more failed requests. */
    public abstract Values withFailed(long more);

    /** The same with so many more values, each the best there can be: a latency of 0, or an endless speed. */
    public abstract Values withBest(Metric metric, long more);

    /**
     * A histogram of three digits.
     *
     * @param unit what one step of it is worth, above 0
     * @return a new one; the same values give the same histogram, however they were held before
     */
    abstract Histogram toHistogram(double unit);

    /** The value at a rank, from 1 to {@link #count()}. */
    abstract double valueAtRank(long rank);

    static double best(Metric metric) {
        return metric.lowerIsBetter() ? 0 : BEST_SPEED;
    }

    @Override
    public final boolean isPresent() {
        return absentReason.isEmpty();
    }

    @Override
    public final boolean isRanked() {
        return count() + failed > 0;
    }

    @Override
    public final String absentReason() {
        return absentReason;
    }

    @Override
    public final long failed() {
        return failed;
    }

    @Override
    public final double percentile(double p) {
        require();
        return valueAtRank(rank(p, count()));
    }

    @Override
    public final OptionalDouble percentileFailuresAbove(double p) {
        requireRanked();
        long rank = rank(p, count() + failed);
        return rank > count() ? OptionalDouble.empty() : OptionalDouble.of(valueAtRank(rank));
    }

    @Override
    public final OptionalDouble percentileFailuresBelow(double p) {
        requireRanked();
        long rank = rank(p, count() + failed) - failed;
        return rank < 1 ? OptionalDouble.empty() : OptionalDouble.of(valueAtRank(rank));
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

    final void require() {
        if (!isPresent()) {
            throw new AbsentMetricException("not measured: " + absentReason);
        }
    }
}
