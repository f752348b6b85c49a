package dev.llmload.report.page;

import static dev.llmload.report.chart.XmlText.escape;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.BudgetLine;
import dev.llmload.report.Cell;
import dev.llmload.report.Column;
import dev.llmload.report.Findings;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.RunRows;
import dev.llmload.report.ShortTables;
import dev.llmload.report.Table;
import dev.llmload.report.picture.ChartStyle;
import dev.llmload.result.LoadResult;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Verdict;

/** One level as a small page without scripts, which every report viewer shows: budgets, numbers, checks, notes. */
public final class LevelHtml {
    private static final String STYLE = """
            body{font:14px/1.45 system-ui,'Segoe UI',Arial,sans-serif;color:#222;background:#fff;margin:16px}
            h1{font-size:18px;margin:0 0 4px}h2{font-size:14px;margin:20px 0 6px}p{margin:0;color:#5f6368}
            table{border-collapse:collapse}td,th{padding:4px 14px 4px 0;text-align:left;border-bottom:1px solid #e6e8eb}
            th{font-weight:600;color:#5f6368}.n{text-align:right;font-variant-numeric:tabular-nums}
            .n,td:first-child,td:nth-child(2){white-space:nowrap}table+p{margin-top:10px}
            .PASS{color:#006b4e}.FAIL,.ERROR,.MISCONFIGURED,.BROKEN{color:#a84300}.INCONCLUSIVE,.WARNING{color:#8a5a00}.NOT_MEASURED,.SKIPPED{color:#5f6368}
            .sim{background:#5f6368;color:#fff;padding:2px 8px;font-size:12px}
            """;

    private LevelHtml() {}

    /**
     * The page.
     *
     * @param level a judged level
     * @param outcome of its invocation
     */
    public static String render(LevelVerdict level, InvocationOutcome outcome) {
        LoadResult result = level.result();
        StringBuilder html =
                new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
        html.append(escape(result.level().name()))
                .append("</title><style>\n")
                .append(STYLE)
                .append("</style></head><body>\n");
        html.append("<h1>").append(escape(Findings.latency(level))).append("</h1>\n<p>");
        if (result.subject().simulated()) {
            html.append("<span class=\"sim\">SIMULATED</span> ");
        }
        html.append(escape(result.subject().endpoint() + " · " + ChartStyle.about(level)))
                .append("</p>\n");
        sections(html, level, outcome, "h2");
        return html.append("</body></html>\n").toString();
    }

    /** What the page says below its head, under headings of this rank. */
    static void sections(StringBuilder html, LevelVerdict level, InvocationOutcome outcome, String heading) {
        StringBuilder own = new StringBuilder();
        besides(own, outcome);
        budgets(own, level);
        numbers(own, level);
        runs(own, level);
        checks(own, level.result());
        html.append(own.toString().replace("<h2>", "<" + heading + ">").replace("</h2>", "</" + heading + ">"));
    }

    // What decided besides budgets.
    private static void besides(StringBuilder html, InvocationOutcome outcome) {
        outcome.besidesBudgets()
                .forEach(cause -> html.append("<p class=\"")
                        .append(cause.status())
                        .append("\">")
                        .append(escape(cause.line()))
                        .append("</p>\n"));
    }

    private static void budgets(StringBuilder html, LevelVerdict level) {
        if (level.outcomes().isEmpty()) {
            return;
        }
        Table.Builder table = Table.of(
                Column.text(""),
                Column.text("budget"),
                Column.number("value"),
                Column.number("distance"),
                Column.text(""));
        BudgetLine.of(level)
                .forEach(line -> table.cells(
                        Cell.of(line.mark() + " " + line.verdict().name().replace('_', ' '), line.verdict()),
                        Cell.of(line.name() + " " + line.limit()),
                        Cell.of(line.value()),
                        Cell.of(line.distance()),
                        Cell.of(line.note())));
        html.append("<h2>Budgets</h2>\n").append(HtmlTable.render(table.build()));
    }

    private static void numbers(StringBuilder html, LevelVerdict level) {
        html.append("<h2>Numbers</h2>\n").append(HtmlTable.render(ShortTables.level(level)));
    }

    private static void runs(StringBuilder html, LevelVerdict level) {
        if (!RunRows.has(level)) {
            return;
        }
        html.append("<h2>Runs</h2>\n<p>")
                .append(escape(RunRows.judged(level)))
                .append("</p>\n")
                .append(HtmlTable.render(RunRows.table(level)));
    }

    private static void checks(StringBuilder html, LoadResult result) {
        Table.Builder table = Table.of(Column.text(""), Column.text(""), Column.text(""));
        result.validity()
                .forEach(check -> table.cells(
                        new Cell(check.status().name().replace('_', ' '), tone(check)),
                        Cell.of(check.check()),
                        Cell.of(check.detail())));
        html.append("<h2>Is the measurement itself valid?</h2>\n").append(HtmlTable.render(table.build()));
        result.notes().forEach(note -> html.append("<p>").append(escape(note)).append("</p>\n"));
    }

    private static String tone(ValidityCheck check) {
        if (!check.ok()) {
            return "BROKEN";
        }
        return check.status() == ValidityCheck.Status.OK
                ? Verdict.PASS.name()
                : check.status().name();
    }
}
