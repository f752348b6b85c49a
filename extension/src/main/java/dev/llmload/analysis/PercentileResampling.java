package dev.llmload.analysis;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Percentiles of samples drawn with replacement from a sample, without drawing them: the nearest-rank percentile of a draw
 * of n is the k-th value of the sample with a probability that the binomial distribution gives, for it is at most that one
 * exactly if as many as its rank of the n draws fall on the first k. Each draw costs a search of a table of some twelve
 * standard deviations, whatever n. Immutable; the random source is the caller's.
 */
final class PercentileResampling {
    private static final double DEVIATIONS = 8;

    private final double[] values;
    private final double[] atMost;

    /**
     * Draws of another number than there are values.
     *
     * @param drawn values of a draw, at least 1
     */
    PercentileResampling(RankedValues values, int drawn, double q) {
        int n = Math.toIntExact(values.size());
        long rank = rank(q, drawn);
        double around = (DEVIATIONS * Math.sqrt(drawn * q * (1 - q)) + DEVIATIONS) * n / drawn;
        long first = Math.max(1, (long) (q * n - around));
        long last = Math.min(n, (long) Math.ceil(q * n + around));
        this.atMost = new double[(int) (last - first + 1)];
        this.values = new double[atMost.length];
        for (int i = 0; i < atMost.length; i++) {
            this.values[i] = values.at(first + i);
            atMost[i] = first + i >= n
                    ? 1
                    : BinomialDistribution.of(drawn, (double) (first + i) / n)
                            .survivalProbability(Math.toIntExact(rank - 1));
        }
        atMost[atMost.length - 1] = 1;
    }

    /** Nearest rank of the percentile: ⌈q·n⌉, with the slack that {@code Distribution} has. */
    static long rank(double q, long n) {
        return Math.max(1, (long) Math.ceil(q * n - 1e-9));
    }

    double draw(SplittableRandom random) {
        int found = Arrays.binarySearch(atMost, random.nextDouble());
        return values[found < 0 ? -found - 1 : found];
    }
}
