package dev.llmload.report;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.result.Level;
import java.util.Optional;

/**
 * A level whose invocation is over. Immutable.
 *
 * @param test with what it came to
 * @param level which level
 * @param outcome what the invocation came to, whatever part of it failed
 * @param verdict what was measured; empty if it could not run, or did not
 * @param fresh whether the numbers are of this attempt, and not of one that failed before
 */
public record EndedLevel(
        TestReport test, Level level, InvocationOutcome outcome, Optional<LevelVerdict> verdict, boolean fresh) {}
