package dev.llmload.report.page;

import static dev.llmload.report.chart.XmlText.escape;

import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.BudgetLine;
import dev.llmload.report.Cause;
import dev.llmload.report.Cell;
import dev.llmload.report.Column;
import dev.llmload.report.Findings;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.RunOutcome;
import dev.llmload.report.ShortTables;
import dev.llmload.report.Table;
import dev.llmload.report.TestReport;
import dev.llmload.report.file.AtomicFile;
import dev.llmload.report.picture.ChartStyle;
import dev.llmload.report.picture.LatencyChart;
import dev.llmload.report.picture.SweepPictures;
import dev.llmload.report.picture.TimelineChart;
import dev.llmload.result.Verdict;
import dev.llmload.spi.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code report.html}: the whole run as one page that needs nothing besides itself. Its table of levels sorts and filters, each
 * level opens to its budgets, numbers, checks and pictures, and the pictures say their values under the pointer.
 */
public final class RunHtml {
    /** Name of the file in the run's folder. */
    public static final String FILE = "report.html";

    /** How many sentences stand at the top. */
    private static final int REASONS = 6;

    private final List<TestReport> tests;
    private final boolean charts;
    private final StringBuilder html = new StringBuilder();

    private RunHtml(List<TestReport> tests, boolean charts) {
        this.tests = tests;
        this.charts = charts;
    }

    /**
     * Writes the file, whole or not at all.
     *
     * @param dir folder of the run
     * @param about when the run was, and what of; one line
     * @param tests every test of the run
     * @param charts whether it has pictures
     * @throws IOException if it cannot be written
     */
    public static void write(Path dir, String about, List<TestReport> tests, boolean charts) throws IOException {
        AtomicFile.write(dir.resolve(FILE), render(about, tests, charts));
    }

    /**
     * The page.
     *
     * @param about when the run was, and what of; one line
     * @param tests every test of the run
     * @param charts whether it has pictures
     */
    public static String render(String about, List<TestReport> tests, boolean charts) {
        return new RunHtml(tests, charts).page(about);
    }

    private String page(String about) {
        html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>LLM load: ")
                .append(escape(about))
                .append("</title><style>\n")
                .append(resource("report.css"))
                .append("</style></head><body>\n<h1>LLM load</h1>\n<p>");
        if (tests.stream().anyMatch(TestReport::simulated)) {
            html.append("<span class=\"sim\">SIMULATED</span> ");
        }
        html.append(escape(about)).append("</p>\n");
        banner(RunOutcome.of(tests));
        if (tests.stream().anyMatch(test -> !test.levels().isEmpty())) {
            filter();
            overview();
        }
        tests.forEach(this::test);
        if (tests.isEmpty()) {
            html.append("<p>No load test has run.</p>\n");
        }
        return html.append("<script>\n")
                .append(resource("report.js"))
                .append("</script></body></html>\n")
                .toString();
    }

    private void banner(RunOutcome run) {
        if (run.items().isEmpty()) {
            return;
        }
        html.append("<div class=\"verdict ").append(run.status()).append("\"><strong>");
        html.append(escape(run.headline())).append("</strong>");
        run.reasons(REASONS)
                .forEach(reason -> html.append("<p>").append(escape(reason)).append("</p>"));
        html.append("</div>\n");
    }

    private void filter() {
        Set<Status> verdicts = new TreeSet<>();
        tests.forEach(test ->
                test.levels().forEach(level -> verdicts.add(test.outcome(level).status())));
        if (verdicts.size() < 2) {
            return;
        }
        html.append("<p class=\"filter\"><button data-verdict=\"\" aria-pressed=\"true\">all</button>");
        verdicts.forEach(verdict -> html.append("<button data-verdict=\"")
                .append(verdict)
                .append("\" aria-pressed=\"false\">")
                .append(verdict.words())
                .append("</button>"));
        html.append("</p>\n");
    }

    private void overview() {
        html.append("<div class=\"wide\"><table class=\"levels\"><thead><tr><th>test</th>");
        for (Column column : ShortTables.comparison(tests.get(0)).columns()) {
            html.append(column.kind() == Column.Kind.NUMBER ? "<th class=\"n\">" : "<th>")
                    .append(escape(column.title()))
                    .append("</th>");
        }
        html.append("</tr></thead><tbody>\n");
        for (TestReport test : tests) {
            List<List<Cell>> rows = ShortTables.comparison(test).rows();
            for (int i = 0; i < test.levels().size(); i++) {
                row(test, test.levels().get(i), Table.texts(rows.get(i)), i);
            }
        }
        html.append("</tbody></table></div>\n");
    }

