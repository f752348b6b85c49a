package dev.llmload.report.picture;

/**
 * Where the plot of a panel lies on the paper, in pixels; marks and titles go around it.
 *
 * @param left its left edge
 * @param top its upper edge
 * @param right its right edge
 * @param bottom its lower edge, below {@code top}
 */
record Area(double left, double top, double right, double bottom) {
    /** From a panel's legend, above it, to the plot. */
    static final double LEGEND = 18;

    /** From the plot to the base line of a row of marks beneath the axis and its title. */
    static final double ROW = 60;

    double width() {
        return right - left;
    }

    double middle() {
        return (left + right) / 2;
    }
}
