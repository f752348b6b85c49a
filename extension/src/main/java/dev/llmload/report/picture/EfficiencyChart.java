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
import java.util.stream.Collectors;

/** MFU, MBU, energy and tokens per joule by level, each with its budgets. */
public final class EfficiencyChart {
    private static final double PANEL_HEIGHT = 170;
    private static final double FIRST_TOP = 112;
    private static final double ROW = 264;
    private static final double FOOT = 66;
    private static final double[] LEFT = {72, 512};
    private static final double[] RIGHT = {436, 876};

    private static final List<MetricPanel.Content> CONTENTS = List.of(
            content("MFU, % of the dense peak", Metric.MFU),
            content("MBU, % of the memory bandwidth", Metric.MBU),
            content("energy of an output token, J", Metric.JOULES_PER_TOKEN),
            content("output tokens per joule", Metric.TOKENS_PER_JOULE));

    private EfficiencyChart() {}

    private static MetricPanel.Content content(String title, Metric metric) {
        return MetricPanel.Content.of(metric.word(), title, metric);
    }

    private static List<MetricPanel.Content> measured(TestReport test) {
        return CONTENTS.stream()
                .filter(content -> test.levels().stream()
                        .anyMatch(level -> content.value().apply(level).isPresent()))
                .toList();
    }

    /** Whether any level has any of it. */
    public static boolean has(TestReport test) {
        return !measured(test).isEmpty();
    }

    /**
     * Draws it; what no level has is left out.
     *
     * @param test a test with at least one level that {@link #has} any of it
     * @return an SVG document, the same for the same test
     */
    public static String svg(TestReport test) {
        List<MetricPanel.Content> contents = measured(test);
        String finding = finding(test);
        int rows = (contents.size() + 1) / 2;
        int height = (int) (FIRST_TOP + rows * ROW - (ROW - PANEL_HEIGHT) + FOOT);
        Svg svg = new Svg(ChartStyle.WIDTH, height, finding, "MFU, MBU, energy and tokens per joule by level.");
        ChartStyle.heading(
                svg,
                finding,
                TestReport.shortName(test.id()) + " · "
                        + test.levels().get(0).result().subject().model(),
                test.simulated());
        SweepLevels levels = new SweepLevels(test.levels());
        for (int i = 0; i < contents.size(); i++) {
            double left = LEFT[i % 2];
            double top = FIRST_TOP + i / 2 * ROW;
            svg.text(
                    left,
                    top - 12,
                    contents.get(i).title(),
                    Type.plain(Palette.INK).strong());
            new MetricPanel(levels, contents.get(i), finding)
                    .draw(svg, new Area(left, top, RIGHT[i % 2], top + PANEL_HEIGHT));
        }
        svg.text(
                ChartStyle.MARGIN,
                height - 14.0,
                absent(test, contents),
                Type.plain(Palette.MUTED).size(11));
        return svg.toString();
    }

    private static String absent(TestReport test, List<MetricPanel.Content> shown) {
        String reasons = CONTENTS.stream()
                .filter(content -> !shown.contains(content))
                .map(content -> content.title().replaceFirst(",.*", "") + " ("
                        + content.value().apply(test.levels().get(0)).absentReason() + ")")
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? "" : ChartStyle.shorten("not measured: " + reasons, 140);
    }

    private static String finding(TestReport test) {
        for (LevelVerdict level : test.levels()) {
            for (BudgetOutcome outcome : level.outcomes()) {
                boolean shown = CONTENTS.stream()
                        .anyMatch(content -> content.metric()
                                .filter(metric -> metric == outcome.budget().metric())
                                .isPresent());
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
