package dev.llmload.analysis;

/**
 * How sure the ratio of a percentile of two samples is. Each side's percentile lies between its k-th value and the next with the
 * probability that k of n fall below it, whatever their distribution (H. A. David, Order Statistics, section 7.1). That is a
 * distribution of where it may be (M. Xie and K. Singh, "Confidence distribution, the frequentist distribution estimator of a
 * parameter: a review", International Statistical Review 81 (2013)), and the interval is made of the two, exactly and
 * without draws. Below the smallest value lies 0, above the largest nothing bounds it: so a percentile that a side has too few values for has
 * no upper end. A side counts for as many values as its requests are worth independent ones ({@link Dispersion}): requests that
 * are slow together, and runs that lie apart, make the interval wider. Pure functions, safe for any thread.
 */
public final class PercentileRatio {
    private static final Range ANY = new Range(0, Double.POSITIVE_INFINITY);

    private PercentileRatio() {}

    /**
     * One side of a comparison.
     *
     * @param values at least one, none below 0; infinite ones are those of failed requests
     * @param effective how many independent values they are worth; below 1 they bound nothing
     */
    public record Side(RankedValues values, double effective) {
        /** Of independent values. */
        public Side(RankedValues values) {
            this(values, values.size());
        }
    }

    /**
     * The interval of second / first.
     *
     * @param first one side
     * @param second the other
     * @param q which percentile, as a fraction above 0 and below 1: 0.95 for p95
     * @param confidence of the interval, two-sided, above 0.5 and below 1
     * @return from 0 to infinity where nothing bounds it
     * @throws IllegalArgumentException if a side has no value, or a number is out of range
     */
    public static Range of(Side first, Side second, double q, double confidence) {
        Samples.checkConfidence(confidence);
        if (!(q > 0 && q < 1)) {
            throw new IllegalArgumentException("a percentile must be above 0 and below 1 here, but was " + q);
        }
        if (first.values.size() == 0 || second.values.size() == 0) {
            throw new IllegalArgumentException("a side of a comparison takes at least one value");
        }
        if (first.effective < 1 || second.effective < 1) {
            return ANY;
        }
        PercentilePlace was = PercentilePlace.of(first, q);
        PercentilePlace is = PercentilePlace.of(second, q);
        double tail = (1 - confidence) / 2;
        // Failed requests on both sides, or nothing to divide by: anything is possible.
        double low = new Quotients(was.highest(), is.lowest(), was, is, 0).quantile(tail);
        double high = new Quotients(was.lowest(), is.highest(), was, is, Double.POSITIVE_INFINITY).quantile(1 - tail);
        return new Range(low, Math.max(low, high));
    }

    /**
     * All quotients of two sides' values with their probabilities, in rising order, found by counting instead of making them:
     * one walk along both tells the probability of at most t, and the bits of a double are halved until that is met.
     *
     * @param divisors in rising order
     * @param values in rising order
     * @param ofDivisor how probable each divisor is
     * @param ofValue how probable each value is
     * @param ofNone what 0 / 0 and ∞ / ∞ count as
     */
    private record Quotients(
            double[] divisors, double[] values, PercentilePlace ofDivisor, PercentilePlace ofValue, double ofNone) {
        double quantile(double p) {
            long low = bits(quotient(values[0], divisors[divisors.length - 1]));
            long high = bits(quotient(values[values.length - 1], divisors[0]));
            while (low < high) {
                long middle = low + (high - low >>> 1);
                if (atMost(Double.longBitsToDouble(middle)) >= p) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return Double.longBitsToDouble(low);
        }

        private double atMost(double t) {
            double sum = 0;
            int covered = 0;
            for (int i = 0; i < divisors.length; i++) {
                while (covered < values.length && quotient(values[covered], divisors[i]) <= t) {
                    covered++;
                }
                sum += ofDivisor.probability(i) * ofValue.ofFirst(covered);
            }
            return sum;
        }

        // Doubles that are not below 0 are in the order of their bits.
        private static long bits(double value) {
            return Double.doubleToLongBits(value + 0.0);
        }

        private double quotient(double value, double divisor) {
            double quotient = value / divisor;
            return Double.isNaN(quotient) ? ofNone : quotient;
        }
    }
}
