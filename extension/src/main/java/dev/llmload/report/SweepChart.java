package dev.llmload.report;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.chart.Axis;
import dev.llmload.report.chart.Labels;
import dev.llmload.report.chart.Labels.Spot;
import dev.llmload.report.chart.Legend;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Panel;
import dev.llmload.report.chart.Scale;
import dev.llmload.report.chart.Stroke;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Tick;
import dev.llmload.report.chart.Type;
import dev.llmload.report.chart.Type.Anchor;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** Latency and throughput by level, side by side, with the verdict and the success of each level beneath. */
public final class SweepChart {
    private static final int HEIGHT = 500;
    private static final double TOP = 112;
    private static final double BOTTOM = 390;
    private static final Stroke IDEAL = Stroke.dashed(Palette.AXIS, 1.2);

    /** So many levels still have room for their numbers in the picture. */
    private static final int FEW = 6;

    /** Levels further apart than this are spaced by the logarithm. */
    private static final double WIDE = 20;

    private record Series(String name, Metric metric, double percentile, String colour) {}

    private static final List<Series> LATENCIES = List.of(
            new Series("TTFT p50", Metric.TTFT, 50, Palette.SKY),
            new Series("TTFT p95", Metric.TTFT, 95, Palette.BLUE),
            new Series("total latency p95", Metric.E2E, 95, Palette.PURPLE));

    private final Svg svg;
    private final List<LevelVerdict> levels;

