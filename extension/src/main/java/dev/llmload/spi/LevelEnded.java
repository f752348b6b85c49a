package dev.llmload.spi;

import dev.llmload.result.JudgedBudget;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A level whose invocation is over, with everything that decided it. Immutable.
 *
 * @param test id of the test
 * @param level which level
 * @param result what was measured; empty if it could not run, or did not. The result of an earlier attempt where that one
 *     failed and counts
 * @param status what the invocation came to, budgets, the test's body and everything else taken together
 * @param budgets one per budget of the level; none if nothing was measured
 * @param causes what decided, the gravest first, a sentence each; none for a pass
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record LevelEnded(
        String test,
        Level level,
        Optional<LoadResult> result,
        Status status,
        List<JudgedBudget> budgets,
        List<String> causes) {
    /** Copies the lists. */
    public LevelEnded {
        budgets = List.copyOf(budgets);
        causes = List.copyOf(causes);
    }
}
