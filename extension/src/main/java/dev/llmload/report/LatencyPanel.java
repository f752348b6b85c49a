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
 * Latency by level with the budgets, and beneath it each level's verdict. A percentile that falls on a failed request is a
 * cross in a strip above every value.
 */
final class LatencyPanel implements SweepPanel {
    private static final double STRIP = 24;

    /** Pixels that a level needs for the numbers of both series. */
    private static final double ROOM_FOR_ALL = 66;

    /** Pixels that a level needs for those of one. */
    private static final double ROOM_FOR_ONE = 44;

    private record Series(String name, Metric metric, double percentile, String colour) {}

    private static final List<Series> SERIES = List.of(
            new Series("TTFT p50", Metric.TTFT, 50, Palette.SKY),
            new Series("TTFT p95", Metric.TTFT, 95, Palette.BLUE),
            new Series("total latency p95", Metric.E2E, 95, Palette.PURPLE));

    private final TestReport test;
    private final SweepLevels levels;

    LatencyPanel(TestReport test, SweepLevels levels) {
        this.test = test;
        this.levels = levels;
    }

    @Override
    public String key() {
        return "latency";
    }

    @Override
    public String title() {
        return "latency";
    }

    @Override
    public String finding() {
        return Findings.sweep(test);
    }

    @Override
    public void draw(Svg svg, Area area) {
        SweepLimits limits = SweepLimits.of(
                levels, SERIES.stream().map(Series::metric).distinct().toList());
        double[] values = DoubleStream.concat(
                        SERIES.stream().flatMap(s -> points(s).stream()).mapToDouble(Panel.Point::y),
                        Arrays.stream(limits.nanos()))
                .toArray();
        List<LevelVerdict> lost = lost();
        double top = area.top() + (lost.isEmpty() ? 0 : STRIP);
        Panel panel = new Panel(
                svg, levels.axis(area.left(), area.right()), ChartStyle.latencies(values, area.bottom(), top));
        panel.frame("users", "");
        strip(svg, area, panel, lost);
        Labels labels = new Labels(svg, panel);
        limits.draw(svg, panel, labels);
        List<Legend.Entry> legend = new ArrayList<>();
        for (Series series : SERIES) {
            series(svg, panel, labels, series);
            legend.add(new Legend.Entry(series.name(), Stroke.solid(series.colour(), 2.5)));
        }
        Legend.draw(svg, area.left(), area.top() - Area.LEGEND, legend);
        limits.name(panel, labels);
        numbers(panel, labels, area.width() / levels.levels().size());
        svg.text(
                area.left() - 10,
                area.bottom() + Area.ROW,
                "budgets",
                Type.plain(Palette.MUTED).size(11).end());
        for (LevelVerdict level : levels.levels()) {
            ChartStyle.mark(svg, panel.x().at(SweepLevels.users(level)), area.bottom() + Area.ROW - 4, level.verdict());
        }
    }

    private void series(Svg svg, Panel panel, Labels labels, Series series) {
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

    // Few levels have room for their numbers, more for those of one series; many have the tables for them.
    private void numbers(Panel panel, Labels labels, double room) {
        int last = room >= ROOM_FOR_ALL ? SERIES.size() : room >= ROOM_FOR_ONE ? 2 : 1;
        for (Series series : SERIES.subList(1, last)) {
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

    private void strip(Svg svg, Area area, Panel panel, List<LevelVerdict> lost) {
        if (lost.isEmpty()) {
            return;
        }
        double middle = area.top() + STRIP / 2 - 2;
        svg.rect(area.left(), area.top(), area.width(), STRIP - 4, Palette.VERMILLION, 0.08);
        svg.text(
                area.left() - 8,
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
