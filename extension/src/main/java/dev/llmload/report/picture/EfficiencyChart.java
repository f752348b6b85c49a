package dev.llmload.report.picture;

import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.BudgetLine;
import dev.llmload.report.Numbers;
import dev.llmload.report.TestReport;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Type;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.Verdict;
import java.util.List;

/** MFU, MBU, energy and tokens per joule by level, each with its budgets. */
public final class EfficiencyChart {
    private static final int HEIGHT = 612;
    private static final double PANEL_HEIGHT = 170;
    private static final double FIRST_TOP = 112;
    private static final double SECOND_TOP = 376;

    private record Cell(MetricPanel.Content content, double left, double right, double top) {
        Metric metric() {
            return content.metric().orElseThrow();
        }
    }

    private static final List<Cell> CELLS = List.of(
            cell("MFU, % of the dense peak", Metric.MFU, 72, 436, FIRST_TOP),
            cell("MBU, % of the memory bandwidth", Metric.MBU, 512, 876, FIRST_TOP),
            cell("energy of the window, J", Metric.ENERGY, 72, 436, SECOND_TOP),
            cell("output tokens per joule", Metric.TOKENS_PER_JOULE, 512, 876, SECOND_TOP));

    private EfficiencyChart() {}

    private static Cell cell(String title, Metric metric, double left, double right, double top) {
        return new Cell(MetricPanel.Content.of(metric.word(), title, metric), left, right, top);
    }

    /** Whether any level has any of it. */
    public static boolean has(TestReport test) {
        return test.levels().stream()
                .anyMatch(level -> CELLS.stream()
                        .anyMatch(cell -> level.result().quantity(cell.metric()).isPresent()));
    }

    /**
     * Draws it.
     *
     * @param test a test with at least one level
     * @return an SVG document, the same for the same test
     */
    public static String svg(TestReport test) {
        String finding = finding(test);
        Svg svg = new Svg(ChartStyle.WIDTH, HEIGHT, finding, "MFU, MBU, energy and tokens per joule by level.");
        ChartStyle.heading(
                svg,
                finding,
                TestReport.shortName(test.id()) + " · "
                        + test.levels().get(0).result().subject().model(),
                test.simulated());
        SweepLevels levels = new SweepLevels(test.levels());
        for (Cell cell : CELLS) {
            svg.text(
                    cell.left(),
                    cell.top() - 12,
                    cell.content().title(),
                    Type.plain(Palette.INK).strong());
            new MetricPanel(levels, cell.content(), finding)
                    .draw(svg, new Area(cell.left(), cell.top(), cell.right(), cell.top() + PANEL_HEIGHT));
        }
        return svg.toString();
    }

    private static String finding(TestReport test) {
        for (LevelVerdict level : test.levels()) {
            for (BudgetOutcome outcome : level.outcomes()) {
                boolean shown = CELLS.stream()
                        .anyMatch(cell -> cell.metric() == outcome.budget().metric());
                if (shown && outcome.verdict() == Verdict.FAIL) {
                    return BudgetLine.of(outcome).name() + " "
                            + BudgetLine.of(outcome).value() + " breaks its budget at "
                            + level.result().level().name();
                }
            }
        }
        LevelVerdict best = test.levels().get(0);
        for (LevelVerdict level : test.levels()) {
            if (value(level) > value(best)) {
                best = level;
            }
        }
        return Double.isNaN(value(best)) || value(best) < 0
                ? "Efficiency by level"
                : "MFU reaches " + Numbers.percent(value(best)) + " at "
                        + best.result().level().name();
    }

    private static double value(LevelVerdict level) {
        Quantity mfu = level.result().mfu();
        return mfu.isPresent() ? mfu.value() : -1;
    }
}
