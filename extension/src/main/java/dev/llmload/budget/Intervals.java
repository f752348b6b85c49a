package dev.llmload.budget;

import dev.llmload.analysis.EffectiveCount;
import java.util.Optional;

/** Intervals of measured values, in the base unit. */
public final class Intervals {
    /** Where a budget asks for no confidence of its own. */
    public static final double CONFIDENCE = 0.95;

    private Intervals() {}

    public static double confidence(BudgetRule budget) {
        return budget.confidence() == 0 ? CONFIDENCE : budget.confidence();
    }

    /** The order-statistic interval of a percentile; none for p100, which no sample bounds. */
    static Optional<double[]> ofPercentile(BudgetRule budget, Ranked values) {
        double q = budget.statistic().isPercentile()
                ? budget.statistic().quantile().doubleValue()
                : 1;
        if (q >= 1 || values.size() == 0) {
            return Optional.empty();
        }
        double confidence = confidence(budget);
        double effective = values.size()
                / values.dispersionAt(budget.statistic().rank(values.size())).divisor((1 + confidence) / 2);
        long[] ranks = EffectiveCount.percentileRanks(values.size(), effective, q, confidence);
        return Optional.of(new double[] {values.end(ranks[0]), values.end(ranks[1])});
    }

    static boolean contains(double[] interval, double limit) {
        return interval[0] <= limit && limit <= interval[1];
    }

    static double[] inUnit(BudgetRule budget, double[] interval) {
        return new double[] {budget.fromBase(interval[0]), budget.fromBase(interval[1])};
    }
}
