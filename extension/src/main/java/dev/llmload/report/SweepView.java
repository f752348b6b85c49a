package dev.llmload.report;

import dev.llmload.analysis.CostPlan;
import dev.llmload.analysis.Range;
import dev.llmload.analysis.SaturationFit;
import dev.llmload.analysis.Sweep;
import dev.llmload.analysis.SweepAnalysis;
import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.result.Interval;
import dev.llmload.result.JudgedBudget;
import dev.llmload.result.JudgedLevel;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.SweepResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A test's report as the test itself reads it. Immutable. */
public record SweepView(
        List<JudgedLevel> levels,
        List<NotRun> notRun,
        Optional<JudgedLevel> capacity,
        Quantity scalingEfficiency,
        List<JudgedBudget> budgets,
        Optional<Saturation> fit,
        String whyNoFit,
        Optional<Cost> cost)
        implements SweepResult {
    /**
     * Of a test whose levels are over.
     *
     * @param test of which at least one level was measured
     */
    public static SweepResult of(TestReport test) {
        SweepAnalysis analysis = test.analysis();
        List<JudgedLevel> levels =
                test.levels().stream().map(LevelVerdict::view).toList();
        return new SweepView(
                levels,
                notRun(test),
                analysis.capacity().flatMap(result -> find(levels, result)),
                scalingEfficiency(analysis.sweep()),
                test.sweep().stream().map(BudgetOutcome::view).toList(),
                analysis.fit().map(SweepView::saturation),
                analysis.noFit(),
                test.settings().cost().map(plan -> cost(plan, levels)));
    }

    private static Optional<JudgedLevel> find(List<JudgedLevel> levels, LoadResult result) {
        return levels.stream()
                .filter(level -> level.result().level().equals(result.level()))
                .findFirst();
    }

    private static List<NotRun> notRun(TestReport test) {
        List<NotRun> all = new ArrayList<>();
        for (String entry : test.notRun()) {
            String[] parts = entry.split(": ", 2);
            all.add(new NotRun(parts[0], parts.length > 1 ? parts[1] : ""));
        }
        test.unusable().forEach(level -> all.add(new NotRun(level.level().name(), level.reason())));
        return List.copyOf(all);
    }

    private static Quantity scalingEfficiency(Sweep sweep) {
        List<Sweep.Step> steps = sweep.steps();
        double last =
                steps.size() < 2 ? Double.NaN : steps.get(steps.size() - 1).scalingEfficiency();
        return Double.isFinite(last)
                ? Quantity.of(Metric.SCALING_EFFICIENCY, last)
                : Quantity.absent(
                        Metric.SCALING_EFFICIENCY,
                        steps.size() < 2
                                ? "it compares levels, and fewer than two were measured"
                                : "no throughput at the first or the last level");
    }

    private static Saturation saturation(SaturationFit fit) {
        return new Saturation(
                fit.vmax(),
                interval(fit.vmax95()),
                fit.k(),
                interval(fit.k95()),
                fit.rSquared(),
                fit.degreesOfFreedom(),
                fit.isIndicative());
    }

    private static Interval interval(Range range) {
        return new Interval(range.low(), range.high());
    }

    private static Cost cost(CostPlan plan, List<JudgedLevel> levels) {
        double seconds = levels.stream()
                .mapToDouble(level -> level.result().window().wholeRun().toNanos() / 1e9)
                .sum();
        return new Cost(
                plan.gpuRatePerHour(),
                plan.gpus(),
                plan.of(seconds),
                levels.stream()
                        .filter(level -> level.result().costPerMillion().isPresent())
                        .min(Comparator.comparingDouble(
                                level -> level.result().costPerMillion().value())));
    }
}
