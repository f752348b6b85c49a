package dev.llmload.budget;

import dev.llmload.budget.baseline.BaselineEntry;
import dev.llmload.budget.baseline.BaselineJudge;
import dev.llmload.budget.baseline.BaselineRun;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Verdict;
import dev.llmload.result.text.CountText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the runs of a level, each by itself, add to the verdict on all of them together: a budget that most runs break never
 * passes, and one that some break is named with them.
 */
final class RunsRule {
    private RunsRule() {}

    /**
     * Applies it.
     *
     * @param outcome of all runs together
     * @param alone what each run that counts came to by itself, without a confidence, with its number
     */
    static BudgetOutcome apply(BudgetOutcome outcome, List<Alone> alone) {
        List<Alone> broken = alone.stream().filter(Alone::breaks).toList();
        if (broken.isEmpty() || broken.size() == alone.size()) {
            return outcome;
        }
        String which = CountText.form(broken.size(), "run ", "runs ")
                + broken.stream()
                        .map(each -> each.number() + " (" + Figures.value(each.outcome()) + ")")
                        .collect(Collectors.joining(", "))
                + " of " + alone.size() + CountText.form(broken.size(), " breaks it", " break it");
        boolean most = 2 * broken.size() > alone.size();
        return most && outcome.verdict() == Verdict.PASS
                ? outcome.because(
                        outcome.budget().confidence() > 0 ? Verdict.INCONCLUSIVE : Verdict.FAIL,
                        which + ", though all together hold it")
                : outcome.remark(which);
    }

    /**
     * One run's own number.
     *
     * @param number of the run, from 1
     * @param outcome of its own requests
     */
    record Alone(int number, BudgetOutcome outcome) {
        boolean breaks() {
            BudgetRule budget = outcome.budget();
            return outcome.actual().isPresent()
                    ? !budget.comparator().holds(Double.compare(outcome.actual().getAsDouble(), budget.limit()))
                    : outcome.verdict() == Verdict.FAIL;
        }
    }

    /** The runs that a budget's metric is of, each judged by itself. */
    static List<Alone> alone(List<LoadResult> runs, BudgetRule budget) {
        BudgetRule plain = budget.withConfidence(0);
        return IntStream.range(0, runs.size())
                .filter(i -> PooledRuns.measures(runs.get(i), budget.metric()))
                .mapToObj(i -> new Alone(i + 1, Judge.measured(runs.get(i), plain)))
                .toList();
    }

    /** The runs that have a budget's metric, each compared with the baseline by itself. */
    static List<Alone> alone(BaselineEntry baseline, List<BaselineRun> runs, BudgetRule budget) {
        return IntStream.range(0, runs.size())
                .filter(i -> runs.get(i).has(budget.metric()))
                .mapToObj(i -> new Alone(i + 1, BaselineJudge.valueOf(runs.get(i), budget, baseline)))
                .toList();
    }
}
