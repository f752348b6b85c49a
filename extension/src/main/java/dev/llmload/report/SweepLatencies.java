package dev.llmload.report;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.chart.Labels;
import dev.llmload.report.chart.Labels.Spot;
import dev.llmload.report.chart.Legend;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Panel;
import dev.llmload.report.chart.Stroke;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Type;
import dev.llmload.report.chart.Type.Anchor;
import dev.llmload.result.Distribution;
import dev.llmload.result.Metric;
import dev.llmload.result.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * The left half of the sweep chart: latency by level with the budgets, and beneath it each level's verdict. A percentile
 * that falls on a failed request is a cross in a strip above every value.
 */
final class SweepLatencies {
    private static final double LEFT = 84;
    private static final double RIGHT = 436;
    private static final double STRIP = 24;

    /** So many levels still have room for their numbers in the picture. */
    private static final int FEW = 6;

    private record Series(String name, Metric metric, double percentile, String colour) {}

    private static final List<Series> SERIES = List.of(
            new Series("TTFT p50", Metric.TTFT, 50, Palette.SKY),
            new Series("TTFT p95", Metric.TTFT, 95, Palette.BLUE),
            new Series("total latency p95", Metric.E2E, 95, Palette.PURPLE));

    private final Svg svg;
    private final SweepLevels levels;

    private SweepLatencies(Svg svg, SweepLevels levels) {
        this.svg = svg;
        this.levels = levels;
    }

    static void draw(Svg svg, SweepLevels levels) {
        new SweepLatencies(svg, levels).draw();
    }

    private void draw() {
        SweepLimits limits = SweepLimits.of(
                levels, SERIES.stream().map(Series::metric).distinct().toList());
        double[] values = DoubleStream.concat(
                        SERIES.stream().flatMap(s -> points(s).stream()).mapToDouble(Panel.Point::y),
                        Arrays.stream(limits.nanos()))
                .toArray();
        List<LevelVerdict> lost = lost();
        double top = SweepLevels.TOP + (lost.isEmpty() ? 0 : STRIP);
        Panel panel = new Panel(svg, levels.axis(LEFT, RIGHT), ChartStyle.latencies(values, SweepLevels.BOTTOM, top));
        panel.frame("users", "");
        strip(panel, lost);
        Labels labels = new Labels(svg, panel);
        limits.draw(svg, panel, labels);
        List<Legend.Entry> legend = new ArrayList<>();
        for (Series series : SERIES) {
            series(panel, labels, series);
            legend.add(new Legend.Entry(series.name(), Stroke.solid(series.colour(), 2.5)));
        }
        Legend.draw(svg, LEFT, SweepLevels.TOP - 18, legend);
        limits.name(panel, labels);
        numbers(panel, labels);
        svg.text(
                LEFT - 12, SweepLevels.ROW, "budgets", Type.plain(Palette.MUTED).end());
        for (LevelVerdict level : levels.levels()) {
            ChartStyle.mark(svg, panel.x().at(SweepLevels.users(level)), SweepLevels.ROW - 4, level.verdict());
        }
    }

    private void series(Panel panel, Labels labels, Series series) {
        for (List<Panel.Point> piece : pieces(series)) {
            panel.line(piece, Stroke.solid(series.colour(), 2.5));
            labels.avoid(piece);
        }
        List<Panel.Point> points = points(series);
        labels.avoidDots(points);
        points.forEach(p -> svg.dot(
                panel.x().at(p.x()),
                panel.y().at(p.y()),
                4.5,
                series.colour(),
                series.name() + " " + Numbers.latency(p.y())));
    }

    // Few levels have room for their numbers; many have the tables for them.
    private void numbers(Panel panel, Labels labels) {
        if (levels.levels().size() > FEW) {
            return;
        }
        for (Series series : SERIES.subList(1, SERIES.size())) {
            for (Panel.Point point : points(series)) {
                double x = panel.x().at(point.x());
                double y = panel.y().at(point.y());
                labels.put(
                        Numbers.latency(point.y()),
                        Type.plain(Palette.INK).size(11).haloed(),
                        new Spot(x, y - 9, Anchor.MIDDLE),
                        new Spot(x, y + 17, Anchor.MIDDLE),
                        new Spot(x - 7, y - 6, Anchor.END),
                        new Spot(x + 7, y - 6, Anchor.START),
                        new Spot(x + 7, y + 13, Anchor.START),
                        new Spot(x - 7, y + 13, Anchor.END));
            }
        }
    }

    private List<LevelVerdict> lost() {
        return levels.levels().stream()
                .filter(l -> l.result().requests().failed() > 0)
                .filter(l -> value(l, SERIES.get(1)).isEmpty())
                .toList();
    }

    private void strip(Panel panel, List<LevelVerdict> lost) {
        if (lost.isEmpty()) {
            return;
        }
        double middle = SweepLevels.TOP + STRIP / 2 - 2;
        svg.rect(LEFT, SweepLevels.TOP, RIGHT - LEFT, STRIP - 4, Palette.VERMILLION, 0.08);
        svg.text(
                LEFT - 8,
                middle + 4,
                "p95 failed",
                Type.plain(ChartStyle.ink(Verdict.FAIL)).end());
        lost.forEach(l -> ChartStyle.mark(svg, panel.x().at(SweepLevels.users(l)), middle, Verdict.FAIL));
    }

    // A line ends before a level without a value: drawn across, it would look as if there were one.
    private List<List<Panel.Point>> pieces(Series series) {
        List<List<Panel.Point>> pieces = new ArrayList<>(List.of(new ArrayList<>()));
        for (LevelVerdict level : levels.levels()) {
            OptionalDouble value = value(level, series);
            if (value.isPresent()) {
                pieces.get(pieces.size() - 1).add(new Panel.Point(SweepLevels.users(level), value.getAsDouble()));
            } else {
                pieces.add(new ArrayList<>());
            }
        }
        return pieces;
    }

    private List<Panel.Point> points(Series series) {
        return pieces(series).stream().flatMap(List::stream).toList();
    }

    private static OptionalDouble value(LevelVerdict level, Series series) {
        Distribution values = level.result().distribution(series.metric());
        return values.isPresent() ? values.percentileFailuresAbove(series.percentile()) : OptionalDouble.empty();
    }
}
