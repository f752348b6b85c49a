package dev.llmload.junit.run;

import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.BudgetViolationError;
import dev.llmload.budget.Judge;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.budget.LoadInconclusiveException;
import dev.llmload.junit.declared.LoadTestSpec;
import dev.llmload.junit.declared.Policy;
import dev.llmload.report.RunSummary.Entry;
import dev.llmload.report.RunSummary.Status;
import dev.llmload.report.TestReport;
import dev.llmload.report.console.FailureMessage;
import dev.llmload.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/** What a verdict does to the test. */
final class VerdictEnforcer {
    private final LoadTestSpec test;
    private final RunSession session;

    private final Map<String, Entry> earlier;

    /**
     * For one test.
     *
     * @param earlier what its invocations came to before they are run again, by name
     */
    VerdictEnforcer(LoadTestSpec test, RunSession session, Map<String, Entry> earlier) {
        this.test = test;
        this.session = session;
        this.earlier = earlier;
    }

    /** Fails, aborts or warns, as the level's verdict and the policies say. */
    void of(LevelVerdict verdict, List<BudgetRule> unreachable) {
        Verdict whole =
                unreachable.isEmpty() ? verdict.verdict() : verdict.verdict().and(Verdict.NOT_MEASURED);
        LevelVerdict judged = verdict.of(whole);
        String message = FailureMessage.render(judged, session.path()) + unreachable(unreachable);
        consequence(verdict.result().level().name(), whole, message, verdict);
    }

    /** The same for the invocation that compares the levels. */
    void ofSweep(TestReport report, String name, List<BudgetRule> unreachable) {
        Verdict verdict = Judge.overall(report.sweep());
        Verdict whole = unreachable.isEmpty() ? verdict : verdict.and(Verdict.NOT_MEASURED);
        String message = FailureMessage.render(report, name, whole, session.path()) + unreachable(unreachable);
        LevelVerdict last = report.levels().get(report.levels().size() - 1);
        consequence(name, whole, message, new LevelVerdict(last.result(), report.sweep(), verdict));
    }

    private void consequence(String invocation, Verdict verdict, String message, LevelVerdict level) {
        if (verdict != Verdict.PASS) {
            session.found(new RunFinding(test.id(), invocation, verdict, message));
        }
        switch (verdict) {
            case PASS -> refuseSecondTry(invocation, level);
            case FAIL -> throw new BudgetViolationError(message, level);
            case INCONCLUSIVE -> apply(test.inconclusive(), message, level);
            case NOT_MEASURED -> apply(test.notMeasured(), message, level);
        }
    }

    // Of a body that failed before, the level's own verdict knows nothing.
    private void refuseSecondTry(String invocation, LevelVerdict level) {
        Entry before = earlier.get(invocation);
        if (before != null && before.status() == Status.FAIL) {
            throw new BudgetViolationError(
                    "LLM load test failed at an earlier attempt: " + test.displayName() + " @ " + invocation
                            + " holds now, and a failed attempt counts. It said: " + before.message(),
                    level);
        }
    }

    private void apply(Policy policy, String message, LevelVerdict verdict) {
        switch (policy) {
            case FAIL -> throw new LoadInconclusiveException(message, verdict);
            case ABORT -> throw new TestAbortedException(message);
            case WARN -> session.warn(message);
        }
    }

    private static String unreachable(List<BudgetRule> budgets) {
        List<String> lines = new ArrayList<>();
        for (BudgetRule budget : budgets) {
            lines.add("\n  – " + budget.text() + " at " + String.join(", ", budget.at())
                    + ": not measured, a key removed that level");
        }
        return String.join("", lines);
    }
}
