package dev.llmload.report;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.chart.Axis;
import dev.llmload.report.chart.Labels;
import dev.llmload.report.chart.Labels.Spot;
import dev.llmload.report.chart.Legend;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Panel;
import dev.llmload.report.chart.Stroke;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Type;
import dev.llmload.report.chart.Type.Anchor;
import dev.llmload.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** The right half of the sweep chart: throughput by level, and beneath it each level's success. */
final class SweepThroughput {
    private static final double LEFT = 536;
    private static final double RIGHT = 876;
    private static final Stroke IDEAL = Stroke.dashed(Palette.AXIS, 1.2);
    private static final Stroke MEASURED = Stroke.solid(Palette.GREEN, 2.5);

    private final Svg svg;
    private final SweepLevels levels;
    private final List<Panel.Point> points;
    private final Panel panel;

    private SweepThroughput(Svg svg, SweepLevels levels) {
        this.svg = svg;
        this.levels = levels;
        this.points = levels.levels().stream()
                .filter(l -> l.result().throughput().isPresent())
                .map(l -> new Panel.Point(
                        SweepLevels.users(l), l.result().throughput().value()))
                .toList();
        double high = points.stream().mapToDouble(Panel.Point::y).max().orElse(1);
        Axis y = ChartStyle.fromZero(high * 1.08, SweepLevels.BOTTOM, SweepLevels.TOP);
        this.panel = new Panel(svg, levels.axis(LEFT, RIGHT), y);
    }

    static void draw(Svg svg, SweepLevels levels) {
        new SweepThroughput(svg, levels).draw();
    }

    private void draw() {
        panel.frame("users", "");
        List<Panel.Point> ideal = ideal();
        panel.line(ideal, IDEAL);
        panel.line(points, MEASURED);
        for (Panel.Point point : points) {
            svg.dot(
                    panel.x().at(point.x()),
                    panel.y().at(point.y()),
                    4.5,
                    Palette.GREEN,
                    Numbers.plain(point.y()) + " tok/s");
        }
        List<Legend.Entry> legend = new ArrayList<>(List.of(new Legend.Entry("throughput, tok/s", MEASURED)));
        if (!ideal.isEmpty()) {
            legend.add(new Legend.Entry("if it scaled linearly", IDEAL));
        }
        Legend.draw(svg, LEFT, SweepLevels.TOP - 18, legend);
        values(ideal);
        success();
    }

    private List<Panel.Point> ideal() {
        if (points.size() < 2 || points.get(0).y() <= 0) {
            return List.of();
        }
        double perUser = points.get(0).y() / points.get(0).x();
        double end = Math.min(panel.x().high(), panel.y().high() / perUser);
        double start = points.get(0).x();
        return DoubleStream.iterate(0, i -> i <= 40, i -> i + 1)
                .map(i -> start * Math.pow(end / start, i / 40))
                .mapToObj(u -> new Panel.Point(u, u * perUser))
                .toList();
    }

    private void values(List<Panel.Point> ideal) {
        Labels labels = new Labels(svg, panel);
        labels.avoid(points);
        labels.avoidDots(points);
        labels.avoid(ideal);
        double free = Double.NEGATIVE_INFINITY;
        for (Panel.Point point : points) {
            String text = Numbers.plain(point.y());
            Type type = Type.plain(Palette.INK).haloed();
            double x = panel.x().at(point.x());
            double y = panel.y().at(point.y());
            if (x - type.width(text) / 2 > free) {
                labels.put(
                        text,
                        type,
                        new Spot(x, y + 20, Anchor.MIDDLE),
                        new Spot(x + 4, y + 18, Anchor.START),
                        new Spot(x + 8, y + 14, Anchor.START),
                        new Spot(x, y - 10, Anchor.MIDDLE),
                        new Spot(x - 8, y - 6, Anchor.END),
                        new Spot(x - 10, y - 10, Anchor.START),
                        new Spot(x + 14, y + 20, Anchor.END));
                free = x + type.width(text) / 2 + 2;
            }
        }
    }

    private void success() {
        svg.text(
                LEFT - 12,
                SweepLevels.ROW,
                "success, %",
                Type.plain(Palette.MUTED).end());
        double free = Double.NEGATIVE_INFINITY;
        for (LevelVerdict level : levels.levels()) {
            double share = Numbers.success(level.result().requests());
            String text = Double.isNaN(share) ? "–" : Numbers.percent(share).replaceFirst("(\\.0)? %$", "");
            Type type = Type.plain(share < 0.99 ? ChartStyle.ink(Verdict.FAIL) : Palette.INK)
                    .middle();
            double x = panel.x().at(SweepLevels.users(level));
            double half = type.width(text) / 2;
            if (x - half > free) {
                svg.text(x, SweepLevels.ROW, text, type);
                free = x + half + 3;
            }
        }
    }
}
