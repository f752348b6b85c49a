package dev.llmload.report;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Type;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Verdict;
import java.util.Locale;

/** Latency and throughput by level, side by side, with the verdict and the success of each level beneath. */
public final class SweepChart {
    private static final int HEIGHT = 480;

    private SweepChart() {}

    /**
     * Draws it.
     *
     * @param test a test; one without levels gives a picture that says so
     * @return an SVG document, the same for the same test
     */
    public static String svg(TestReport test) {
        String finding = Findings.sweep(test);
        Svg svg = new Svg(ChartStyle.WIDTH, HEIGHT, finding, describe(test));
        ChartStyle.heading(svg, finding, about(test), test.simulated());
        if (test.levels().isEmpty()) {
            svg.text(
                    ChartStyle.WIDTH / 2.0,
                    240,
                    ChartStyle.shorten(test.error(), 110),
                    Type.plain(Palette.VERMILLION).size(13).middle());
        } else {
            SweepLevels levels = new SweepLevels(test.levels());
            SweepLatencies.draw(svg, levels);
            SweepThroughput.draw(svg, levels);
        }
        return svg.toString();
    }

    private static String about(TestReport test) {
        if (test.levels().isEmpty()) {
            return TestReport.shortName(test.id());
        }
        LoadResult first = test.levels().get(0).result();
        LoadResult last = test.levels().get(test.levels().size() - 1).result();
        String model = ChartStyle.shorten(first.subject().model(), 48);
        if (test.levels().size() < 2
                || !first.throughput().isPresent()
                || !last.throughput().isPresent()
                || first.throughput().value() == 0) {
            return TestReport.shortName(test.id()) + " · " + model;
        }
        return TestReport.shortName(test.id()) + " · " + model + " · throughput ×"
                + Numbers.plain(last.throughput().value() / first.throughput().value()) + " from "
                + first.level().name() + " to " + last.level().name();
    }

    private static String describe(TestReport test) {
        StringBuilder text = new StringBuilder("Latency and throughput by level.");
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
