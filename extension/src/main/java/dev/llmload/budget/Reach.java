package dev.llmload.budget;

import dev.llmload.result.LoadResult;
import java.math.BigDecimal;

/**
 * How far a doubt reaches: the truth lies between the measured value times {@code low} and times {@code high}. A doubt takes
 * back only a verdict that it could have tipped, so the limit is held against both ends.
 *
 * @param low above 0, at most 1
 * @param high at least 1, may be infinite
 */
record Reach(double low, double high) {
    private static final double ALMOST_NOTHING = 1e-12;

    /** Refuses what is no interval around the value; a low end of 0 is taken as almost 0. */
    Reach {
        low = Math.max(low, ALMOST_NOTHING);
        if (!(low <= 1 && high >= 1)) {
            throw new IllegalArgumentException("a reach must contain 1, but was " + low + " to " + high);
        }
    }

    /** Known to ± a share: of what grows with it, and of its inverse. */
    static Reach around(double share, boolean inverse) {
        double low = 1 - Math.min(share, 1);
        return inverse
                ? new Reach(1 / (1 + share), low == 0 ? Double.POSITIVE_INFINITY : 1 / low)
                : new Reach(low, 1 + share);
    }

    /** Whether a verdict, PASS or FAIL, would be another one at either end. */
    boolean tips(LoadResult result, BudgetOutcome outcome) {
        return differs(result, outcome, low) || differs(result, outcome, high);
    }

    private static boolean differs(LoadResult result, BudgetOutcome outcome, double factor) {
        BudgetRule budget = outcome.budget();
        double moved = Math.min(budget.limit() / factor, Double.MAX_VALUE);
        // all values of a distribution move together, so its limit may be moved the other way instead
        return budget.metric().isDistribution() && !budget.ofBaseline()
                ? DistributionJudge.judge(result, budget.withLimit(moved)).verdict() != outcome.verdict()
                : Explanations.ofComparison(budget, compare(outcome.actual().getAsDouble(), factor, budget.limit()))
                        != outcome.verdict();
    }

    private static int compare(double value, double factor, double limit) {
        return Double.isInfinite(factor)
                ? Double.compare(value, 0) > 0 ? 1 : Double.compare(0, limit)
                : Exact.of(value).multiply(BigDecimal.valueOf(factor)).compareTo(Exact.of(limit));
    }
}
