package dev.llmload.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How sure the difference and the ratio of a percentile of two samples are: B. Efron's percentile interval ("Bootstrap
 * methods: another look at the jackknife", Ann. Statist. 7 (1979)) of {@value #DRAWS} draws from each side, seeded, so that
 * the same samples give the same interval. Percentiles are nearest rank. Of several runs on a side the runs are drawn
 * first, then the requests of each, and the median of the runs counts: what differs from run to run is then part of the
 * interval, as far as so few runs show it. Requests of one run count as independent, which in a closed loop they are not
 * quite, so that the interval is a lower bound on the uncertainty. Immutable.
 *
 * @param difference second − first
 * @param ratio second / first; without upper end where the first may be 0
 */
public record Bootstrap(Range difference, Range ratio) {
    /** Draws from each side: the ends of a 95 % interval then vary by a fraction of a per cent of its length. */
    static final int DRAWS = 4000;

    /**
     * Compares a percentile of two samples.
     *
     * @param first the runs of one side, at least one
     * @param second the runs of the other, at least one
     * @param q which percentile, as a fraction above 0 and below 1: 0.95 for p95
     * @param confidence of the intervals, two-sided, above 0.5 and below 1
     * @param seed of the draws
     * @throws IllegalArgumentException if a side has no run, a run no value, or a number is out of range
     */
    public static Bootstrap ofPercentile(
            List<RankedValues> first, List<RankedValues> second, double q, double confidence, long seed) {
        Samples.checkConfidence(confidence);
        if (!(q > 0 && q < 1)) {
            throw new IllegalArgumentException("a percentile must be above 0 and below 1 here, but was " + q);
        }
        SplittableRandom random = new SplittableRandom(seed);
        Side before = new Side(first, q);
        Side after = new Side(second, q);
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

    private static final class Side {
        private final List<PercentileResampling> runs;

        Side(List<RankedValues> samples, double q) {
            if (samples.isEmpty() || samples.stream().anyMatch(sample -> sample.size() == 0)) {
                throw new IllegalArgumentException("a side of a comparison takes at least one run, each with a value");
            }
            this.runs = samples.stream()
                    .map(sample -> new PercentileResampling(sample, q))
                    .toList();
        }

        double draw(SplittableRandom random) {
            if (runs.size() == 1) {
                return runs.get(0).draw(random);
            }
            double[] drawn = new double[runs.size()];
            Arrays.setAll(drawn, i -> runs.get(random.nextInt(runs.size())).draw(random));
            Arrays.sort(drawn);
            int middle = drawn.length / 2;
            return drawn.length % 2 == 1 ? drawn[middle] : (drawn[middle - 1] + drawn[middle]) / 2;
        }
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
