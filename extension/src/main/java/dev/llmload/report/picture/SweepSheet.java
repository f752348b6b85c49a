package dev.llmload.report.picture;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Findings;
import dev.llmload.report.Numbers;
import dev.llmload.report.TestReport;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Type;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The comprehensive picture of a sweep: up to nine panels, three to a row, under one finding. What was not measured is named
 * below them.
 */
final class SweepSheet {
    private static final int WIDTH = 1200;
    private static final int COLUMNS = 3;
    private static final double HEAD = 76;
    private static final double CELL = 312;
    private static final double PLOT = 170;
    private static final double FOOT = 24;
    private static final int HEIGHT_OF_NONE = 480;

    private SweepSheet() {}

    static String svg(TestReport test) {
        String finding = Findings.sweep(test);
        List<SweepPanel> all = test.levels().isEmpty() ? List.of() : SweepPictures.panels(test);
        List<SweepPanel> panels = all.stream().filter(SweepPanel::isMeasured).toList();
        String absent = all.stream()
                .filter(panel -> !panel.isMeasured())
                .map(panel -> panel.title().replaceFirst(",.*", ""))
                .collect(Collectors.joining("; "));
        int rows = (panels.size() + COLUMNS - 1) / COLUMNS;
        int height = panels.isEmpty() ? HEIGHT_OF_NONE : (int) (HEAD + CELL * rows + (absent.isEmpty() ? 0 : FOOT));
        Svg svg = new Svg(WIDTH, height, finding, describe(test));
        ChartStyle.heading(svg, finding, SweepPictures.about(test), test.simulated());
        if (panels.isEmpty()) {
            svg.text(
                    WIDTH / 2.0,
                    240,
                    ChartStyle.shorten(test.error(), 110),
                    Type.plain(Palette.VERMILLION).size(13).middle());
        }
        double width = (double) WIDTH / COLUMNS;
        for (int i = 0; i < panels.size(); i++) {
            double left = i % COLUMNS * width;
            double top = HEAD + i / COLUMNS * CELL;
            Area area = new Area(left + 66, top + 56, left + width - 22, top + 56 + PLOT);
            svg.text(
                    left + 24,
                    top + 18,
                    panels.get(i).title(),
                    Type.plain(Palette.INK).size(13).strong());
            panels.get(i).draw(svg, area);
        }
        if (!panels.isEmpty() && !absent.isEmpty()) {
            svg.text(24, height - 14.0, "not measured: " + absent, Type.plain(Palette.MUTED));
        }
        return svg.toString();
    }

    private static String describe(TestReport test) {
        StringBuilder text = new StringBuilder("Latency, throughput, efficiency and success by level.");
        for (LevelVerdict level : test.levels()) {
            LoadResult result = level.result();
            text.append(' ')
                    .append(result.level().name())
                    .append(": ")
                    .append(
                            level.verdict() == Verdict.NOT_MEASURED
                                    ? "not measured"
                                    : level.verdict().name().toLowerCase(Locale.ROOT));
            if (result.throughput().isPresent()) {
                text.append(", ")
                        .append(Numbers.plain(result.throughput().value()))
                        .append(" tok/s");
            }
            text.append('.');
        }
        return text.toString();
    }
}
