package dev.llmload.report.chart;

import java.util.List;

/** One pair of axes on the paper: quiet grid, marks, titles. Not thread-safe. */
public final class Panel {
    private static final Stroke GRID = Stroke.solid(Palette.GRID, 1);
    private static final Stroke BASE = Stroke.solid(Palette.AXIS, 1);
    private static final Type MARK = Type.plain(Palette.MUTED);

    private final Svg svg;
    private final Axis x;
    private final Axis y;

    /**
     * Over two axes.
     *
     * @param svg the document
     * @param x from left to right
     * @param y from bottom to top
     */
    public Panel(Svg svg, Axis x, Axis y) {
        this.svg = svg;
        this.x = x;
        this.y = y;
    }

    /** The axis from left to right. */
    public Axis x() {
        return x;
    }

    /** The axis from bottom to top. */
    public Axis y() {
        return y;
    }

    /**
     * Draws grid, marks and titles; call it before anything that should lie on top. A mark whose label would run into
     * its neighbour's keeps its grid line and loses its label.
     *
     * @param xTitle under the horizontal axis
     * @param yTitle above the vertical one, at its left
     */
    public void frame(String xTitle, String yTitle) {
        for (Tick tick : y.ticks()) {
            double at = y.at(tick.value());
            svg.line(x.from(), at, x.to(), at, GRID);
            svg.text(x.from() - 8, at + 4, tick.label(), MARK.end());
        }
        double free = Double.NEGATIVE_INFINITY;
        for (Tick tick : x.ticks()) {
            double at = x.at(tick.value());
            svg.line(at, y.from(), at, y.to(), GRID);
            double half = MARK.width(tick.label()) / 2;
            if (at - half >= free) {
                svg.text(at, y.from() + 18, tick.label(), MARK.middle());
                free = at + half + 4;
            }
        }
        svg.line(x.from(), y.from(), x.to(), y.from(), BASE);
        svg.text((x.from() + x.to()) / 2, y.from() + 38, xTitle, MARK.middle());
        svg.text(x.from(), y.to() - 12, yTitle, Type.plain(Palette.INK).strong());
    }

    /** Draws points, joined in their order by straight lines. */
    public void line(List<Point> points, Stroke stroke) {
        Path path = new Path();
        points.forEach(p -> path.to(x.at(p.x()), y.at(p.y())));
        if (points.size() > 1) {
            svg.path(path, stroke);
        }
    }

    /**
     * Draws points as steps: each value holds from the point before it up to its own, the first from the low end of the
     * axis, the last up to {@code end}.
     */
    public void steps(List<Point> points, double end, Stroke stroke) {
        if (points.isEmpty()) {
            return;
        }
        Path path = new Path().to(x.from(), y.at(points.get(0).y()));
        double reached = x.from();
        for (Point point : points) {
            path.step(reached, y.at(point.y()));
            reached = x.at(point.x());
        }
        svg.path(path.along(x.at(end)), stroke);
    }

    /**
     * A point in the values of the axes.
     *
     * @param x horizontal
     * @param y vertical
     */
    public record Point(double x, double y) {}
}
