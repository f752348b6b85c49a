package dev.llmload.report.picture;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Numbers;
import dev.llmload.report.chart.Axis;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Panel;
import dev.llmload.report.chart.Path;
import dev.llmload.report.chart.Scale;
import dev.llmload.report.chart.Stroke;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Tick;
import dev.llmload.report.chart.Ticks;
import dev.llmload.report.chart.Type;
import dev.llmload.result.Verdict;
import dev.llmload.result.Window;
import dev.llmload.result.text.CountText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What the charts of a run have in common: headings, marks, axes of latencies. */
public final class ChartStyle {
    static final int WIDTH = 900;
    static final int MARGIN = 24;
    /** A logarithmic axis from this ratio of highest to lowest value on. */
    private static final double WIDE = 12;
    /** This share of an axis stays free above the highest value, for the text of a limit. */
    private static final double HEADROOM = 0.07;

    private ChartStyle() {}

    /** The finding, what it is about, and where everything shown came from. */
    static void heading(Svg svg, String finding, String about, boolean simulated) {
        double room = svg.width() - 2.0 * MARGIN - (simulated ? 116 : 0);
        Type title = Type.plain(Palette.INK).size(18).strong();
        double fit = Math.min(1, room / title.width(finding));
        svg.text(MARGIN, 34, finding, title.size(Math.max(12, Math.floor(18 * fit))));
        svg.text(MARGIN, 55, about, Type.plain(Palette.MUTED).size(12.5));
        if (simulated) {
            Type mark = Type.plain(Palette.WHITE).strong().middle();
            svg.rect(svg.width() - MARGIN - 100, 18, 100, 22, Palette.MUTED, 1);
            svg.text(svg.width() - MARGIN - 50.0, 33, "SIMULATED", mark);
        }
    }

    /** {@code steady window 38.2 s, 500 requests, 97.0 % successful · llama-3-8b}. */
    public static String about(LevelVerdict level) {
        var result = level.result();
        var requests = result.requests();
        return String.format(
                Locale.ROOT,
                "%s · %s, %s · %s of %s",
                shorten(result.subject().model(), 48),
                CountText.of(requests.attempted(), "request"),
                requests.attempted() == requests.cut()
                        ? "none ended"
                        : Numbers.percent(Numbers.success(requests)) + " successful",
                result.window().kind() == Window.Kind.STEADY ? "steady window" : "whole run",
                Numbers.seconds(result.window().seconds()));
    }

    /** A dot at each point; its title says its value. */
    static void dots(
            Svg svg, Panel panel, List<Panel.Point> points, String colour, Function<Panel.Point, String> title) {
        points.forEach(
                point -> svg.dot(panel.x().at(point.x()), panel.y().at(point.y()), 4.5, colour, title.apply(point)));
    }

    static String shorten(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }

    static String colour(Verdict verdict) {
        return switch (verdict) {
            case PASS -> Palette.GREEN;
            case FAIL -> Palette.VERMILLION;
            case INCONCLUSIVE -> Palette.ORANGE;
            case NOT_MEASURED -> Palette.AXIS;
        };
    }

    /** The same for text, dark enough to be read on white. */
    static String ink(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "#006B4E";
            case FAIL -> "#A84300";
            case INCONCLUSIVE -> "#8A5A00";
            case NOT_MEASURED -> Palette.MUTED;
        };
    }

    /** The mark of a verdict, drawn rather than written, because fonts differ in check marks. */
    static void mark(Svg svg, double x, double y, Verdict verdict) {
        Stroke stroke = Stroke.solid(colour(verdict), 2.5);
        switch (verdict) {
            case PASS -> svg.path(new Path().to(x - 5, y).to(x - 1.5, y + 4).to(x + 5.5, y - 5), stroke);
            case FAIL ->
                svg.path(
                        new Path()
                                .to(x - 4.5, y - 4.5)
                                .to(x + 4.5, y + 4.5)
                                .move(x - 4.5, y + 4.5)
                                .to(x + 4.5, y - 4.5),
                        stroke);
            case INCONCLUSIVE ->
                svg.text(
                        x,
                        y + 5,
                        "?",
                        Type.plain(colour(verdict)).size(16).strong().middle());
            case NOT_MEASURED -> svg.path(new Path().to(x - 5, y).to(x + 5, y), stroke);
        }
    }

    /**
     * An axis for latencies in nanoseconds: from 0 if the values are of one size, by the logarithm if they are not. Its
     * top need not be a mark.
     *
     * @param values what must fit, positive ones; none gives an axis of one second
     */
    static Axis latencies(double[] values, double bottom, double top) {
        double[] positive = Arrays.stream(values)
                .filter(v -> v > 0)
                .map(v -> Math.max(v, 1e3))
                .toArray();
        double high = Arrays.stream(positive).max().orElse(1e9);
        double low = Arrays.stream(positive).min().orElse(high);
        if (high / low >= WIDE) {
            double[] at = Ticks.log(low, high);
            double room = high * Math.pow(high / at[0], HEADROOM);
            return new Axis(Scale.LOG, at[0], Math.max(room, at[at.length - 1]), bottom, top, label(at));
        }
        double unit = high >= 2e9 ? 1e9 : high >= 2e6 ? 1e6 : 1e3;
        double[] at = Arrays.stream(Ticks.linear(high * (1 + HEADROOM) / unit, 5))
                .map(v -> v * unit)
                .toArray();
        return new Axis(Scale.LINEAR, 0, at[at.length - 1], bottom, top, label(at));
    }

    /** An axis from 0. */
    static Axis fromZero(double high, double bottom, double top) {
        return fromZero(high, bottom, top, 5);
    }

    /** An axis from 0 with about so many steps. */
    static Axis fromZero(double high, double bottom, double top, int about) {
        double[] at = Ticks.linear(high > 0 ? high : 1, about);
        List<Tick> ticks =
                Arrays.stream(at).mapToObj(v -> new Tick(v, Numbers.trim(v, 3))).toList();
        return new Axis(Scale.LINEAR, 0, at[at.length - 1], bottom, top, ticks);
    }

    private static List<Tick> label(double[] nanos) {
        double high = nanos[nanos.length - 1];
        boolean mixed = nanos[0] > 0;
        return Arrays.stream(nanos)
                .mapToObj(v -> new Tick(v, v == 0 ? "0" : duration(v, mixed ? v : high)))
                .toList();
    }

    private static String duration(double nanos, double size) {
        return size >= 1e9 * 0.9999
                ? Numbers.trim(nanos / 1e9, 3) + " s"
                : size >= 1e6 * 0.9999 ? Numbers.trim(nanos / 1e6, 3) + " ms" : Numbers.trim(nanos / 1e3, 3) + " µs";
    }
}
