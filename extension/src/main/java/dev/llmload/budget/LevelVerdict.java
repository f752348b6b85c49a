package dev.llmload.budget;

import dev.llmload.result.LoadResult;
import dev.llmload.result.Verdict;
import java.util.List;

/**
 * A level and what its budgets came to. Immutable.
 *
 * @param result what was measured
 * @param outcomes one per budget that applies to the level, in their order
 * @param verdict the one that decides: FAIL over INCONCLUSIVE over NOT_MEASURED over PASS
 * @param runs all runs of the level in their order, the judged one among them; empty if there was one
 * @param changes how its headline numbers changed against the baseline; empty where there is nothing to compare with
 */
public record LevelVerdict(
        LoadResult result, List<BudgetOutcome> outcomes, Verdict verdict, List<LevelRun> runs, List<Change> changes) {
    /** Copies the lists. */
    public LevelVerdict {
        outcomes = List.copyOf(outcomes);
        runs = List.copyOf(runs);
        changes = List.copyOf(changes);
    }

    /**
     * Of a level that ran once, and that is compared with nothing.
     *
     * @param result what was measured
     * @param outcomes one per budget
     * @param verdict the one that decides
     */
    public LevelVerdict(LoadResult result, List<BudgetOutcome> outcomes, Verdict verdict) {
        this(result, outcomes, verdict, List.of(), List.of());
    }

    /** The same of a level that ran several times. */
    public LevelVerdict of(List<LevelRun> all) {
        return new LevelVerdict(result, outcomes, verdict, all, changes);
    }

    /** Whether the level counts for the capacity: all its budgets hold, and at least 99 % of its requests succeed. */
    public boolean holds() {
        long ended = result.requests().attempted() - result.requests().cut();
        return verdict == Verdict.PASS && ended > 0 && result.requests().succeeded() * 100 >= ended * 99;
    }
}
