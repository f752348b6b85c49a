package dev.llmload.analysis;

import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * Whether one of two independent samples tends to larger values than the other: H. B. Mann and D. R. Whitney, "On a test
 * of whether one of two random variables is stochastically larger than the other", Ann. Math. Statist. 18 (1947). It asks
 * for no distribution, and a value may be infinite: a failed request ranks above every latency. Takes O(n log n).
 * Immutable.
 *
 * <p>The probability is exact for samples of at most {@value #EXACT_UP_TO} values without ties, else that of the normal
 * approximation with continuity correction and correction for ties.
 *
 * @param u of how many pairs the first sample's value is the larger, ties counted half
 * @param p two-sided probability of a U at least so far from the middle if both samples come from one distribution, 0 to
 *     1
 */
public record RankTest(double u, double p) {
    /** Largest size of either sample for which the probability is exact. */
    static final int EXACT_UP_TO = 50;

    /**
     * Compares two samples.
     *
     * @param first at least one value, in any order, none NaN
     * @param second at least one value, in any order, none NaN
     * @throws IllegalArgumentException if a sample is empty or has a NaN
     */
    public static RankTest of(double[] first, double[] second) {
        Samples.check(first, second);
        MannWhitneyUTest.Result result =
                MannWhitneyUTest.withDefaults().with(PValueMethod.AUTO).test(first, second);
        // Where all values are equal there is no order to speak of, and the approximation divides by no variance.
        return new RankTest(result.getStatistic(), Double.isNaN(result.getPValue()) ? 1 : result.getPValue());
    }

    /**
     * Whether so large a difference is rarer than the confidence leaves room for.
     *
     * @param confidence above 0.5 and below 1
     */
    public boolean shows(double confidence) {
        return p <= 1 - Samples.checkConfidence(confidence);
    }
}
