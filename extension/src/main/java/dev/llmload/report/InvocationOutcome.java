package dev.llmload.report;

import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Cause.Kind;
import dev.llmload.result.Verdict;
import dev.llmload.result.text.Printable;
import dev.llmload.result.text.Secrets;
import dev.llmload.spi.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What one invocation, usually a level, came to, with everything that decided it. Every report prints this, and none
 * decides again. Immutable.
 *
 * @param name display name of the invocation; empty where it is the test as a whole
 * @param status what it came to: the gravest of its causes
 * @param causes what decided, the gravest first; empty for a pass
 * @param message why, in full, as the build tool has it; empty for a pass
 */
public record InvocationOutcome(String name, Status status, List<Cause> causes, String message) {
    /** Among equals the body's own error comes first, as in the build tool. */
    private static final Comparator<Cause> GRAVEST_FIRST =
            Comparator.comparing(Cause::status).reversed().thenComparing(cause -> cause.kind() != Kind.BODY);

    /** A test's own failure may hold anything: it is shown, not obeyed. */
    public InvocationOutcome {
        causes = causes.stream().sorted(GRAVEST_FIRST).toList();
        message = Printable.lines(Secrets.none().redact(message));
    }

    /**
     * By a message alone: each mistake of a configuration is a cause, of anything else what it begins with.
     *
     * @param name display name of the invocation, or empty
     * @param status what it came to
     * @param message why, in full; empty for a pass
     */
    public InvocationOutcome(String name, Status status, String message) {
        this(name, status, causes(status, message), message);
    }

    private static List<Cause> causes(Status status, String message) {
        Kind kind = switch (status) {
            case MISCONFIGURED -> Kind.CONFIGURATION;
            case ERROR, FAIL -> Kind.BODY;
            case SKIPPED -> Kind.NOT_RUN;
            case INCONCLUSIVE, NOT_MEASURED, PASS -> Kind.MEASUREMENT;
        };
        return status == Status.PASS || message.isBlank() ? List.of() : causes(kind, status, message);
    }

    /**
     * What a message gives as causes.
     *
     * @param kind of what
     * @param status what it comes to
     * @param message of any length, not blank; of a mistaken configuration one mistake a line, each behind a dash
     */
    public static List<Cause> causes(Kind kind, Status status, String message) {
        List<Cause> mistakes = message.lines()
                .map(String::strip)
                .filter(line -> kind == Kind.CONFIGURATION && line.startsWith("- "))
                .map(line -> new Cause(kind, status, line.substring(2)))
                .toList();
        return mistakes.isEmpty() ? List.of(new Cause(kind, status, message)) : mistakes;
    }

    /**
     * Of a level by what was measured alone, before anything is known of the test's body.
     *
     * @param level a judged level
     */
    public static InvocationOutcome of(LevelVerdict level) {
        List<Cause> causes = new ArrayList<>();
        BudgetLine.sorted(level).stream()
                .filter(outcome -> outcome.verdict() != Verdict.PASS)
                .forEach(outcome -> causes.add(Cause.of(
                        outcome,
                        BudgetLine.of(outcome, level.result().requests()),
                        level.result().requests())));
        Status status = Status.of(level.verdict());
        if (status != Status.PASS) {
            level.result()
                    .aborted()
                    .ifPresent(reason -> causes.add(new Cause(Kind.ABORTED, status, "aborted: " + reason)));
        }
        if (!level.attempts().isEmpty() && status != Status.PASS) {
            causes.add(new Cause(Kind.ATTEMPT, status, level.attemptsInWords()));
        }
        if (status != Status.PASS && causes.stream().noneMatch(cause -> cause.status() == status)) {
            causes.addAll(ofMeasurement(level, status));
        }
        return new InvocationOutcome(level.result().level().name(), status, causes, "");
    }

    // No budget says why: then the measurement does, of which too much was cut off or never sent.
    private static List<Cause> ofMeasurement(LevelVerdict level, Status status) {
        List<Cause> broken = Doubt.of(level.result()).stream()
                .filter(Doubt::broken)
                .map(doubt -> new Cause(Kind.MEASUREMENT, status, doubt.what() + ": " + doubt.detail()))
                .toList();
        String requests = BudgetLine.failures(level.result().requests());
        return broken.isEmpty() ? List.of(new Cause(Kind.MEASUREMENT, status, "not decided: " + requests)) : broken;
    }

    /** Of the invocation that compares the levels. */
    static InvocationOutcome of(String name, List<BudgetOutcome> sweep) {
        return decided(
                name,
                sweep.stream()
                        .filter(outcome -> outcome.verdict() != Verdict.PASS)
                        .map(Cause::of)
                        .toList(),
                "");
    }

    /**
     * By its causes: the gravest decides.
     *
     * @param name display name of the invocation
     * @param causes none for a pass
     * @param message why, in full
     */
    public static InvocationOutcome decided(String name, List<Cause> causes, String message) {
        Status status = causes.stream().map(Cause::status).reduce(Status.PASS, Status::and);
        return new InvocationOutcome(name, status, causes, message);
    }

    /** The same with more that decided. */
    public InvocationOutcome and(List<Cause> more, String said) {
        List<Cause> all = new ArrayList<>(causes);
        all.addAll(more);
        Status gravest = all.stream().map(Cause::status).reduce(status, Status::and);
        return new InvocationOutcome(name, gravest, all, said.isEmpty() ? message : said);
    }

    /** What decided besides budgets, and besides earlier attempts at them, which stand with the budgets. */
    public List<Cause> besidesBudgets() {
        return causes.stream()
                .filter(cause -> cause.kind() != Kind.BUDGET
                        && !(cause.kind() == Kind.ATTEMPT && cause.sentence().startsWith("attempt ")))
                .toList();
    }

    /** The first line of the message that says anything. */
    public String firstLine() {
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** {@code ✘ FAIL}. */
    public String verdict() {
        return status.mark() + " " + status.words();
    }
}
