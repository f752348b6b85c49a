package dev.llmload.report;

import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.BudgetRule;
import dev.llmload.result.Metric;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Verdict;
import dev.llmload.result.text.Printable;
import dev.llmload.spi.Status;

/**
 * One thing that decided what an invocation came to. Immutable.
 *
 * @param kind what sort of thing
 * @param status what it alone would come to; never PASS
 * @param sentence what was found, on one line of at most {@value #LONGEST} characters
 */
public record Cause(Kind kind, Status status, String sentence) {
    private static final int LONGEST = 600;

    /** What can decide. */
    public enum Kind {
        /** A budget that is broken, undecided or not measured. */
        BUDGET,
        /** The test method, or a callback of the test, threw. */
        BODY,
        /** A key removed the level of a budget. */
        REMOVED_LEVEL,
        /** The level's condition to abort was met. */
        ABORTED,
        /** It did not run, because of what came before it, or it is disabled. */
        NOT_RUN,
        /** An earlier attempt, which counts. */
        ATTEMPT,
        /** The endpoint could not be used, or the host was not free. */
        ENDPOINT,
        /** What is declared or configured is wrong. */
        CONFIGURATION,
        /** The measurement itself is broken. */
        MEASUREMENT
    }

    /** Foreign text is shown on one line, and not obeyed. */
    public Cause {
        String line = Printable.line(sentence.strip().replaceAll("\\s*\\R\\s*", " "));
        sentence = line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }

    /** Of a budget of a level that is no pass. */
    static Cause of(BudgetOutcome outcome, BudgetLine line, RequestCounts requests) {
        boolean failures = outcome.budget().metric() == Metric.SUCCESS_RATE || BudgetLine.onFailure(outcome);
        String why =
                outcome.verdict() != Verdict.FAIL ? outcome.reason() : failures ? BudgetLine.failures(requests) : "";
        return new Cause(
                Kind.BUDGET, Status.of(outcome.verdict()), line.sentence() + (why.isEmpty() ? "" : ": " + why));
    }

    /** Of a budget on all levels together that is no pass. */
    public static Cause of(BudgetOutcome outcome) {
        String why = outcome.verdict() == Verdict.FAIL ? "" : outcome.reason();
        return new Cause(
                Kind.BUDGET,
                Status.of(outcome.verdict()),
                BudgetLine.of(outcome).sentence() + (why.isEmpty() ? "" : ": " + why));
    }

    /** Of a budget whose level did not run, because a key offers other levels. */
    public static Cause removed(BudgetRule budget) {
        return new Cause(
                Kind.REMOVED_LEVEL,
                Status.NOT_MEASURED,
                budget.text() + " at " + String.join(", ", budget.at()) + ": not measured, a key removed that level");
    }

    /** Mark and sentence: {@code ✘ ttft p95 1620 ms, budget < 1500 ms, +8.0 %}. */
    public String line() {
        return status.mark() + " " + sentence;
    }
}
