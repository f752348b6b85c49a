package dev.llmload.budget;

import dev.llmload.result.Interval;
import dev.llmload.result.JudgedBudget;
import dev.llmload.result.Verdict;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one budget came to at one level. Immutable.
 *
 * @param budget which budget
 * @param verdict its verdict
 * @param actual the value in the budget's unit; empty where the rank falls on a failed request, or nothing was measured
 * @param interval lower and upper end of the interval of the value, in the budget's unit, where one can be given: 95 %
 *     two-sided, or of the budget's confidence. Where the sample does not bound it from above (beyond every value, or on
 *     a failed request) its upper end is infinite; where it does not from below, its lower end is 0.
 * @param reason for the reader; empty if there is nothing to add
 * @param ofSuccesses where requests failed: the same statistic of the successes alone, in the budget's unit
 */
public record BudgetOutcome(
        BudgetRule budget,
        Verdict verdict,
        OptionalDouble actual,
        Optional<double[]> interval,
        String reason,
        OptionalDouble ofSuccesses) {
    /** Copies the interval. */
    public BudgetOutcome {
        interval = interval.map(double[]::clone);
    }

    /** Lower and upper end in the budget's unit; a copy. */
    @Override
    public Optional<double[]> interval() {
        return interval.map(double[]::clone);
    }

    /** As the test itself sees it. */
    public JudgedBudget view() {
        return new JudgedBudget(
                budget.text(),
                budget.source(),
                verdict,
                actual,
                budget.limit(),
                budget.unit(),
                interval.map(ends -> new Interval(ends[0], ends[1])),
                reason);
    }

    public static BudgetOutcome without(BudgetRule budget, Verdict verdict, String reason) {
        return new BudgetOutcome(
                budget, verdict, OptionalDouble.empty(), Optional.empty(), reason, OptionalDouble.empty());
    }

    /** The same with another verdict; its reason comes before the one there was. */
    public BudgetOutcome because(Verdict other, String why) {
        return new BudgetOutcome(budget, other, actual, interval, Explanations.join(why, reason), ofSuccesses);
    }

    /** The same with one more thing to say. */
    public BudgetOutcome remark(String remark) {
        return new BudgetOutcome(budget, verdict, actual, interval, Explanations.join(reason, remark), ofSuccesses);
    }
}
