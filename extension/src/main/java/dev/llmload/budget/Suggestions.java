package dev.llmload.budget;

import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Verdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * BudgetRules that a level holds with some room: a tenth beyond the measured value, then rounded outward to two significant
 * digits, so 10 to 21 % in all. A success rate is allowed twice the failures that were seen, at least 1 %. Whatever the
 * level itself could not decide, by too few requests or a broken check, is not suggested. Pure functions, safe for any
 * thread.
 */
public final class Suggestions {
    /** Where such a budget comes from. */
    private static final String SOURCE = "suggested";

    private static final BigDecimal ABOVE = new BigDecimal("1.1");
    private static final BigDecimal BELOW = new BigDecimal("0.9");
    private static final MathContext UP = new MathContext(2, RoundingMode.CEILING);
    private static final MathContext DOWN = new MathContext(2, RoundingMode.FLOOR);
    private static final double BEYOND_ALL = 1e15;
    private static final double LEAST_SUCCESS = 95;
    private static final double MOST_SUCCESS = 99;

    private Suggestions() {}

    /**
     * What can be suggested; empty if the level decides nothing.
     *
     * @param result what was measured
     * @return each of them is a PASS at this very result
     */
    public static List<BudgetRule> of(LoadResult result) {
        List<BudgetRule> all = new ArrayList<>();
        success(result).ifPresent(all::add);
        for (Metric metric : List.of(Metric.TTFT, Metric.TPOT, Metric.E2E)) {
            highestDecided(result, metric).ifPresent(all::add);
        }
        for (Metric metric : List.of(Metric.THROUGHPUT, Metric.MFU, Metric.TOKENS_PER_JOULE, Metric.COST_PER_MILLION)) {
            beyond(result, metric, Statistic.NONE).ifPresent(all::add);
        }
        return List.copyOf(all);
    }

    private static Optional<BudgetRule> success(LoadResult result) {
        BudgetRule any = budget(Metric.SUCCESS_RATE, Statistic.NONE, Comparator.AT_LEAST, 0);
        return value(result, any)
                .map(percent -> Math.floor(Math.min(MOST_SUCCESS, 100 - 2 * (100 - percent.doubleValue()))))
                .filter(limit -> limit >= LEAST_SUCCESS)
                .map(limit -> budget(Metric.SUCCESS_RATE, Statistic.NONE, Comparator.AT_LEAST, limit))
                .filter(budget -> outcome(result, budget).verdict() == Verdict.PASS);
    }

    // The highest percentile for which there are requests enough.
    private static Optional<BudgetRule> highestDecided(LoadResult result, Metric metric) {
        for (double percentile : new double[] {95, 90, 50}) {
            Optional<BudgetRule> budget = beyond(result, metric, Statistic.percentile(percentile));
            if (budget.isPresent()) {
                return budget;
            }
        }
        return Optional.empty();
    }

    private static Optional<BudgetRule> beyond(LoadResult result, Metric metric, Statistic statistic) {
        boolean lower = metric.lowerIsBetter();
        Comparator comparator = lower ? Comparator.LESS : Comparator.AT_LEAST;
        return value(result, budget(metric, statistic, comparator, lower ? BEYOND_ALL : 0))
                .map(value -> lower
                        ? value.multiply(ABOVE).round(UP)
                        : value.multiply(BELOW).round(DOWN))
                .filter(limit -> limit.signum() > 0)
                .map(limit -> budget(metric, statistic, comparator, limit.doubleValue()))
                .filter(budget -> outcome(result, budget).verdict() == Verdict.PASS);
    }

    private static BudgetRule budget(Metric metric, Statistic statistic, Comparator comparator, double limit) {
        String unit = metric.kind().unit();
        return new BudgetRule(metric, statistic, comparator, limit, unit, false, SOURCE, List.of(), 0);
    }

    private static Optional<BigDecimal> value(LoadResult result, BudgetRule budget) {
        BudgetOutcome outcome = outcome(result, budget);
        return outcome.verdict() == Verdict.PASS && outcome.actual().isPresent()
                ? Optional.of(Exact.of(outcome.actual().getAsDouble()))
                : Optional.empty();
    }

    private static BudgetOutcome outcome(LoadResult result, BudgetRule budget) {
        return Judge.judge(result, List.of(budget)).outcomes().get(0);
    }
}
