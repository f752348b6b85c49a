package dev.llmload.analysis;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many of how many were seen, as so many independent requests would have shown it: both divided by the dispersion
 * ({@link Dispersion#divisor}). Its bounds are those of Clopper and Pearson, which {@link Binomial} has for whole numbers.
 * Immutable.
 *
 * @param k at least 0
 * @param n at least {@code k}; 0 if nothing is known
 */
public record EffectiveCount(double k, double n) {
    /**
     * Of what was counted.
     *
     * @param k how many were seen, 0 to n
     * @param n of how many, at least 1
     * @param dispersion of {@code k} over time
     * @param confidence of the bounds that are wanted, one-sided, above 0.5 and below 1
     */
    public static EffectiveCount of(long k, long n, Dispersion dispersion, double confidence) {
        if (n < 1 || k < 0 || k > n) {
            throw new IllegalArgumentException("k must be 0 to n, and n at least 1, but they were " + k + " and " + n);
        }
        double divisor = dispersion.divisor(Samples.checkConfidence(confidence));
        return new EffectiveCount(k / divisor, n / divisor);
    }

    /** One-sided lower bound of the share. */
    public double lowerBound(double confidence) {
        double other = n - k + 1;
        return k <= 0
                ? 0
                : BetaDistribution.of(k, other).inverseCumulativeProbability(1 - Samples.checkConfidence(confidence));
    }

    /** One-sided upper bound of the share. */
    public double upperBound(double confidence) {
        return k >= n
                ? 1
                : BetaDistribution.of(k + 1, n - k).inverseCumulativeProbability(Samples.checkConfidence(confidence));
    }

    /** Two-sided interval of the share; {@code of} must have been asked for the confidence of one side. */
    public Range interval(double confidence) {
        double oneSide = (1 + confidence) / 2;
        return new Range(lowerBound(oneSide), upperBound(oneSide));
    }

    /**
     * Two-sided score interval of the share (E. B. Wilson, "Probable inference, the law of succession, and statistical
     * inference", Journal of the American Statistical Association 22 (1927)): narrower than the exact one, and right on
     * average over the shares rather than for each.
     */
    public Range wilson(double confidence) {
        double z =
                NormalDistribution.of(0, 1).inverseCumulativeProbability((1 + Samples.checkConfidence(confidence)) / 2);
        if (n <= 0) {
            return new Range(0, 1);
        }
        double share = k / n;
        double middle = (share + z * z / (2 * n)) / (1 + z * z / n);
        double half = z * Math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n);
        return new Range(Math.max(0, middle - half), Math.min(1, middle + half));
    }

    /**
     * Interval of the difference of two shares (R. G. Newcombe, "Interval estimation for the difference between independent
     * proportions: comparison of eleven methods", Statistics in Medicine 17 (1998), method 10): it is the score intervals of
     * both that make it, so it stays within −1 and 1 and says something of shares of 0 and 1 too.
     *
     * @param other the second side
     * @param confidence that the true difference lies in the interval
     * @return of the second share less this one
     */
    public Range difference(EffectiveCount other, double confidence) {
        if (n <= 0 || other.n <= 0) {
            return new Range(-1, 1);
        }
        Range first = wilson(confidence);
        Range second = other.wilson(confidence);
        double p = k / n;
        double q = other.k / other.n;
        return new Range(
                q - p - Math.hypot(q - second.low(), first.high() - p),
                q - p + Math.hypot(second.high() - q, p - first.low()));
    }

    /**
     * Ranks of the order-statistic interval of a percentile among so many values ({@link Binomial#percentileRanks}), wider as
     * fewer of them count as independent.
     *
     * @param values how many there are, at least 1
     * @param effective for how many of them they count, above 0 and at most {@code values}
     * @param q which percentile, as a fraction above 0 and below 1
     * @param confidence two-sided
     * @return from 0, below every value, to {@code values + 1}, above every one
     */
    public static long[] percentileRanks(long values, double effective, double q, double confidence) {
        long independent = (long) Math.floor(effective);
        if (independent >= values) {
            return Binomial.percentileRanks(values, q, confidence);
        }
        if (independent < 1) {
            return new long[] {0, values + 1};
        }
        long[] ranks = Binomial.percentileRanks(independent, q, confidence);
        double each = (double) values / independent;
        return new long[] {
            (long) Math.floor(ranks[0] * each), ranks[1] > independent ? values + 1 : (long) Math.ceil(ranks[1] * each)
        };
    }
}
