package dev.llmload.analysis;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;

/**
 * Statements about a share of which k of n were seen. They are exact (Clopper and Pearson, "The use of confidence or fiducial
 * limits illustrated in the case of the binomial", Biometrika 26 (1934)) and assume independent requests; {@link EffectiveCount} has the
 * bounds of others. Pure functions, safe for any thread.
 *
 * <p>A confidence is a fraction above 0.5 and below 1, for example 0.95. Everything out of range is an
 * {@link IllegalArgumentException}.
 */
public final class Binomial {
    private Binomial() {}

    /**
     * One-sided lower bound of the share.
     *
     * @param k how many were seen, 0 to n
     * @param n of how many, 1 to 2^31 − 1
     * @param confidence that the true share is not below the bound
     * @return a fraction; 0 for k = 0
     */
    public static double lowerBound(long k, long n, double confidence) {
        check(k, n, confidence);
        return clopperPearson(k, n, 2 * (1 - confidence)).getLowerBound();
    }

    /**
     * One-sided upper bound of the share.
     *
     * @param k how many were seen, 0 to n
     * @param n of how many, 1 to 2^31 − 1
     * @param confidence that the true share is not above the bound
     * @return a fraction; 1 for k = n
     */
    public static double upperBound(long k, long n, double confidence) {
        check(k, n, confidence);
        return clopperPearson(k, n, 2 * (1 - confidence)).getUpperBound();
    }

    /**
     * Two-sided interval of the share.
     *
     * @param k how many were seen, 0 to n
     * @param n of how many, 1 to 2^31 − 1
     * @param confidence that the true share lies in the interval
     * @return its lower and upper end, fractions
     */
    public static double[] interval(long k, long n, double confidence) {
        check(k, n, confidence);
        Interval interval = clopperPearson(k, n, 1 - confidence);
        return new double[] {interval.getLowerBound(), interval.getUpperBound()};
    }

    /**
     * Ranks of the order-statistic interval of a percentile: of n values in rising order, the true percentile lies
     * between those at the two ranks with at least this confidence, whatever the distribution (H. A. David, Order
     * Statistics, section 7.1).
     *
     * @param n how many values, 1 to 2^31 − 1
     * @param q which percentile, as a fraction above 0 and below 1: 0.95 for p95
     * @param confidence of the interval, two-sided
     * @return lower and upper rank, from 1; a lower rank of 0 is below every value, an upper one of n + 1 above every
     *     value, that is: n is too small to bound it on that side
     */
    public static long[] percentileRanks(long n, double q, double confidence) {
        check(0, n, confidence);
        checkQuantile(q);
        double tail = (1 - confidence) / 2;
        BinomialDistribution below = BinomialDistribution.of(Math.toIntExact(n), q);
        int first = below.inverseCumulativeProbability(tail);
        long lower = below.cumulativeProbability(first) <= tail ? first + 1L : first;
        long upper = below.inverseCumulativeProbability(1 - tail) + 1L;
        return new long[] {lower, upper};
    }

    /**
     * The smallest number of values with which "p is within the limit" can be shown at all: with none above it.
     *
     * @param q which percentile, as a fraction above 0 and below 1
     * @param confidence one-sided
     * @return the smallest n with q^n at most 1 − confidence
     */
    public static long smallestPassingN(double q, double confidence) {
        check(0, 1, confidence);
        checkQuantile(q);
        long n = Math.max(1, (long) Math.ceil(Math.log(1 - confidence) / Math.log(q)) - 1);
        while (Math.pow(q, n) > 1 - confidence) {
            n++;
        }
        return n;
    }

    private static Interval clopperPearson(long k, long n, double alpha) {
        return BinomialConfidenceInterval.CLOPPER_PEARSON.fromErrorRate(Math.toIntExact(n), Math.toIntExact(k), alpha);
    }

    private static void check(long k, long n, double confidence) {
        if (n < 1 || n > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("n must be at least 1 and at most 2147483647, but was " + n);
        }
        if (k < 0 || k > n) {
            throw new IllegalArgumentException("k must be at least 0 and at most n = " + n + ", but was " + k);
        }
        if (!(confidence > 0.5 && confidence < 1)) {
            throw new IllegalArgumentException("confidence must be above 0.5 and below 1, but was " + confidence);
        }
    }

    private static void checkQuantile(double q) {
        if (!(q > 0 && q < 1)) {
            throw new IllegalArgumentException("a percentile must be above 0 and below 1 here, but was " + q);
        }
    }
}
