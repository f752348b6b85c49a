package dev.llmload.report.picture;

import dev.llmload.report.Numbers;
import dev.llmload.report.TestReport;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Type;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import java.util.ArrayList;
import java.util.List;

/** The pictures of a sweep: all of it on one sheet, and each of its panels by itself. */
public final class SweepPictures {
    private static final int HEIGHT = 470;
    private static final Area ALONE = new Area(84, 112, 876, 380);

    private SweepPictures() {}

    /**
     * A picture and its names.
     *
     * @param key part of its file's name: {@code scaling-throughput}
     * @param title for a list of attachments: {@code Throughput by level}
     * @param svg the document, the same for the same test
     */
    public record Picture(String key, String title, String svg) {}

    /**
     * Draws them, the comprehensive one first.
     *
     * @param test a test; one without levels has one picture, which says so
     */
    public static List<Picture> of(TestReport test) {
        List<Picture> pictures = new ArrayList<>();
        pictures.add(new Picture("scaling", "All levels at a glance", SweepSheet.svg(test)));
        if (!test.levels().isEmpty()) {
            for (SweepPanel panel : panels(test)) {
                if (panel.isMeasured()) {
                    pictures.add(new Picture("scaling-" + panel.key(), titleOf(panel), alone(test, panel)));
                }
            }
        }
        return List.copyOf(pictures);
    }

    /** The nine panels, in the order of reading. */
    static List<SweepPanel> panels(TestReport test) {
        SweepLevels levels = new SweepLevels(test.levels());
        if (test.levels().stream().anyMatch(level -> level.result().level().isOpen())) {
            return List.of(
                    new RatePanel(levels),
                    LatencyPanel.percentiles(test, levels, "time to first token", "ttft", Metric.TTFT),
                    LatencyPanel.percentiles(test, levels, "end to end", "e2e", Metric.E2E),
                    new SpeedPanel(levels),
                    new ThroughputPanel(test, levels),
                    MetricPanel.cost(test, levels),
                    new SuccessPanel(levels),
                    new AdvicePanel(test),
                    new TablePanel(levels));
        }
        return List.of(
                new LatencyPanel(test, levels),
                new ThroughputPanel(test, levels),
                MetricPanel.mfu(test, levels),
                new GainsPanel(test),
                MetricPanel.tokensPerJoule(test, levels),
                MetricPanel.perUser(test, levels),
                new StabilityPanel(levels),
                new SuccessPanel(levels),
                new TablePanel(levels));
    }

    // "throughput, tok/s" → "Throughput by level"
    private static String titleOf(SweepPanel panel) {
        String name = panel.title().replaceFirst(",.*", "");
        return Character.toUpperCase(name.charAt(0)) + name.substring(1) + (name.contains("level") ? "" : " by level");
    }

    private static String alone(TestReport test, SweepPanel panel) {
        Svg svg = new Svg(ChartStyle.WIDTH, HEIGHT, panel.finding(), panel.title() + " by level");
        ChartStyle.heading(svg, panel.finding(), about(test), test.simulated());
        svg.text(ALONE.left(), 78, panel.title(), Type.plain(Palette.MUTED).strong());
        panel.draw(svg, ALONE);
        return svg.toString();
    }

    /** {@code ChatReleaseTest.chat · llama-3-8b · throughput ×7.92 from 10 users to 100 users}. */
    static String about(TestReport test) {
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
}
