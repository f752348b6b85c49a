package dev.llmload.result;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * No budget is known to be broken, but at least one could not be decided by what was measured.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class LoadInconclusiveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    // does not travel between JVMs: the message says it all
    private final transient @Nullable JudgedLevel judged;

    /**
     * For a level, or for the comparison of all.
     *
     * @param message all budgets with value, limit and distance
     * @param judged the level and what its budgets came to; for the comparison, the last level and the budgets on all
     */
    public LoadInconclusiveException(String message, JudgedLevel judged) {
        super(message);
        this.judged = judged;
    }

    /**
     * What was measured at the level; for the invocation that compares the levels, at the last of them. Empty after the
     * exception was sent to another JVM.
     */
    public Optional<LoadResult> result() {
        return Optional.ofNullable(judged).map(JudgedLevel::result);
    }

    /** What each budget came to, those that hold as well; none after the exception was sent to another JVM. */
    public List<JudgedBudget> budgets() {
        return Optional.ofNullable(judged).map(JudgedLevel::budgets).orElse(List.of());
    }
}
