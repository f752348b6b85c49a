package dev.llmload.budget;

import dev.llmload.analysis.Dispersion;
import dev.llmload.analysis.EffectiveCount;
import dev.llmload.analysis.Range;

/**
 * What a count of requests says of the share behind it, with a confidence: the bounds of as many independent requests as the
 * counted ones are worth.
 *
 * @param count what they are worth
 * @param all how many were counted
 * @param dispersion how they come together in time
 * @param confidence of both bounds, one-sided each
 */
record ShareGate(EffectiveCount count, long all, Dispersion dispersion, double confidence) {
    static ShareGate of(long k, long n, Dispersion dispersion, double confidence) {
        return new ShareGate(EffectiveCount.of(k, n, dispersion, confidence), n, dispersion, confidence);
    }

    /** Two-sided interval of the share, lower and upper end. */
    static double[] interval(long k, long n, Dispersion dispersion, double confidence) {
        Range range = EffectiveCount.of(k, n, dispersion, (1 + confidence) / 2).interval(confidence);
        return new double[] {range.low(), range.high()};
    }

    double lower() {
        return count.lowerBound(confidence);
    }

    double upper() {
        return count.upperBound(confidence);
    }

    /** Whether nobody can tell from so few blocks of time whether slow ones are the rule. */
    boolean isUnclear() {
        return dispersion.isUnclear();
    }

    /** {@code : with 95 % confidence at least 2.67 %, at most 5.76 %}, and for how many they count where that is fewer. */
    String inWords() {
        String together = isUnclear()
                ? " (most of them in one of " + dispersion.blocks() + " blocks of time: too few to tell a rule)"
                : count.n() < all * (1 - 1e-9)
                        ? " (effective N " + (long) Math.floor(count.n()) + " by their dispersion in time, "
                                + Figures.number(dispersion.factor()) + ")"
                        : "";
        return together + ": with " + Explanations.plainPercent(confidence) + " confidence at least "
                + Explanations.percent(lower()) + ", at most " + Explanations.percent(upper());
    }
}
