package dev.llmload.junit.declared;

import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.load.AbortRule;
import dev.llmload.result.Metric;
import java.util.List;

/** Reads when a level stops early: budgets turned round, in the same grammar. */
public final class AbortConditions {
    private AbortConditions() {}

    /** Conditions separated by commas or semicolons; none for a blank text. */
    public static List<AbortRule> parse(String text) {
        return BudgetParser.parseConditions(text).stream()
                .map(AbortConditions::rule)
                .toList();
    }

    private static AbortRule rule(BudgetRule condition) {
        Metric metric = condition.metric();
        boolean rate = metric == Metric.SUCCESS_RATE;
        boolean latency = (metric == Metric.TTFT || metric == Metric.E2E)
                && condition.statistic().isPercentile();
        if (!rate && !latency || condition.ofBaseline()) {
            throw new IllegalArgumentException(
                    "must be about `success_rate`, or a percentile of `ttft` or `e2e` in time,"
                            + " for example `success_rate < 90%, ttft p95 > 10 s`, but was `" + condition.text() + "`");
        }
        if (condition.comparator().isUpperLimit() == metric.lowerIsBetter()) {
            throw new IllegalArgumentException("must say when a level is a lost cause, so with `"
                    + (rate ? "<` or `<=" : ">` or `>=") + "`, but was `" + condition.text()
                    + "`, which would stop one that does well");
        }
        return new AbortRule(
                condition.text(),
                metric,
                condition.statistic().percentile(),
                condition.comparator().includesEquality(),
                condition.limitInBase());
    }
}