    private SweepChart(Svg svg, List<LevelVerdict> levels) {
        this.svg = svg;
        this.levels = levels;
    }

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
        List<LevelVerdict> rising = test.levels().stream()
                .sorted((a, b) -> Integer.compare(users(a), users(b)))
                .toList();
        if (rising.isEmpty()) {
            svg.text(
                    ChartStyle.WIDTH / 2.0,
                    240,
                    ChartStyle.shorten(test.error(), 110),
                    Type.plain(Palette.VERMILLION).size(13).middle());
        } else {
            SweepChart chart = new SweepChart(svg, rising);
            chart.latencies();
            chart.throughput();
        }
        return svg.toString();
    }

    private void latencies() {
        double[] values = LATENCIES.stream()
                .flatMapToDouble(s -> points(s).stream().mapToDouble(Panel.Point::y))
                .toArray();
        List<Limit> limits = limits();
        double[] all = DoubleStream.concat(
                        Arrays.stream(values), limits.stream().mapToDouble(Limit::nanos))
                .toArray();
        Panel panel = new Panel(svg, users(84, 436), ChartStyle.latencies(all, BOTTOM, TOP));
        panel.frame("users", "");
        limits.forEach(l ->
                svg.line(84, panel.y().at(l.nanos()), 436, panel.y().at(l.nanos()), Stroke.dashed(Palette.MUTED, 1.2)));
        Labels labels = new Labels(svg, panel);
        List<Legend.Entry> legend = new ArrayList<>();
        for (Series series : LATENCIES) {
            List<Panel.Point> points = points(series);
            panel.line(points, Stroke.solid(series.colour(), 2.5));
            labels.avoid(points);
            points.forEach(p -> svg.dot(
                    panel.x().at(p.x()),
                    panel.y().at(p.y()),
                    4.5,
                    series.colour(),
                    series.name() + " " + Numbers.latency(p.y())));
            legend.add(new Legend.Entry(series.name(), Stroke.solid(series.colour(), 2.5)));
        }
        Legend.draw(svg, 84, TOP - 18, legend);
        limits.forEach(l -> labels.avoid(LimitTexts.line(panel, l)));
        limits.forEach(l -> LimitTexts.put(labels, panel, l, Palette.MUTED));
        numbers(panel, labels);
        onFailures(panel);
        svg.text(84 - 12, BOTTOM + 66, "budgets", Type.plain(Palette.MUTED).end());
        for (LevelVerdict level : levels) {
            ChartStyle.mark(svg, panel.x().at(users(level)), BOTTOM + 62, level.verdict());
        }
    }

    // Budgets that hold for every level are lines; others would need a mark per level and are in the tables.
    private List<Limit> limits() {
        List<Metric> drawn = LATENCIES.stream().map(Series::metric).toList();
        List<String> seen = new ArrayList<>();
        return levels.stream()
                .flatMap(l -> Limit.of(l, drawn).stream())
                .filter(l -> l.outcome().budget().at().isEmpty())
                .filter(l -> {
                    String text = l.outcome().budget().text();
                    return !seen.contains(text) && seen.add(text);
                })
                .toList();
    }

    // Few levels have room for their numbers; many have the tables for them.
    private void numbers(Panel panel, Labels labels) {
        if (levels.size() > FEW) {
            return;
        }
        for (Series series : LATENCIES.subList(1, LATENCIES.size())) {
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
                        new Spot(x + 7, y + 13, Anchor.START));
            }
        }
    }

    private void onFailures(Panel panel) {
        List<LevelVerdict> lost = levels.stream()
                .filter(l -> l.result().requests().failed() > 0)
                .filter(l -> value(l, LATENCIES.get(1)).isEmpty())
                .toList();
        lost.forEach(l -> ChartStyle.mark(svg, panel.x().at(users(l)), TOP + 12, Verdict.FAIL));
        if (!lost.isEmpty()) {
            Type type = Type.plain(ChartStyle.ink(Verdict.FAIL)).haloed();
            svg.text(panel.x().at(users(lost.get(0))) - 10, TOP + 16, "p95 is a failed request", type.end());
        }
    }

    private void throughput() {
        List<Panel.Point> points = levels.stream()
                .filter(l -> l.result().throughput().isPresent())
                .map(l -> new Panel.Point(users(l), l.result().throughput().value()))
                .toList();
        double high = points.stream().mapToDouble(Panel.Point::y).max().orElse(1);
        Axis y = ChartStyle.fromZero(high * 1.08, BOTTOM, TOP);
        Panel panel = new Panel(svg, users(536, 876), y);
        panel.frame("users", "");
        ideal(panel, points);
        Stroke stroke = Stroke.solid(Palette.GREEN, 2.5);
        panel.line(points, stroke);
        for (Panel.Point point : points) {
            svg.dot(panel.x().at(point.x()), y.at(point.y()), 4.5, Palette.GREEN, Numbers.plain(point.y()) + " tok/s");
        }
        List<Legend.Entry> legend = new ArrayList<>(List.of(new Legend.Entry("throughput, tok/s", stroke)));
        if (points.size() > 1) {
            legend.add(new Legend.Entry("if it scaled linearly", IDEAL));
        }
        Legend.draw(svg, 536, TOP - 18, legend);
        values(panel, points);
        success(panel);
    }

    private void ideal(Panel panel, List<Panel.Point> points) {
        if (points.size() < 2) {
            return;
        }
        double perUser = points.get(0).y() / points.get(0).x();
        double end = Math.min(panel.x().high(), panel.y().high() / perUser);
        double start = points.get(0).x();
        List<Panel.Point> line = DoubleStream.iterate(0, i -> i <= 40, i -> i + 1)
                .map(i -> start * Math.pow(end / start, i / 40))
                .mapToObj(u -> new Panel.Point(u, u * perUser))
                .toList();
        panel.line(line, IDEAL);
    }

    private void values(Panel panel, List<Panel.Point> points) {
        Type type = Type.plain(Palette.INK).haloed();
        double free = Double.NEGATIVE_INFINITY;
        for (Panel.Point point : points) {
            String text = Numbers.plain(point.y());
            double half = type.width(text) / 2;
            double x = Math.min(panel.x().to() - half, panel.x().at(point.x()));
            if (x - half > free) {
                double y = panel.y().at(point.y());
                svg.text(x, y > BOTTOM - 26 ? y - 10 : y + 20, text, type.middle());
                free = x + half + 2;
            }
        }
    }

    private void success(Panel panel) {
        svg.text(536 - 12, BOTTOM + 66, "success, %", Type.plain(Palette.MUTED).end());
        double free = Double.NEGATIVE_INFINITY;
        for (LevelVerdict level : levels) {
            double share = Numbers.success(level.result().requests());
            String text = Double.isNaN(share) ? "–" : Numbers.percent(share).replaceFirst("(\\.0)? %$", "");
            Type type = Type.plain(share < 0.99 ? ChartStyle.ink(Verdict.FAIL) : Palette.INK)
                    .middle();
            double x = panel.x().at(users(level));
            double half = type.width(text) / 2;
            if (x - half > free) {
                svg.text(x, BOTTOM + 66, text, type);
                free = x + half + 3;
            }
        }
    }

    private List<Panel.Point> points(Series series) {
        List<Panel.Point> points = new ArrayList<>();
        for (LevelVerdict level : levels) {
            value(level, series).ifPresent(v -> points.add(new Panel.Point(users(level), v)));
        }
        return points;
    }

    private static OptionalDouble value(LevelVerdict level, Series series) {
        Distribution values = level.result().distribution(series.metric());
        return values.isPresent() ? values.percentileFailuresAbove(series.percentile()) : OptionalDouble.empty();
    }

    private Axis users(double left, double right) {
        double low = users(levels.get(0));
        double high = users(levels.get(levels.size() - 1));
        List<Tick> ticks = levels.stream()
                .map(l -> new Tick(users(l), Integer.toString(users(l))))
                .distinct()
                .toList();
        return high / low > WIDE
                ? new Axis(Scale.LOG, low / 1.3, high * 1.2, left, right, ticks)
                : new Axis(Scale.LINEAR, 0, levels.size() == 1 ? high * 2 : high * 1.08, left, right, ticks);
    }

    private static int users(LevelVerdict level) {
        return level.result().level().concurrency();
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
