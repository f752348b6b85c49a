package dev.llmload.budget;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** At least one budget of a level, or of the sweep, does not hold. */
public final class BudgetViolationError extends AssertionError {
    private static final long serialVersionUID = 1L;

    // does not travel between JVMs: the message says it all
    private final transient @Nullable LevelVerdict verdict;

    /**
     * For a level, or for the comparison of all.
     *
     * @param message all budgets with value, limit and distance
     * @param verdict what the level came to
     */
    public BudgetViolationError(String message, LevelVerdict verdict) {
        super(message);
        this.verdict = verdict;
    }

    /**
     * What the level came to; for the invocation that compares the levels, the last level's result with the outcomes of
     * the comparison. Empty after the error was sent to another JVM.
     */
    public Optional<LevelVerdict> verdict() {
        return Optional.ofNullable(verdict);
    }
}
