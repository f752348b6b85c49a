package dev.llmload.report.chart;

/** The commands of an SVG path. Not thread-safe. */
public final class Path {
    private final StringBuilder commands = new StringBuilder();

    /** An empty path. */
    public Path() {}

    /** Whether nothing has been added. */
    public boolean isEmpty() {
        return commands.length() == 0;
    }

    /** A straight line to a point; the first point only starts the path. */
    public Path to(double x, double y) {
        commands.append(isEmpty() ? 'M' : 'L').append(Svg.number(x)).append(' ').append(Svg.number(y));
        return this;
    }

    /** Lifts the pen and goes to a point. */
    public Path move(double x, double y) {
        commands.append('M').append(Svg.number(x)).append(' ').append(Svg.number(y));
        return this;
    }

    /** A step: along to x, then up or down to y. */
    public Path step(double x, double y) {
        if (isEmpty()) {
            return to(x, y);
        }
        commands.append('H').append(Svg.number(x)).append('V').append(Svg.number(y));
        return this;
    }

    /** Along to x. */
    public Path along(double x) {
        commands.append('H').append(Svg.number(x));
        return this;
    }

    String commands() {
        return commands.toString();
    }
}
