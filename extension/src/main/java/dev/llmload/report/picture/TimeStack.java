package dev.llmload.report.picture;

import dev.llmload.report.Numbers;
import dev.llmload.report.chart.Axis;
import dev.llmload.report.chart.Legend;
import dev.llmload.report.chart.Palette;
import dev.llmload.report.chart.Panel;
import dev.llmload.report.chart.Scale;
import dev.llmload.report.chart.Stroke;
import dev.llmload.report.chart.Svg;
import dev.llmload.report.chart.Tick;
import dev.llmload.report.chart.Ticks;
import dev.llmload.report.chart.Type;
import java.util.Arrays;
import java.util.List;

/** Panels one above the other that share one axis of seconds, with bands across all of them. Not thread-safe. */
final class TimeStack {
    private static final double LEFT = 84;
    private static final double RIGHT = ChartStyle.WIDTH - ChartStyle.MARGIN;
    private static final double TOP = 118;
    private static final double HEIGHT = 92;
    private static final double GAP = 46;

    private final Svg svg;
    private final double seconds;
    private final int panels;
    private int drawn;

    TimeStack(Svg svg, double seconds, int panels) {
        this.svg = svg;
        this.seconds = Math.max(seconds, 1);
        this.panels = panels;
    }

    /** Height of a picture with so many panels. */
    static int height(int panels) {
        return (int) (TOP + panels * HEIGHT + (panels - 1) * GAP + 66);
    }

    /** A stretch of time, shaded behind all panels; call it before any of them. */
    void band(double from, double to, String name) {
        double bottom = TOP + panels * HEIGHT + (panels - 1) * GAP;
        double left = x().at(from);
        double right = x().at(to);
        svg.rect(left, TOP, Math.max(1, right - left), bottom - TOP, Palette.SKY, 0.12);
        Type type = Type.plain(Palette.MUTED).size(11);
        if (type.width(name) < right - left) {
            svg.text((left + right) / 2, bottom + 56, name, type.middle());
        }
    }

    /** Those that have a line; the first where none has, so that there is something to say it on. */
    static List<Part> measured(List<Part> parts) {
        List<Part> some = parts.stream().filter(part -> !part.lines().isEmpty()).toList();
        return some.isEmpty() ? parts.subList(0, 1) : some;
    }

    /**
     * The next panel from above.
     *
     * @param part what it shows
     * @param absent what to say where it has no line
     * @return the panel, for more to be drawn on it
     */
    Panel panel(Part part, String absent) {
        List<Line> series = part.lines();
        double least = part.least();
        double top = TOP + drawn * (HEIGHT + GAP);
        double bottom = top + HEIGHT;
        drawn++;
        double high = series.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Panel.Point::y)
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        // A little room above the data; an axis that has a natural end, such as 100 %, ends there.
        Axis y = compact(high <= least ? least : high * 1.04, bottom, top);
        Panel panel = new Panel(svg, drawn == panels ? x() : unlabelled(), y);
        panel.frame(drawn == panels ? "seconds" : "", "");
        Legend.draw(
                svg,
                LEFT,
                top - 11,
                series.stream()
                        .map(line -> new Legend.Entry(line.name(), line.stroke()))
                        .toList());
        if (series.isEmpty()) {
            svg.text(
                    (LEFT + RIGHT) / 2,
                    (top + bottom) / 2,
                    absent,
                    Type.plain(Palette.MUTED).middle());
        }
        series.forEach(line -> draw(panel, line));
        return panel;
    }

    private static void draw(Panel panel, Line line) {
        if (line.steps()) {
            double end = line.points().isEmpty()
                    ? 0
                    : line.points().get(line.points().size() - 1).x();
            panel.steps(line.points(), end, line.stroke());
        } else {
            panel.line(line.points(), line.stroke());
        }
    }

    private Axis x() {
        double[] at = Ticks.linear(seconds, 8);
        List<Tick> ticks = Arrays.stream(at)
                .filter(v -> v <= seconds * 1.001)
                .mapToObj(v -> new Tick(v, Numbers.trim(v, 1)))
                .toList();
        return new Axis(Scale.LINEAR, 0, seconds, LEFT, RIGHT, ticks);
    }

    private Axis unlabelled() {
        Axis axis = x();
        return new Axis(
                Scale.LINEAR,
                0,
                seconds,
                LEFT,
                RIGHT,
                axis.ticks().stream().map(tick -> new Tick(tick.value(), "")).toList());
    }

    private static Axis compact(double high, double bottom, double top) {
        double[] at = Ticks.linear(high > 0 ? high : 1, high == 100 ? 2 : 3);
        List<Tick> ticks =
                Arrays.stream(at).mapToObj(v -> new Tick(v, Numbers.trim(v, 3))).toList();
        return new Axis(Scale.LINEAR, 0, at[at.length - 1], bottom, top, ticks);
    }

    /**
     * What a panel shows.
     *
     * @param lines none where nothing was measured
     * @param least the axis goes at least up to this
     */
    record Part(List<Line> lines, double least) {}

    /**
     * One line of a panel.
     *
     * @param name with its unit
     * @param points seconds and values
     * @param stroke how it is drawn
     * @param steps whether each value holds up to its point; else points are joined
     */
    record Line(String name, List<Panel.Point> points, Stroke stroke, boolean steps) {}
}
