package dev.llmload.report.file;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.budget.SideBySide;
import dev.llmload.report.BudgetLine;
import dev.llmload.report.Cause;
import dev.llmload.report.Column;
import dev.llmload.report.Doubt;
import dev.llmload.report.Findings;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.MethodComparison;
import dev.llmload.report.RunOutcome;
import dev.llmload.report.RunRows;
import dev.llmload.report.ShortTables;
import dev.llmload.report.ShownNumbers;
import dev.llmload.report.SweepInsights;
import dev.llmload.report.Table;
import dev.llmload.report.TestReport;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Verdict;
import dev.llmload.spi.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** {@code summary.md}: for a pull request or the summary of a CI job. What is broken comes first. */
public final class SummaryMarkdown {
    /** Name of the file in the run's folder. */
    public static final String FILE = "summary.md";

    /** How many sentences stand at the top. */
    private static final int REASONS = 6;

    /** So many budgets that hold are shown as they are. */
    private static final int MOST_PASSED = 12;

    private static final Set<Cause.Kind> SAID_AS_ERROR = EnumSet.of(Cause.Kind.ENDPOINT, Cause.Kind.CONFIGURATION);

    private SummaryMarkdown() {}

    /**
     * Writes the file, whole or not at all.
     *
     * @param dir folder of the run
     * @param tests every test of the run
     * @throws IOException if it cannot be written
     */
    public static void write(Path dir, List<TestReport> tests) throws IOException {
        AtomicFile.write(dir.resolve(FILE), render(tests));
    }

    /**
     * The text of the file.
     *
     * @param tests every test of the run
     */
    public static String render(List<TestReport> tests) {
        StringBuilder text = new StringBuilder("# LLM load\n");
        banner(text, RunOutcome.of(tests));
        tests.stream()
                .sorted(Comparator.comparing(TestReport::status).reversed())
                .forEach(test -> test(text, test));
        MethodComparison.of(tests).forEach(comparison -> sideBySide(text, comparison));
        if (tests.isEmpty()) {
            text.append("\nNo load test ran.\n");
        }
        return text.toString();
    }

    private static void banner(StringBuilder text, RunOutcome run) {
        if (run.items().isEmpty()) {
            return;
        }
        text.append("\n**").append(run.headline()).append("**\n");
        List<String> reasons = run.reasons(REASONS);
        text.append(reasons.isEmpty() ? "" : "\n");
        reasons.forEach(
                reason -> text.append("- ").append(Markdown.text(reason)).append('\n'));
    }

    private static void test(StringBuilder text, TestReport test) {
        text.append("\n## ")
                .append(verdict(test.status()))
                .append(test.error().isEmpty() ? doubts(test.levels().stream()) : "")
                .append(" · ")
                .append(Markdown.text(TestReport.shortName(test.id())))
                .append(test.simulated() ? " · SIMULATED" : "")
                .append("\n\n");
        if (!test.error().isEmpty()) {
            text.append("> ").append(Markdown.text(test.error())).append('\n');
            text.append(test.levels().isEmpty() ? "" : "\n");
        }
        if (!test.levels().isEmpty()) {
            text.append(Markdown.text(Findings.sweep(test))).append(".\n\n");
            budgets(text, test);
            levels(text, test);
        }
        besides(text, test);
        test.unusable()
                .forEach(level -> text.append("- not measured: ")
                        .append(Markdown.text(level.sentence()))
                        .append('\n'));
        test.notRun()
                .forEach(level ->
                        text.append("- not run: ").append(Markdown.text(level)).append('\n'));
        remarks(text, test);
    }

    // The table has the budgets; the error has been said.
    private static void besides(StringBuilder text, TestReport test) {
        for (InvocationOutcome outcome : test.outcomes()) {
            for (Cause cause : outcome.besidesBudgets()) {
                if (test.error().isEmpty() || !SAID_AS_ERROR.contains(cause.kind())) {
                    text.append("- ")
                            .append(cause.status().mark())
                            .append(outcome.name().isEmpty() ? "" : " " + Markdown.text(outcome.name()) + ":")
                            .append(' ')
                            .append(Markdown.text(cause.sentence()))
                            .append('\n');
                }
            }
        }
    }

    private record Row(String level, BudgetLine line) {}

    private static void budgets(StringBuilder text, TestReport test) {
        List<Row> rows = new ArrayList<>();
        for (LevelVerdict level : test.levels()) {
            String name = level.result().level().name();
            BudgetLine.of(level).forEach(line -> rows.add(new Row(name, line)));
        }
        test.sweep().forEach(outcome -> rows.add(new Row("all levels", BudgetLine.of(outcome))));
        if (rows.isEmpty()) {
            return;
        }
        rows.sort(Comparator.comparing((Row row) -> row.line().verdict()).reversed());
        List<Row> passed = rows.stream()
                .filter(row -> row.line().verdict() == Verdict.PASS)
                .toList();
        if (passed.size() <= MOST_PASSED) {
            budgets(text, rows);
            return;
        }
        // A reader looks for what broke: of a long sweep what holds is folded.
        budgets(text, rows.subList(0, rows.size() - passed.size()));
        text.append("<details><summary>").append(passed.size()).append(" budgets hold</summary>\n\n");
        budgets(text, passed);
        text.append("</details>\n\n");
    }