    private void row(TestReport test, LevelVerdict level, List<String> cells, int order) {
        Status status = test.outcome(level).status();
        html.append("<tr data-verdict=\"").append(status).append("\"><td>");
        html.append(escape(TestReport.shortName(test.id()))).append("</td><td data-value=\"");
        html.append(level.result().level().offered()).append("\"><a href=\"#").append(anchor(test, order));
        html.append("\">").append(escape(cells.get(0))).append("</a></td><td class=\"");
        html.append(status).append("\">").append(status.words()).append("</td>");
        cells.subList(2, cells.size())
                .forEach(cell ->
                        html.append("<td class=\"n\">").append(escape(cell)).append("</td>"));
        html.append("</tr>\n");
    }

    private void test(TestReport test) {
        html.append("<h2>").append(escape(TestReport.shortName(test.id()))).append("</h2>\n");
        if (!test.error().isEmpty()) {
            html.append("<p class=\"error\">").append(escape(test.error())).append("</p>\n");
        }
        test.besidesLevels().forEach(outcome -> besides(test, outcome));
        if (comparable(test)) {
            sweep(test);
        }
        for (int i = 0; i < test.levels().size(); i++) {
            level(test, test.levels().get(i), i);
        }
        test.unusable()
                .forEach(level -> html.append("<p>not measured: ")
                        .append(escape(level.sentence()))
                        .append("</p>\n"));
        test.notRun()
                .forEach(level ->
                        html.append("<p>not run: ").append(escape(level)).append("</p>\n"));
    }

    // The error has been said; what did not run is listed below.
    private void besides(TestReport test, InvocationOutcome outcome) {
        outcome.besidesBudgets().stream()
                .filter(cause ->
                        cause.kind() != Cause.Kind.NOT_RUN || test.notRun().isEmpty())
                .filter(cause -> test.error().isEmpty() || !outcome.name().isEmpty())
                .forEach(cause -> html.append("<p class=\"")
                        .append(cause.status())
                        .append("\">")
                        .append(escape(cause.status().mark() + " "
                                + (outcome.name().isEmpty() ? "" : outcome.name() + ": ") + cause.sentence()))
                        .append("</p>\n"));
    }

    // Stages may come back to a load that was there before: they are no sweep.
    private static boolean comparable(TestReport test) {
        long loads = test.levels().stream()
                .map(level -> level.result().level().offered())
                .distinct()
                .count();
        return loads > 1 && loads == test.levels().size();
    }

    private void sweep(TestReport test) {
        html.append("<p>").append(escape(Findings.sweep(test))).append("</p>\n");
        if (!test.sweep().isEmpty()) {
            Table.Builder table = Table.of(Column.text(""), Column.text(""));
            for (BudgetOutcome outcome : test.sweep()) {
                BudgetLine line = BudgetLine.of(outcome);
                table.cells(
                        Cell.of(line.mark() + " " + words(line.verdict()), line.verdict()), Cell.of(line.sentence()));
            }
            html.append(HtmlTable.render(table.build()));
        }
        if (charts) {
            SweepPictures.of(test).stream().findFirst().ifPresent(picture -> html.append(picture.svg()));
        }
    }

    private void level(TestReport test, LevelVerdict level, int order) {
        InvocationOutcome outcome = test.outcome(level);
        html.append("<details id=\"").append(anchor(test, order)).append("\" data-verdict=\"");
        html.append(outcome.status())
                .append(outcome.status() == Status.PASS ? "\">" : "\" open>")
                .append("<summary>");
        html.append("<span class=\"")
                .append(outcome.status())
                .append("\">")
                .append(outcome.status().words());
        html.append("</span> ").append(escape(level.result().level().name())).append(" <span class=\"about\">· ");
        html.append(escape(Findings.latency(level))).append("</span></summary>\n<p>");
        html.append(escape(level.result().subject().endpoint() + " · " + ChartStyle.about(level)));
        html.append("</p>\n<div class=\"wide\">");
        LevelHtml.sections(html, level, outcome, "h3");
        html.append("</div>\n");
        if (charts) {
            html.append(LatencyChart.svg(level)).append(TimelineChart.svg(level));
        }
        html.append("</details>\n");
    }

    private String anchor(TestReport test, int order) {
        return "level-" + tests.indexOf(test) + "-" + order;
    }

    private static String words(Verdict verdict) {
        return verdict.name().replace('_', ' ');
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(RunHtml.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a part of the report is missing from the library: " + name, e);
        }
    }
}
