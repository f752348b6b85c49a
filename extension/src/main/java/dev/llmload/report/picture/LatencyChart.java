package dev.llmload.report.picture;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.BudgetLine;
import dev.llmload.report.Findings;
import dev.llmload.report.Numbers;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * The latency distribution of one level on a percentile axis, stretched as HdrHistogram plots it: TTFT and total
 * latency, and TPOT on a panel of its own, with the budgets as lines. A failed request ranks above every value, so a
 * curve ends where the failures begin, and their share is shaded.
 */
public final class LatencyChart {
    private static final int HEIGHT = 470;
    private static final double TOP = 112;
    private static final double BOTTOM = 408;
    private static final List<Series> LEFT = List.of(
            new Series(Metric.TTFT, "TTFT", Palette.BLUE), new Series(Metric.E2E, "total latency", Palette.PURPLE));
    private static final List<Series> RIGHT = List.of(new Series(Metric.TPOT, "TPOT", Palette.SKY));
    private static final double[] MARKS = {50, 90, 95, 99, 99.9, 99.99, 99.999};

    private record Series(Metric metric, String name, String colour) {}

    private final Svg svg;
    private final LevelVerdict level;
    private final LoadResult result;

    private LatencyChart(Svg svg, LevelVerdict level) {
        this.svg = svg;
        this.level = level;
        this.result = level.result();
    }

    /**
     * Draws it.
     *
     * @param level a judged level; one without a single value gives a picture that says so
     * @return an SVG document, the same for the same level
     */
    public static String svg(LevelVerdict level) {
        String finding = Findings.latency(level);
        Svg svg = new Svg(ChartStyle.WIDTH, HEIGHT, finding, describe(level));
        ChartStyle.heading(
                svg, finding, ChartStyle.about(level), level.result().subject().simulated());
        new LatencyChart(svg, level).draw();
        return svg.toString();
    }

    // What a budget on the metric is judged by.
    private Distribution values(Series series) {
        return result.distribution(series.metric());
    }

    private void draw() {
        boolean tpot = result.distribution(Metric.TPOT).isPresent();
        panel(LEFT, 78, tpot ? 530 : ChartStyle.WIDTH - 44);
        if (tpot) {
            panel(RIGHT, 622, ChartStyle.WIDTH - 28);
        }
    }

    private void panel(List<Series> series, double left, double right) {
        List<Series> shown = series.stream().filter(s -> values(s).isPresent()).toList();
        if (shown.isEmpty()) {
            nothing();
            return;
        }
        List<Limit> limits = Limit.of(level, shown.stream().map(Series::metric).toList());
        double[] values = DoubleStream.concat(
                        shown.stream()
                                .map(s -> values(s))
                                .flatMapToDouble(d -> DoubleStream.of(d.percentile(1), d.max())),
                        limits.stream().mapToDouble(Limit::nanos))
                .toArray();
        double high = highest(values(shown.get(0)), limits);
        Panel panel = new Panel(svg, percentiles(high, left, right), ChartStyle.latencies(values, BOTTOM, TOP));
        panel.frame(
                result.level().isOpen()
                        ? "percentile of requests, from the scheduled instant"
                        : "percentile of requests",
                "");
        Legend.draw(
                svg,
                left,
                TOP - 18,
                shown.stream()
                        .map(s -> new Legend.Entry(s.name(), Stroke.solid(s.colour(), 2.5)))
                        .toList());
        failures(panel, values(shown.get(0)));
        limits.forEach(l -> svg.line(
                left,
                panel.y().at(l.nanos()),
                right,
                panel.y().at(l.nanos()),
                Stroke.dashed(ChartStyle.colour(l.outcome().verdict()), 1.5)));
        Labels labels = new Labels(svg, panel);
        shown.forEach(s -> labels.avoid(curve(panel, s)));
        limits.forEach(l ->
                labels.avoidLine(left, panel.y().at(l.nanos()), right, panel.y().at(l.nanos())));
        limits.forEach(l -> cross(labels, panel, l));
        limits.forEach(
                l -> LimitTexts.put(labels, panel, l, ChartStyle.ink(l.outcome().verdict())));
        decisive(limits).forEach(l -> actual(labels, panel, l));
    }

    private List<Panel.Point> curve(Panel panel, Series series) {
        Distribution values = values(series);
        List<Panel.Point> points = new ArrayList<>();
        for (double p : ranks(panel.x(), values)) {
            values.percentileFailuresAbove(p).ifPresent(v -> points.add(new Panel.Point(p, v)));
        }
        double share = 100.0 * values.count() / (values.count() + values.failed());
        double end = values.failed() == 0
                ? panel.x().high()
                : Math.min(share, panel.x().high());
        panel.steps(points, end, Stroke.solid(series.colour(), 2.5));
        return points;
    }

    // Every rank of a small sample; of a large one about one per two pixels, which is all that can be seen.
    private static double[] ranks(Axis x, Distribution values) {
        long all = values.count() + values.failed();
        if (all <= 200) {
            return DoubleStream.iterate(1, i -> i <= all, i -> i + 1)
                    .map(i -> 100.0 * i / all)
                    .toArray();
        }
        int steps = (int) ((x.to() - x.from()) / 2);
        double stretch = -Math.log1p(-x.high() / 100);
        return DoubleStream.iterate(1, i -> i <= steps, i -> i + 1)
                .map(i -> -100 * Math.expm1(-stretch * i / steps))
                .toArray();
    }

