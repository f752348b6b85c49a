package dev.llmload.budget;

import dev.llmload.analysis.Sweep;
import dev.llmload.budget.baseline.BaselineJudge;
import dev.llmload.budget.baseline.BaselineReference;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Verdict;
import java.util.List;

/**
 * Holds what was measured against its budgets (docs/metrics.md, docs/budgets.md). Every budget is judged, whatever the others
 * came to. Pure functions, safe for any thread.
 */
public final class Judge {
    private Judge() {}

    /**
     * Judges a level. BudgetRules of the sweep ({@link BudgetRule#isSweepBudget()}) are skipped.
     *
     * @param result what was measured
     * @param budgets those of the level, as {@link BudgetRules#forLevel} gives them
     */
    public static LevelVerdict judge(LoadResult result, List<BudgetRule> budgets) {
        return judge(result, budgets, BaselineReference.none("this run has none to compare with"));
    }

    /**
     * Judges a level, with something to compare it with.
     *
     * @param result what was measured
     * @param budgets those of the level, as {@link BudgetRules#forLevel} gives them
     * @param baseline what budgets "of baseline" refer to
     */
    public static LevelVerdict judge(LoadResult result, List<BudgetRule> budgets, BaselineReference baseline) {
        return judge(result, List.of(result), budgets, baseline);
    }

    /**
     * Judges a level that ran several times.
     *
     * @param result what was measured by all runs together ({@link PooledRuns})
     * @param runs each of them
     * @param budgets those of the level, as {@link BudgetRules#forLevel} gives them
     * @param baseline what budgets "of baseline" refer to
     */
    public static LevelVerdict judge(
            LoadResult result, List<LoadResult> runs, List<BudgetRule> budgets, BaselineReference baseline) {
        List<BudgetOutcome> outcomes = outcomes(result, runs, budgets, baseline);
        Verdict floor = UnfinishedRequests.tooMany(result)
                        || UnsentRequests.tooMany(result)
                        || result.aborted().isPresent()
                ? Verdict.INCONCLUSIVE
                : Verdict.PASS;
        return new LevelVerdict(result, outcomes, overall(outcomes, floor), List.of(), baseline.changes());
    }

    /** What each budget of a level comes to, without what else a verdict tells. */
    static List<BudgetOutcome> outcomes(
            LoadResult result, List<LoadResult> runs, List<BudgetRule> budgets, BaselineReference baseline) {
        return budgets.stream()
                .filter(budget -> !budget.isSweepBudget())
                .map(budget -> ofRuns(runs, baseline, outcome(result, budget, baseline)))
                .map(outcome -> ofAborted(result, outcome))
                .toList();
    }

    private static BudgetOutcome ofRuns(List<LoadResult> runs, BaselineReference baseline, BudgetOutcome outcome) {
        BudgetRule budget = outcome.budget();
        if (runs.size() == 1) {
            return outcome;
        }
        return RunsRule.apply(outcome, budget.ofBaseline() ? alone(baseline, outcome) : RunsRule.alone(runs, budget));
    }

    // What could not be compared breaks nothing.
    private static List<RunsRule.Alone> alone(BaselineReference baseline, BudgetOutcome outcome) {
        return outcome.actual().isEmpty() || baseline.entry().isEmpty()
                ? List.of()
                : RunsRule.alone(baseline.entry().get(), baseline.runs(), outcome.budget());
    }

    // What broke is broken; but nobody knows whether the rest would have held to the end.
    private static BudgetOutcome ofAborted(LoadResult result, BudgetOutcome outcome) {
        return result.aborted().isPresent() && outcome.verdict() == Verdict.PASS
                ? outcome.because(Verdict.INCONCLUSIVE, "the level was aborted")
                : outcome;
    }

    /**
     * Judges the budgets of the sweep: {@code scaling_efficiency} at the last level against the first, {@code capacity}
     * as the highest level at which all budgets hold and at least 99 % of the requests succeed. Other budgets are
     * skipped.
     *
     * @param sweep the levels that ran
     * @param levels what each of them came to, in any order
     * @param budgets any
     */
    public static List<BudgetOutcome> judgeSweep(Sweep sweep, List<LevelVerdict> levels, List<BudgetRule> budgets) {
        return budgets.stream()
                .filter(BudgetRule::isSweepBudget)
                .map(budget -> SweepJudge.judge(budget, sweep, levels))
                .toList();
    }

    /**
     * The one that decides among outcomes: FAIL over INCONCLUSIVE over NOT_MEASURED over PASS.
     *
     * @param outcomes of a level or of the sweep; PASS if there are none
     */
    public static Verdict overall(List<BudgetOutcome> outcomes) {
        return overall(outcomes, Verdict.PASS);
    }

    private static Verdict overall(List<BudgetOutcome> outcomes, Verdict floor) {
        return outcomes.stream().map(BudgetOutcome::verdict).reduce(floor, Verdict::and);
    }

    private static BudgetOutcome outcome(LoadResult result, BudgetRule budget, BaselineReference baseline) {
        if (budget.ofBaseline()) {
            return BaselineJudge.judge(result, budget, baseline);
        }
        if (budget.confidence() > 0 && !budget.hasStatisticalGate()) {
            return BudgetOutcome.without(
                    budget,
                    Verdict.NOT_MEASURED,
                    "no statistical gate for " + budget.name()
                            + ": `confidence` applies to percentiles below p100 and to success_rate");
        }
        return InconclusiveRule.apply(result, measured(result, budget));
    }

    static BudgetOutcome measured(LoadResult result, BudgetRule budget) {
        if (budget.metric() == Metric.SUCCESS_RATE) {
            return SuccessRateJudge.judge(result, budget);
        }
        return budget.metric().isDistribution()
                ? DistributionJudge.judge(result, budget)
                : QuantityJudge.judge(result, budget);
    }
}
