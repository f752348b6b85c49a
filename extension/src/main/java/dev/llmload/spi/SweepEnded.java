package dev.llmload.spi;

import dev.llmload.result.JudgedBudget;
import dev.llmload.result.LoadResult;
import java.util.List;
import org.apiguardian.api.API;

/**
 * The comparison of a test's levels. Immutable.
 *
 * @param test id of the test
 * @param name display name of the invocation: {@code "scaling 10 → 100 users"}
 * @param levels what was measured at each level that ran, in order
 * @param status what the invocation came to
 * @param budgets one per budget on the levels together
 * @param causes what decided, the gravest first, a sentence each; none for a pass
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record SweepEnded(
        String test,
        String name,
        List<LoadResult> levels,
        Status status,
        List<JudgedBudget> budgets,
        List<String> causes) {
    /** Copies the lists. */
    public SweepEnded {
        levels = List.copyOf(levels);
        budgets = List.copyOf(budgets);
        causes = List.copyOf(causes);
    }
}
