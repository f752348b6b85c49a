package dev.llmload.report.chart;

/**
 * How a line is drawn.
 *
 * @param colour as SVG writes it
 * @param width in pixels
 * @param dashed dashed or solid
 */
public record Stroke(String colour, double width, boolean dashed) {
    /** A solid line. */
    public static Stroke solid(String colour, double width) {
        return new Stroke(colour, width, false);
    }

    /** A dashed line. */
    public static Stroke dashed(String colour, double width) {
        return new Stroke(colour, width, true);
    }
}
