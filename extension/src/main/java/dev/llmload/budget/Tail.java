package dev.llmload.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The share of requests that a percentile budget permits beyond its limit: 1 − q above an upper limit, q below a lower
 * one.
 */
public final class Tail {
    private Tail() {}

    static BigDecimal of(BudgetRule budget) {
        BigDecimal q = budget.statistic().quantile();
        return budget.comparator().isUpperLimit() ? BigDecimal.ONE.subtract(q) : q;
    }

    /** How many requests it takes to pass: 1 / tail. For p100, which permits none, one: it is the sample's largest. */
    public static long samplesToPass(BudgetRule budget) {
        BigDecimal tail = of(budget);
        return tail.signum() == 0
                ? 1
                : BigDecimal.ONE.divide(tail, 0, RoundingMode.CEILING).longValue();
    }
}
