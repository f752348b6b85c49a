package dev.llmload.report.console;

import dev.llmload.budget.Judge;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.budget.baseline.Change;
import dev.llmload.report.BudgetLine;
import dev.llmload.report.Numbers;
import dev.llmload.report.RunRows;
import dev.llmload.report.TestReport;
import dev.llmload.result.LoadResult;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Verdict;
import dev.llmload.result.Window;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a test that does not pass says: every budget of the level with its value, limit, distance and interval, and where
 * the details are. The level is named, because build tools print only an index.
 *
 * <pre>{@code
 * LLM load budget violated: ChatReleaseTest.chat @ 100 users   (http://…/v1/chat/completions, llama-3-8b, 500 requests, 40.1 s)
 *   ✘ ttft p95          1620 ms    < 1500 ms    +8.0 %    95 % CI 1571–1702 ms
 *   ✔ mfu               15.6 %     >= 12 %
 *   client: loop delay p99 0.9 ms (ok)   report: target/llm-load/2026-11-22T05-31-07Z/
 * }</pre>
 */
public final class FailureMessage {
    private FailureMessage() {}

    /**
     * The message of one level.
     *
     * @param level the judged level
     * @param runDir the folder of the run; printed relative to the working directory if it lies below it
     */
    public static String render(LevelVerdict level, Path runDir) {
        LoadResult result = level.result();
        List<BudgetLine> lines = BudgetLine.of(level);
        StringBuilder text = new StringBuilder(headline(level)).append('\n').append(rows(lines));
        result.aborted()
                .ifPresent(reason -> text.append("  aborted: ").append(reason).append('\n'));
        boolean failuresSaid = lines.stream().anyMatch(l -> l.name().equals("success_rate"));
        if (!failuresSaid && result.requests().failed() + result.requests().cut() > 0) {
            text.append("  ").append(BudgetLine.failures(result.requests())).append('\n');
        }
        String client = "";
        for (ValidityCheck check : result.validity()) {
            if (check.check().equals("client keeps up") && check.ok()) {
                client = "client: " + check.detail().split("[,;] ", 2)[0] + " (" + word(check.status()) + ")   ";
            } else if (!check.ok()) {
                text.append("  ! ")
                        .append(check.check())
                        .append(": ")
                        .append(check.detail())
                        .append('\n');
            }
        }
        String improved = level.changes().stream()
                .filter(change -> change.kind() == Change.Kind.BETTER)
                .map(change -> change.name() + " " + change.text())
                .collect(Collectors.joining(", "));
        if (!improved.isEmpty()) {
            text.append("  improved: ").append(improved).append('\n');
        }
        if (!level.attempts().isEmpty()) {
            text.append("  ").append(level.attemptsInWords()).append('\n');
        }
        if (RunRows.has(level)) {
            text.append("  ").append(RunRows.sentence(level)).append('\n');
        }
        return text + "  " + client + "report: " + relative(runDir);
    }

    /**
     * The message of the invocation that compares the levels.
     *
     * @param test with the budgets on the whole of it
     * @param invocation its display name: {@code "scaling 10 → 100 users"}
     * @param runDir the folder of the run
     */
    public static String render(TestReport test, String invocation, Path runDir) {
        return render(test, invocation, Judge.overall(test.sweep()), runDir);
    }

    /**
     * The message of the invocation that compares the levels.
     *
     * @param test with the budgets on the whole of it
     * @param invocation its display name: {@code "scaling 10 → 100 users"}
     * @param verdict of the whole of it, budgets included that had no level
     * @param runDir the folder of the run
     */
    public static String render(TestReport test, String invocation, Verdict verdict, Path runDir) {
        List<BudgetLine> lines = test.sweep().stream().map(BudgetLine::of).toList();
        return what(verdict) + ": " + TestReport.shortName(test.id()) + " @ " + invocation + "\n" + rows(lines)
                + "  report: " + relative(runDir);
    }

    private static String rows(List<BudgetLine> lines) {
        StringBuilder text = new StringBuilder();
        int name = width(lines, BudgetLine::name, 12) + 6;
        int value = width(lines, BudgetLine::value, 7) + 4;
        int limit = width(lines, BudgetLine::limit, 9) + 4;
        int distance = width(lines, BudgetLine::distance, 0) + 3;
        distance = distance == 3 ? 0 : Math.max(10, distance);
        for (BudgetLine line : lines) {
            String row = "  " + line.mark() + " " + pad(line.name(), name) + pad(line.value(), value)
                    + pad(line.limit(), limit) + pad(line.distance(), distance) + line.note();
            text.append(row.stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static String what(Verdict verdict) {
        return switch (verdict) {
            case FAIL -> "LLM load budget violated";
            case INCONCLUSIVE -> "LLM load inconclusive";
            case NOT_MEASURED -> "LLM load budget not measured";
            case PASS -> "LLM load budgets hold";
        };
    }

    private static String headline(LevelVerdict level) {
        LoadResult result = level.result();
        return what(level.verdict()) + ": "
                + TestReport.shortName(result.subject().test()) + " @ "
                + result.level().name() + "   (" + (result.subject().simulated() ? "SIMULATED, " : "")
                + result.subject().endpoint() + ", " + result.subject().model() + ", "
                + Numbers.count(result.requests().attempted(), "request") + ", "
                + Numbers.seconds(result.window().wholeRun().toNanos() / 1e9)
                + (result.window().kind() == Window.Kind.WHOLE_RUN ? ", whole run" : "") + ")";
    }

    private static String word(ValidityCheck.Status status) {
        return switch (status) {
            case OK -> "ok";
            case WARNING -> "warning";
            case NOT_MEASURED -> "not measured";
            case BROKEN -> "BROKEN";
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
