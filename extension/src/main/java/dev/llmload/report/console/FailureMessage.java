package dev.llmload.report.console;

import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.Judge;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.budget.baseline.Change;
import dev.llmload.report.BudgetLine;
import dev.llmload.report.Cause;
import dev.llmload.report.Doubt;
import dev.llmload.report.Numbers;
import dev.llmload.report.RunRows;
import dev.llmload.report.TestReport;
import dev.llmload.result.LoadResult;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Verdict;
import dev.llmload.result.Window;
import dev.llmload.result.text.CountText;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a test that does not pass says, in at most {@value #COLUMNS} columns: each budget that is broken or not decided with
 * value, limit, distance, reason and interval, how many hold, and where the details are. The level is named, because build
 * tools print only an index. What differs from run to run, ports and times, comes below the first line.
 *
 * <pre>{@code
 * LLM load budget violated: ChatReleaseTest.chat @ 100 users
 *   ✘ ttft p95          1620 ms    < 1500 ms    +8.0 %    95 % CI 1571–1702 ms
 *   1 budget holds   measurement error p99 0.6 ms
 *   http://…/v1/chat/completions, llama-3-8b, 500 requests, 40.1 s   report: target/llm-load/2026-11-22T05-31-07Z/
 * }</pre>
 */
public final class FailureMessage {
    private static final int COLUMNS = 120;

    private FailureMessage() {}

    /**
     * The message of one level.
     *
     * @param level the judged level
     * @param runDir the folder of the run; printed relative to the working directory if it lies below it
     */
    public static String render(LevelVerdict level, Path runDir) {
        return render(level, List.of(), runDir);
    }

    /**
     * The message of one level, with budgets that had no level.
     *
     * @param level the judged level
     * @param removed budgets whose level a key removed
     * @param runDir the folder of the run
     */
    public static String render(LevelVerdict level, List<BudgetRule> removed, Path runDir) {
        LoadResult result = level.result();
        List<BudgetLine> lines = BudgetLine.of(level);
        StringBuilder text = new StringBuilder();
        line(
                text,
                what(level.verdict()) + ": "
                        + TestReport.shortName(result.subject().test()) + " @ "
                        + result.level().name());
        rows(text, lines);
        removed(text, removed);
        result.aborted().ifPresent(reason -> line(text, "  aborted: " + reason));
        boolean failuresSaid = lines.stream()
                .anyMatch(l -> l.verdict() != Verdict.PASS && l.name().equals("success_rate"));
        if (!failuresSaid && result.requests().failed() + result.requests().cut() > 0) {
            line(text, "  " + BudgetLine.failures(result.requests()));
        }
        result.validity().stream()
                .filter(check -> !check.ok() && lines.stream().noneMatch(line -> says(line, check)))
                .forEach(check -> line(text, "  ! " + check.check() + ": " + check.detail()));
        String improved = level.changes().stream()
                .filter(change -> change.kind() == Change.Kind.BETTER)
                .map(change -> change.name() + " " + change.text())
                .collect(Collectors.joining(", "));
        if (!improved.isEmpty()) {
            line(text, "  improved: " + improved);
        }
        if (!level.attempts().isEmpty()) {
            line(text, "  " + level.attemptsInWords());
        }
        if (RunRows.has(level)) {
            line(text, "  " + RunRows.sentence(level));
        }
        parts(text, List.of(holding(lines), measurementError(result), subject(result), "report: " + relative(runDir)));
        return text.toString();
    }

    /**
     * The message of the invocation that compares the levels.
     *
     * @param test with the budgets on the whole of it
     * @param invocation its display name: {@code "scaling 10 → 100 users"}
     * @param runDir the folder of the run
     */
    public static String render(TestReport test, String invocation, Path runDir) {
        return render(test, invocation, Judge.overall(test.sweep()), List.of(), runDir);
    }

    /**
     * The message of the invocation that compares the levels.
     *
     * @param test with the budgets on the whole of it
     * @param invocation its display name: {@code "scaling 10 → 100 users"}
     * @param verdict of the whole of it, budgets included that had no level
     * @param removed budgets whose level a key removed
     * @param runDir the folder of the run
     */
    public static String render(
            TestReport test, String invocation, Verdict verdict, List<BudgetRule> removed, Path runDir) {
        List<BudgetLine> lines = test.sweep().stream().map(BudgetLine::of).toList();
        StringBuilder text = new StringBuilder();
        line(text, what(verdict) + ": " + TestReport.shortName(test.id()) + " @ " + invocation);
        rows(text, lines);
        removed(text, removed);
        parts(text, List.of(holding(lines), "report: " + relative(runDir)));
        return text.toString();
    }

    private static boolean says(BudgetLine line, ValidityCheck check) {
        return line.verdict() != Verdict.PASS && line.note().contains(check.detail());
    }

    private static void line(StringBuilder text, String line) {
        Wrapping.lines(line, COLUMNS, 6).forEach(each -> text.append(each).append('\n'));
    }

    private static void removed(StringBuilder text, List<BudgetRule> budgets) {
        budgets.forEach(budget -> line(text, "  " + Cause.removed(budget).line()));
    }

    // What does not fit beside the others begins a line of its own; the last one is a path, which is never broken.
    private static void parts(StringBuilder text, List<String> parts) {
        String line = "";
        for (String part : parts) {
            String longer = line.isEmpty() ? "  " + part : line + "   " + part;
            if (!part.isEmpty() && longer.length() > COLUMNS && !line.isEmpty()) {
                text.append(line).append('\n');
                line = "  " + part;
            } else if (!part.isEmpty()) {
                line = longer;
            }
        }
        text.append(line);
    }

    private static String holding(List<BudgetLine> lines) {
        long holding =
                lines.stream().filter(line -> line.verdict() == Verdict.PASS).count();
        return holding == 0 ? "" : CountText.of(holding, "budget", "holds", "hold");
    }

    // What the sentinel measured; that the client was slow all the same is said beside it.
    private static String measurementError(LoadResult result) {
        String slow = Doubt.of(result).stream()
                .filter(doubt -> doubt.check().equals("client keeps up") && !doubt.broken())
                .map(Doubt::what)
                .collect(Collectors.joining());
        return result.error()
                .sentinel()
                .map(sentinel -> "measurement error p99 " + ErrorRows.measured(sentinel.p99())
                        + (slow.isEmpty() ? "" : ", " + slow))
                .orElse(slow);
    }

    private static String subject(LoadResult result) {
        return (result.subject().simulated() ? "SIMULATED, " : "")
                + result.subject().endpoint() + ", " + result.subject().model() + ", "
                + CountText.of(result.requests().attempted(), "request") + ", "
                + Numbers.seconds(result.window().wholeRun().toNanos() / 1e9)
                + (result.window().kind() == Window.Kind.WHOLE_RUN ? ", whole run" : "");
    }

    private static void rows(StringBuilder text, List<BudgetLine> all) {
        List<BudgetLine> lines =
                all.stream().filter(line -> line.verdict() != Verdict.PASS).toList();
        int name = width(lines, BudgetLine::name, 12) + 6;
        int value = width(lines, BudgetLine::value, 7) + 4;
        int limit = width(lines, BudgetLine::limit, 9) + 4;
        int distance = width(lines, BudgetLine::distance, 0) + 3;
        distance = distance == 3 ? 0 : Math.max(10, distance);
        for (BudgetLine line : lines) {
            String row = "  " + line.mark() + " " + pad(line.name(), name) + pad(line.value(), value)
                    + pad(line.limit(), limit) + pad(line.distance(), distance) + line.note();
            line(text, row.stripTrailing());
        }
    }

    private static String what(Verdict verdict) {
        return switch (verdict) {
            case FAIL -> "LLM load budget violated";
            case INCONCLUSIVE -> "LLM load inconclusive";
            case NOT_MEASURED -> "LLM load budget not measured";
            case PASS -> "LLM load budgets hold";
        };
    }

    private static int width(List<BudgetLine> lines, Function<BudgetLine, String> column, int least) {
        return lines.stream().map(column).mapToInt(String::length).reduce(least, Math::max);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String relative(Path runDir) {
        Path absolute = runDir.toAbsolutePath().normalize();
        Path here = Path.of("").toAbsolutePath();
        Path shown = absolute.startsWith(here) && !absolute.equals(here) ? here.relativize(absolute) : absolute;
        return shown.toString() + '/';
    }
}
