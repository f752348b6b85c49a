package dev.llmload.analysis;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How sure the difference and the ratio of a percentile of two samples are: B. Efron's percentile interval ("Bootstrap
 * methods: another look at the jackknife", Ann. Statist. 7 (1979)) of {@value #DRAWS} draws from each side, seeded, so that
 * the same samples give the same interval. Percentiles are nearest rank. A draw has as many values as the side's requests
 * are worth independent ones ({@link Dispersion}): requests that are slow together, and runs that lie apart, make the interval
 * wider. Immutable.
 *
 * @param difference second − first
 * @param ratio second / first; without upper end where the first may be 0
 */
public record Bootstrap(Range difference, Range ratio) {
    /** Draws from each side: the ends of a 95 % interval then vary by a fraction of a per cent of its length. */
    static final int DRAWS = 4000;

    /**
     * One side of a comparison.
     *
     * @param values at least one
     * @param effective how many independent values they are worth; below 1 they bound nothing
     */
    public record Side(RankedValues values, double effective) {
        /** Of independent values. */
        public Side(RankedValues values) {
            this(values, values.size());
        }
    }

    /**
     * Compares a percentile of two samples.
     *
     * @param first one side
     * @param second the other
     * @param q which percentile, as a fraction above 0 and below 1: 0.95 for p95
     * @param confidence of the intervals, two-sided, above 0.5 and below 1
     * @param seed of the draws
     * @throws IllegalArgumentException if a side has no value, or a number is out of range
     */
    public static Bootstrap ofPercentile(Side first, Side second, double q, double confidence, long seed) {
        Samples.checkConfidence(confidence);
        if (!(q > 0 && q < 1)) {
            throw new IllegalArgumentException("a percentile must be above 0 and below 1 here, but was " + q);
        }
        if (first.values.size() == 0 || second.values.size() == 0) {
            throw new IllegalArgumentException("a side of a comparison takes at least one value");
        }
        if (first.effective < 1 || second.effective < 1) {
            Range any = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            return new Bootstrap(any, any);
        }
        SplittableRandom random = new SplittableRandom(seed);
        PercentileResampling before = resampling(first, q);
        PercentileResampling after = resampling(second, q);
        Ends difference = new Ends();
        Ends ratio = new Ends();
        for (int i = 0; i < DRAWS; i++) {
            double one = before.draw(random);
            double other = after.draw(random);
            // Failed requests on both sides, or nothing to divide by: anything is possible.
            difference.add(other - one);
            ratio.add(other / one);
        }
        return new Bootstrap(difference.range(confidence), ratio.range(confidence));
    }

    /** Whether the difference leaves out 0: as large a one would be rare if both sides were alike. */
    public boolean isShown() {
        return difference.low() > 0 || difference.high() < 0;
    }

    private static PercentileResampling resampling(Side side, double q) {
        int drawn = (int) Math.min(Integer.MAX_VALUE, Math.floor(Math.min(side.effective, side.values.size())));
        return new PercentileResampling(side.values, drawn, q);
    }

    /** What is no number lies below every lower end and above every upper one. */
    private static final class Ends {
        private final double[] low = new double[DRAWS];
        private final double[] high = new double[DRAWS];
        private int size;

        void add(double value) {
            low[size] = Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
            high[size] = Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
            size++;
        }

        Range range(double confidence) {
            Arrays.sort(low);
            Arrays.sort(high);
            int tail = (int) Math.floor((1 - confidence) / 2 * DRAWS);
            return new Range(low[tail] + 0.0, high[DRAWS - 1 - tail] + 0.0);
        }
    }
}
