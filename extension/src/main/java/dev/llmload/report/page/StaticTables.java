package dev.llmload.report.page;

import static dev.llmload.report.chart.XmlText.escape;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Cause;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.ShortTables;
import dev.llmload.report.TestReport;
import java.util.List;

/** The run as tables, for a reader whose browser runs no scripts. */
final class StaticTables {
    /** With more levels, each has its row only: the page has to stay small. */
    private static final int MOST_IN_FULL = 40;

    private StaticTables() {}

    static String of(PageInput input) {
        StringBuilder html = new StringBuilder("<p>Scripts are off: this page shows its tables, without charts.</p>\n");
        input.tests().forEach(test -> test(html, test, input.levels() <= MOST_IN_FULL));
        return html.toString();
    }

    private static void test(StringBuilder html, TestReport test, boolean inFull) {
        html.append("<h2>").append(escape(TestReport.shortName(test.id()))).append("</h2>\n");
        test.besidesLevels()
                .forEach(outcome -> outcome.causes().forEach(cause -> sentence(html, outcome.name(), cause)));
        if (!test.levels().isEmpty()) {
            html.append("<div class=\"wide\">")
                    .append(HtmlTable.render(ShortTables.comparison(test)))
                    .append("</div>\n");
        }
        for (LevelVerdict level : inFull ? test.levels() : List.<LevelVerdict>of()) {
            InvocationOutcome outcome = test.outcome(level);
            html.append("<details><summary>")
                    .append(escape(
                            outcome.verdict() + " " + level.result().level().name()))
                    .append("</summary>\n<div class=\"wide\">");
            LevelHtml.sections(html, level, outcome, "h3");
            html.append("</div></details>\n");
        }
        test.unusable()
                .forEach(level -> html.append("<p>not measured: ")
                        .append(escape(level.sentence()))
                        .append("</p>\n"));
        test.notRun()
                .forEach(level ->
                        html.append("<p>not run: ").append(escape(level)).append("</p>\n"));
    }

    private static void sentence(StringBuilder html, String invocation, Cause cause) {
        html.append("<p class=\"")
                .append(cause.status())
                .append("\">")
                .append(escape(cause.status().mark() + " " + (invocation.isEmpty() ? "" : invocation + ": ")
                        + cause.sentence()))
                .append("</p>\n");
    }
}
