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
 */
public record LevelVerdict(LoadResult result, List<BudgetOutcome> outcomes, Verdict verdict) {
    /** Copies the list. */
    public LevelVerdict {
        outcomes = List.copyOf(outcomes);
    }

    /** Whether the level counts for the capacity: all its budgets hold, and at least 99 % of its requests succeed. */
    public boolean holds() {
        long ended = result.requests().attempted() - result.requests().cut();
        return verdict == Verdict.PASS && ended > 0 && result.requests().succeeded() * 100 >= ended * 99;
    }
}
