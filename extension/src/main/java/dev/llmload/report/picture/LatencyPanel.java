package dev.llmload.report.picture;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Findings;
import dev.llmload.report.Numbers;
import dev.llmload.report.TestReport;
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
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Latency by level with the budgets, and beneath it each level's verdict. A percentile that falls on a failed request is a
 * cross in a strip above every value.
 */
final class LatencyPanel implements SweepPanel {
    private static final double STRIP = 24;
    /** Of a verdict's mark, with a gap. */
    private static final double MARK_WIDTH = 12;

    /** Pixels that a level needs for the numbers of both series. */
    private static final double ROOM_FOR_ALL = 66;

    /** Pixels that a level needs for those of one. */
    private static final double ROOM_FOR_ONE = 44;

    record Series(String name, Metric metric, double percentile, String colour) {}

    private static final List<Series> USUAL = List.of(
            new Series("TTFT p50", Metric.TTFT, 50, Palette.SKY),
            new Series("TTFT p95", Metric.TTFT, 95, Palette.BLUE),
            new Series("total latency p95", Metric.E2E, 95, Palette.PURPLE));

    private final String key;
    private final String title;
    private final List<Series> series;
    private final TestReport test;
    private final SweepLevels levels;

    LatencyPanel(TestReport test, SweepLevels levels) {
        this(test, levels, "latency", "latency", USUAL);
    }

    private LatencyPanel(TestReport test, SweepLevels levels, String key, String title, List<Series> series) {
        this.test = test;
        this.levels = levels;
        this.key = key;
        this.title = title;
        this.series = series;
    }

    /** One latency at p50, p95 and p99. */
    static LatencyPanel percentiles(TestReport test, SweepLevels levels, String name, String key, Metric metric) {
        return new LatencyPanel(
                test,
                levels,
                key,
                name,
                List.of(
                        new Series("p50", metric, 50, Palette.SKY),
                        new Series("p95", metric, 95, Palette.BLUE),
                        new Series("p99", metric, 99, Palette.PURPLE)));
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public String title() {
        boolean open = levels.levels().get(0).result().level().isOpen();
        return open ? title + ", from the scheduled instant" : title;
    }

    @Override
    public String finding() {
        return Findings.sweep(test);
    }

    @Override
    public void draw(Svg svg, Area area) {
        SweepLimits limits = SweepLimits.of(
                levels, series.stream().map(Series::metric).distinct().toList());
        double[] values = DoubleStream.concat(
                        series.stream().flatMap(s -> points(s).stream()).mapToDouble(Panel.Point::y),
                        Arrays.stream(limits.nanos()))
                .toArray();
        List<LevelVerdict> lost = lost();
        double top = area.top() + (lost.isEmpty() ? 0 : STRIP);
        Panel panel = new Panel(
                svg, levels.axis(area.left(), area.right()), ChartStyle.latencies(values, area.bottom(), top));
        panel.frame(levels.unit(), "");
        strip(svg, area, panel, lost);
        Labels labels = new Labels(svg, panel);
        limits.draw(svg, panel, labels);
        List<Legend.Entry> legend = new ArrayList<>();
        for (Series each : series) {
            line(svg, panel, labels, each);
            legend.add(new Legend.Entry(each.name(), Stroke.solid(each.colour(), 2.5)));
        }
        Legend.draw(svg, area.left(), area.top() - Area.LEGEND, legend);
        limits.name(panel, labels);
        numbers(panel, labels, area.width() / levels.levels().size());
        svg.text(
                area.left() - 10,
                area.bottom() + Area.ROW,
                "budgets",
                Type.plain(Palette.MUTED).size(11).end());
        marks(svg, panel, area.bottom() + Area.ROW - 4);
    }

    // Marks of close levels would run into each other: then what passed gives way.
    private void marks(Svg svg, Panel panel, double y) {
        List<Double> taken = new ArrayList<>();
        levels.levels().stream()
                .sorted(Comparator.comparing(LevelVerdict::verdict).reversed())
                .forEach(level -> {
                    double x = panel.x().at(SweepLevels.users(level));
                    boolean free = taken.stream().allMatch(other -> Math.abs(other - x) >= MARK_WIDTH);
                    if (free || level.verdict() != Verdict.PASS) {
                        taken.add(x);
                    }
                });
        for (LevelVerdict level : levels.levels()) {
            double x = panel.x().at(SweepLevels.users(level));
            if (taken.contains(x)) {
                ChartStyle.mark(svg, x, y, level.verdict());
            }
        }
    }

    private void line(Svg svg, Panel panel, Labels labels, Series one) {
        for (List<Panel.Point> piece : pieces(one)) {
            panel.line(piece, Stroke.solid(one.colour(), 2.5));
            labels.avoid(piece);
        }
        List<Panel.Point> points = points(one);
        labels.avoidDots(points);
        ChartStyle.dots(svg, panel, points, one.colour(), point -> one.name() + " " + Numbers.latency(point.y()));
    }

    // Few levels have room for their numbers, more for those of one series; many have the tables for them.
    private void numbers(Panel panel, Labels labels, double room) {
        int last = room >= ROOM_FOR_ALL && series == USUAL ? series.size() : room >= ROOM_FOR_ONE ? 2 : 1;
        for (Series each : series.subList(1, last)) {
            for (Panel.Point point : points(each)) {
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
                .filter(l -> value(l, series.get(1)).isEmpty())
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
                "failed",
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
        return values.isRanked() ? values.ranked(series.metric(), series.percentile()) : OptionalDouble.empty();
    }
}
