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
}
