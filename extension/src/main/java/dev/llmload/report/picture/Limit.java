package dev.llmload.report.picture;

import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.budget.Statistic;
import dev.llmload.result.Metric;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A budget on a latency, as a chart draws it.
 *
 * @param outcome the judged budget
 */
record Limit(BudgetOutcome outcome) {
    /** The level's budgets on exactly these metrics that have an absolute limit. */
    static List<Limit> of(LevelVerdict level, List<Metric> metrics) {
        return level.outcomes().stream()
                .filter(o ->
                        metrics.contains(o.budget().metric()) && !o.budget().ofBaseline())
                .map(Limit::new)
                .toList();
    }

    double nanos() {
        return outcome.budget().limit() * unit();
    }

    OptionalDouble actualNanos() {
        return outcome.actual().isPresent()
                ? OptionalDouble.of(outcome.actual().getAsDouble() * unit())
                : OptionalDouble.empty();
    }

    /** The percentile it is about; empty for a mean, a minimum, a maximum. */
    OptionalDouble percentile() {
        Statistic statistic = outcome.budget().statistic();
        return statistic.isPercentile() ? OptionalDouble.of(statistic.percentile()) : OptionalDouble.empty();
    }

    private double unit() {
        return switch (outcome.budget().unit()) {
            case "s" -> 1e9;
            case "us" -> 1e3;
            default -> 1e6;
        };
    }
}
