package dev.llmload.budget;

import dev.llmload.result.Verdict;

/** Says beside a verdict what its number alone does not. */
public final class Explanations {
    private Explanations() {}

    public static Verdict ofComparison(BudgetRule budget, int comparison) {
        return budget.comparator().holds(comparison) ? Verdict.PASS : Verdict.FAIL;
    }

    /** Why a value that looks like its limit does not hold it; empty otherwise. */
    static String ofEquality(BudgetRule budget, int comparison) {
        return comparison == 0 && !budget.comparator().includesEquality()
                ? "equals the limit, which " + budget.comparator().symbol() + " does not include"
                : "";
    }

    /** Says where a verdict without a statistical gate might well have been another in another run. */
    public static BudgetOutcome noise(BudgetOutcome outcome) {
        BudgetRule budget = outcome.budget();
        boolean decided = outcome.verdict() == Verdict.PASS || outcome.verdict() == Verdict.FAIL;
        boolean noise = decided
                && budget.confidence() == 0
                && outcome.interval()
                        .filter(i -> Intervals.contains(i, budget.limit()))
                        .isPresent();
        if (!noise) {
            return outcome;
        }
        boolean open = outcome.interval().filter(i -> Double.isInfinite(i[1])).isPresent();
        return outcome.remark(
                outcome.verdict() == Verdict.PASS && open
                        ? "within noise: open above (too few requests, or failed ones)"
                        : "within noise: the 95 % interval contains the limit");
    }

    static String join(String first, String second) {
        return first.isEmpty() ? second : second.isEmpty() ? first : first + "; " + second;
    }

    /** A fraction as it was given, as a percentage: {@code 5 %}. */
    public static String plainPercent(double fraction) {
        return Exact.of(fraction).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }

    /** A fraction that was measured, as a percentage: {@code 4.94 %}. */
    static String percent(double fraction) {
        return Figures.number(Exact.of(fraction).movePointRight(2).doubleValue()) + " %";
    }
}
