package dev.llmload.budget;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** At least one budget of a level, or of the sweep, does not hold. */
public final class BudgetViolationError extends AssertionError {
    private static final long serialVersionUID = 1L;

    // does not travel between JVMs: the message says it all
    private final transient @Nullable LevelVerdict verdict;

    /**
     * For a level.
     *
     * @param message all budgets with value, limit and distance
     * @param verdict what the level came to
     */
    public BudgetViolationError(String message, LevelVerdict verdict) {
        super(message);
        this.verdict = verdict;
    }

    /**
     * For the sweep, which has no level of its own.
     *
     * @param message all budgets with value, limit and distance
     */
    public BudgetViolationError(String message) {
        super(message);
        this.verdict = null;
    }

    /** What the level came to; empty for the sweep, and after the error was sent to another JVM. */
    public Optional<LevelVerdict> verdict() {
        return Optional.ofNullable(verdict);
    }
}
