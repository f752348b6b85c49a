package dev.llmload.result;

import java.util.List;
import org.apiguardian.api.API;

/**
 * A level and what its budgets came to. Immutable.
 *
 * @param result what was measured
 * @param verdict the gravest of its budgets: FAIL over INCONCLUSIVE over NOT_MEASURED over PASS
 * @param budgets one each, in their order
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record JudgedLevel(LoadResult result, Verdict verdict, List<JudgedBudget> budgets) {
    /** Copies the list. */
    public JudgedLevel {
        budgets = List.copyOf(budgets);
    }

    /** The level's display name: {@code 100 users}. */
    public String name() {
        return result.level().name();
    }

    @Override
    public String toString() {
        return name() + ": " + verdict;
    }
}
