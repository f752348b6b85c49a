package dev.llmload.report.chart;

import java.util.List;

/** One row of colour and name, above a panel rather than in it, so that it can never lie over the data. */
public final class Legend {
    private static final Type NAME = Type.plain(Palette.INK);

    private Legend() {}

    /**
     * One series.
     *
     * @param name what it is
     * @param stroke how its line is drawn
     */
    public record Entry(String name, Stroke stroke) {}

    /**
     * Draws the row.
     *
     * @param svg the document
     * @param left left end
     * @param y base line
     * @param entries from left to right
     */
    public static void draw(Svg svg, double left, double y, List<Entry> entries) {
        double x = left;
        for (Entry entry : entries) {
            svg.line(x, y - 4, x + 18, y - 4, entry.stroke());
            svg.text(x + 23, y, entry.name(), NAME);
            x += 23 + NAME.width(entry.name()) + 12;
        }
    }
}
