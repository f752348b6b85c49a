package dev.llmload.analysis;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * By how much one sample lies above another: the median of all differences second − first, and the interval that the rank
 * test of the same confidence would not reject (J. L. Hodges and E. L. Lehmann, "Estimates of location based on rank
 * tests", Ann. Math. Statist. 34 (1963); L. E. Moses's interval as in Hollander and Wolfe, Nonparametric Statistical
 * Methods, section 4.3). Its ranks are exact for samples of at most {@value RankTest#EXACT_UP_TO} values without ties,
 * else those of the normal approximation. Immutable.
 *
 * <p>All pairs count, whatever the size: they are not written out but counted along the sorted samples, which takes
 * O(n log n) and no memory for pairs. A million values on each side take about a second.
 *
 * @param estimate median of the differences
 * @param interval of the shift; without ends (infinite) where the samples are too few for the confidence
 */
public record Shift(double estimate, Range interval) {
    /**
     * Compares two samples.
     *
     * @param first at least one value, finite, in any order
     * @param second at least one value, finite, in any order
     * @param confidence of the interval, two-sided, above 0.5 and below 1
     * @throws IllegalArgumentException if a sample is empty or a value is not finite
     */
    public static Shift of(double[] first, double[] second, double confidence) {
        Samples.check(first, second);
        Samples.checkConfidence(confidence);
        Differences differences = new Differences(first, second);
        long pairs = differences.count();
        double estimate = pairs % 2 == 1
                ? differences.at(pairs / 2 + 1)
                : differences.at(pairs / 2) / 2 + differences.at(pairs / 2 + 1) / 2;
        long rank = lowerRank(first.length, second.length, (1 - confidence) / 2);
        Range interval = rank < 1
                ? new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
                : new Range(differences.at(rank), differences.at(pairs + 1 - rank));
        return new Shift(estimate, interval);
    }

    /** Whether the interval leaves out 0. */
    public boolean isShown() {
        return interval.low() > 0 || interval.high() < 0;
    }

    /** The largest rank k with P(U < k) at most the tail; 0 if there is none. */
    static long lowerRank(int n, int m, double tail) {
        if (n <= RankTest.EXACT_UP_TO && m <= RankTest.EXACT_UP_TO) {
            double[] probability = distribution(n, m);
            long k = 0;
            double below = 0;
            while (below + probability[(int) k] <= tail) {
                below += probability[(int) k];
                k++;
            }
            return k;
        }
        double mean = (double) n * m / 2;
        double deviation = Math.sqrt((double) n * m * ((double) n + m + 1) / 12);
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability(tail);
        return Math.max(0, (long) Math.floor(mean - z * deviation));
    }

    /** Probabilities of U = 0 … n·m, built up from who has the largest value: p(n, m) from p(n − 1, m) and p(n, m − 1). */
    private static double[] distribution(int n, int m) {
        double[][] row = new double[m + 1][];
        Arrays.setAll(row, j -> new double[] {1});
        for (int i = 1; i <= n; i++) {
            double[][] next = new double[m + 1][];
            next[0] = new double[] {1};
            for (int j = 1; j <= m; j++) {
                double[] all = new double[i * j + 1];
                for (int u = 0; u < row[j].length; u++) {
                    all[u + j] += row[j][u] * i / (i + j);
                }
                for (int u = 0; u < next[j - 1].length; u++) {
                    all[u] += next[j - 1][u] * j / (i + j);
                }
                next[j] = all;
            }
            row = next;
        }
        return row[m];
    }
}
