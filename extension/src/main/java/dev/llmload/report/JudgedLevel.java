package dev.llmload.report;

import dev.llmload.budget.LevelVerdict;
import java.util.List;

/**
 * A level that is judged, while its invocation is still open. Immutable.
 *
 * @param level what was measured, and what its budgets came to
 * @param outcome of the invocation, as far as it is known
 * @param phases what happened when
 * @param last whether no further invocation of the test follows
 * @param fresh whether the numbers are of this attempt, and not of one that failed before
 */
public record JudgedLevel(
        LevelVerdict level, InvocationOutcome outcome, List<PhaseSpan> phases, boolean last, boolean fresh) {
    /** Copies the list. */
    public JudgedLevel {
        phases = List.copyOf(phases);
    }
}
