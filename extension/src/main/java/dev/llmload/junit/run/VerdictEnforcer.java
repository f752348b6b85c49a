package dev.llmload.junit.run;

import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.Judge;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.junit.declared.LoadTestSpec;
import dev.llmload.junit.declared.Policy;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.TestReport;
import dev.llmload.report.console.FailureMessage;
import dev.llmload.result.BudgetViolationError;
import dev.llmload.result.LoadInconclusiveException;
import dev.llmload.result.Verdict;
import dev.llmload.spi.Status;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What a verdict does to the test. */
final class VerdictEnforcer {
    private final LoadTestSpec test;
    private final RunSession session;

    private final Map<String, InvocationOutcome> earlier;

    private final BiConsumer<String, String> said;

    /**
     * For one test.
     *
     * @param said gets the name of an invocation that did not pass, and its message
     * @param earlier what its invocations came to before they are run again, by name
     */
    VerdictEnforcer(
            LoadTestSpec test,
            RunSession session,
            Map<String, InvocationOutcome> earlier,
            BiConsumer<String, String> said) {
        this.said = said;
        this.test = test;
        this.session = session;
        this.earlier = earlier;
    }

    /** Fails, aborts or warns, as the level's verdict and the policies say. */
    void of(LevelVerdict verdict, List<BudgetRule> unreachable) {
        Verdict whole =
                unreachable.isEmpty() ? verdict.verdict() : verdict.verdict().and(Verdict.NOT_MEASURED);
        LevelVerdict judged = verdict.of(whole);
        String message = FailureMessage.render(judged, unreachable, session.path());
        consequence(verdict.result().level().name(), whole, message, verdict);
    }

    /** The same for the invocation that compares the levels. */
    void ofSweep(TestReport report, String name, List<BudgetRule> unreachable) {
        Verdict verdict = Judge.overall(report.sweep());
        Verdict whole = unreachable.isEmpty() ? verdict : verdict.and(Verdict.NOT_MEASURED);
        String message = FailureMessage.render(report, name, whole, unreachable, session.path());
        LevelVerdict last = report.levels().get(report.levels().size() - 1);
        consequence(name, whole, message, new LevelVerdict(last.result(), report.sweep(), verdict));
    }

    private void consequence(String invocation, Verdict verdict, String message, LevelVerdict level) {
        if (verdict != Verdict.PASS) {
            said.accept(invocation, message);
        }
        switch (verdict) {
            case PASS -> refuseSecondTry(invocation, level);
            case FAIL -> throw new BudgetViolationError(message, level.view());
            case INCONCLUSIVE -> apply(test.policy().inconclusive(), message, level);
            case NOT_MEASURED -> apply(test.policy().notMeasured(), message, level);
        }
    }

    // Of a body that failed before, the level's own verdict knows nothing.
    private void refuseSecondTry(String invocation, LevelVerdict level) {
        InvocationOutcome before = earlier.get(invocation);
        if (before != null && before.status() == Status.FAIL) {
            throw new BudgetViolationError(
                    "LLM load test failed at an earlier attempt: " + test.displayName() + " @ " + invocation
                            + " holds now, and a failed attempt counts. It said: " + before.message(),
                    level.view());
        }
    }

    private void apply(Policy policy, String message, LevelVerdict verdict) {
        switch (policy) {
            case FAIL -> throw new LoadInconclusiveException(message, verdict.view());
            case ABORT -> throw new VerdictAbortedException(message);
            case WARN -> session.events().warned(message);
        }
    }
}