    private void failures(Panel panel, Distribution values) {
        if (values.failed() == 0) {
            return;
        }
        double share = (double) values.failed() / (values.count() + values.failed());
        double from = panel.x().at(100 * (1 - share));
        double width = panel.x().to() - from;
        if (width >= 1) {
            svg.rect(from, TOP, width, BOTTOM - TOP, Palette.VERMILLION, 0.08);
        }
        Type type = Type.plain(ChartStyle.ink(Verdict.FAIL)).haloed();
        String text = Numbers.percent(share) + " failed";
        boolean inside = width > type.width(text) + 10;
        svg.text(inside ? from + 6 : panel.x().to() - 2, BOTTOM - 8, text, inside ? type : type.end());
    }

    // Two limits on one number make one dot, in the colour of the worse verdict.
    private static List<Limit> decisive(List<Limit> limits) {
        Map<String, Limit> byName = new LinkedHashMap<>();
        for (Limit limit : limits) {
            byName.merge(
                    limit.outcome().budget().name(),
                    limit,
                    (a, b) -> b.outcome().verdict().compareTo(a.outcome().verdict()) > 0 ? b : a);
        }
        return List.copyOf(byName.values());
    }

    // Where the judged percentile falls on a failed request, a cross on the limit.
    private void cross(Labels labels, Panel panel, Limit limit) {
        if (limit.percentile().isPresent() && BudgetLine.onFailure(limit.outcome())) {
            double x = panel.x().at(limit.percentile().getAsDouble());
            double y = panel.y().at(limit.nanos());
            ChartStyle.mark(svg, x, y, limit.outcome().verdict());
            labels.avoidLine(x - 5, y - 5, x + 5, y + 5);
        }
    }

    // The judged value as a dot on its curve.
    private void actual(Labels labels, Panel panel, Limit limit) {
        if (limit.percentile().isEmpty() || limit.actualNanos().isEmpty()) {
            return;
        }
        double x = panel.x().at(limit.percentile().getAsDouble());
        double value = limit.actualNanos().getAsDouble();
        double y = panel.y().at(value);
        Verdict verdict = limit.outcome().verdict();
        String text = Numbers.latency(value);
        String name = limit.outcome().budget().name();
        svg.dot(x, y, 5, ChartStyle.colour(verdict), name + " " + text);
        labels.put(
                text,
                Type.plain(ChartStyle.ink(verdict)).haloed(),
                new Spot(x, y - 9, Anchor.MIDDLE),
                new Spot(x, y + 18, Anchor.MIDDLE),
                new Spot(x - 9, y - 7, Anchor.END),
                new Spot(x + 9, y - 7, Anchor.START),
                new Spot(x + 9, y + 15, Anchor.START));
    }

    // As far as the sample can tell, but not far into the failures unless a budget looks there.
    private static double highest(Distribution values, List<Limit> limits) {
        long all = values.count() + values.failed();
        double told = all <= 20 ? 95 : all <= 100 ? 99 : all <= 1000 ? 99.9 : all <= 100_000 ? 99.99 : 99.999;
        if (values.failed() == 0) {
            return told;
        }
        double wanted = limits.stream()
                .flatMapToDouble(l -> l.percentile().stream())
                .max()
                .orElse(0);
        double succeeded = 100.0 * values.count() / all;
        double shown = Arrays.stream(MARKS)
                .filter(p -> p > succeeded && p >= wanted)
                .findFirst()
                .orElse(told);
        // a little beyond the mark, so that a cross at it lies in the picture
        return 100 - 100 * Math.pow(1 - Math.min(told, shown) / 100, 1.12);
    }

    private static Axis percentiles(double high, double left, double right) {
        List<Tick> ticks = new ArrayList<>(List.of(new Tick(0, "0")));
        Arrays.stream(MARKS).filter(p -> p <= high).forEach(p -> ticks.add(new Tick(p, Numbers.trim(p, 3))));
        return new Axis(Scale.PERCENTILE, 0, high, left, right, ticks);
    }

    private void nothing() {
        String why = result.distribution(Metric.TTFT).absentReason();
        String failed = BudgetLine.failures(result.requests());
        svg.text(
                ChartStyle.WIDTH / 2.0,
                230,
                "No latency to draw: " + why,
                Type.plain(Palette.MUTED).size(15).middle());
        svg.text(
                ChartStyle.WIDTH / 2.0,
                256,
                failed,
                Type.plain(Palette.VERMILLION).size(13).middle());
    }

    private static String describe(LevelVerdict level) {
        LoadResult result = level.result();
        StringBuilder text = new StringBuilder("Latency by percentile of the requests at ")
                .append(result.level().name());
        for (Metric metric : List.of(Metric.TTFT, Metric.E2E, Metric.TPOT)) {
            Distribution d = result.distribution(metric);
            if (d.isPresent()) {
                text.append("; ")
                        .append(metric.word())
                        .append(" of the successes p50 ")
                        .append(Numbers.latency(d.percentile(50)));
                text.append(", p95 ").append(Numbers.latency(d.percentile(95)));
            }
        }
        return text.append('.').toString();
    }
}