    private static void budgets(StringBuilder text, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        Table.Builder table = Table.of(
                Column.text(""),
                Column.text("level"),
                Column.code("budget"),
                Column.number("value"),
                Column.number("distance"),
                Column.text(""));
        for (Row row : rows) {
            BudgetLine line = row.line();
            table.row(
                    line.mark(),
                    row.level(),
                    line.name() + " " + line.limit(),
                    line.value(),
                    line.distance(),
                    line.note());
        }
        text.append(MarkdownTable.render(table.build())).append('\n');
    }

    private static void levels(StringBuilder text, TestReport test) {
        Table.Builder table = Table.of(columns(List.of("level", ""), ShortTables.LEVEL));
        for (LevelVerdict level : test.levels()) {
            LoadResult result = level.result();
            List<String> row = new ArrayList<>(
                    List.of(result.level().name(), verdict(test.outcome(level).status()) + doubts(Stream.of(level))));
            row.addAll(ShortTables.numbers(result));
            table.row(row);
        }
        text.append(MarkdownTable.render(table.build()));
        runs(text, test);
        efficiency(text, test);
        insights(text, test);
        LoadResult first = test.levels().get(0).result();
        text.append('\n').append(Markdown.code(first.subject().endpoint()));
        text.append(", model ").append(Markdown.code(first.subject().model())).append("\n\n");
    }

    private static void runs(StringBuilder text, TestReport test) {
        for (LevelVerdict level : test.levels()) {
            if (RunRows.has(level)) {
                text.append("\n")
                        .append(Markdown.text(level.result().level().name()))
                        .append(": ")
                        .append(RunRows.judged(level))
                        .append(".\n\n")
                        .append(MarkdownTable.render(RunRows.table(level)));
            }
        }
    }

    private static void efficiency(StringBuilder text, TestReport test) {
        boolean measured = test.levels().stream()
                .map(LevelVerdict::result)
                .anyMatch(result -> result.mfu().isPresent() || result.power().isPresent());
        if (!measured) {
            return;
        }
        Table.Builder table = Table.of(columns(
                List.of("level"), List.of("MFU", "MBU", "power W", "tok/J", "J/token", "kernels ran", "memory GB")));
        for (LevelVerdict level : test.levels()) {
            LoadResult result = level.result();
            table.row(
                    result.level().name(),
                    ShownNumbers.quantity(result, Metric.MFU),
                    ShownNumbers.quantity(result, Metric.MBU),
                    ShownNumbers.quantity(result, Metric.POWER),
                    ShownNumbers.quantity(result, Metric.TOKENS_PER_JOULE),
                    ShownNumbers.quantity(result, Metric.JOULES_PER_TOKEN),
                    ShownNumbers.quantity(result, Metric.GPU_UTIL),
                    ShownNumbers.quantity(result, Metric.GPU_MEMORY));
        }
        text.append('\n').append(MarkdownTable.render(table.build()));
    }

    private static void insights(StringBuilder text, TestReport test) {
        for (SweepInsights.Section section : SweepInsights.of(test)) {
            String title =
                    section.title().charAt(0) + section.title().substring(1).toLowerCase(Locale.ROOT);
            text.append("\n**").append(title).append("**\n\n");
            section.sentences()
                    .forEach(sentence ->
                            text.append("- ").append(Markdown.text(sentence)).append('\n'));
        }
    }

    private static String doubts(Stream<LevelVerdict> levels) {
        return Doubt.count(levels.flatMap(level -> Doubt.of(level.result()).stream()));
    }

    // What is so at every level is said once.
    private static void remarks(StringBuilder text, TestReport test) {
        Map<String, List<String>> levels = new LinkedHashMap<>();
        for (LevelVerdict level : test.levels()) {
            String name = level.result().level().name();
            Stream.concat(
                            Doubt.of(level.result()).stream()
                                    .map(doubt -> "**" + Markdown.text(doubt.what()) + "**: "
                                            + Markdown.text(doubt.detail())),
                            level.result().notes().stream().map(Markdown::text))
                    .forEach(remark -> levels.computeIfAbsent(remark, key -> new ArrayList<>())
                            .add(name));
        }
        levels.forEach((remark, names) -> text.append("- ")
                .append(Markdown.text(
                        names.size() > 1 && names.size() == test.levels().size()
                                ? "all levels"
                                : String.join(", ", names)))
                .append(": ")
                .append(remark)
                .append('\n'));
    }

    private static List<Column> columns(List<String> words, List<String> numbers) {
        return Stream.concat(words.stream().map(Column::text), numbers.stream().map(Column::number))
                .toList();
    }

    private static String verdict(Status status) {
        return status.mark() + " " + status.words();
    }

    private static void sideBySide(StringBuilder text, MethodComparison comparison) {
        text.append("\n## Side by side · ")
                .append(Markdown.text(comparison.title()))
                .append("\n");
        for (SideBySide level : comparison.levels()) {
            text.append('\n').append(MarkdownTable.render(comparison.table(level, "B against A (95 % CI)", " to ")));
            MethodComparison.remarks(level)
                    .forEach(remark ->
                            text.append("\n- ").append(Markdown.text(remark)).append('\n'));
        }
    }
}
