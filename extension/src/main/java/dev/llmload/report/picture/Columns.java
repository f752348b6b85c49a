package dev.llmload.report.picture;

import dev.llmload.report.chart.Axis;
import dev.llmload.report.chart.Scale;
import dev.llmload.report.chart.Tick;
import java.util.ArrayList;
import java.util.List;

/** A horizontal axis of things that have no size: one column each, of equal width. */
final class Columns {
    private Columns() {}

    /**
     * The axis; column i has its middle at i + 0.5.
     *
     * @param names one per column
     */
    static Axis axis(List<String> names, Area area) {
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            ticks.add(new Tick(i + 0.5, names.get(i)));
        }
        return new Axis(Scale.LINEAR, 0, Math.max(1, names.size()), area.left(), area.right(), ticks);
    }

    /** Width of a bar: most of a column, but no wider than looks like one. */
    static double width(int columns, Area area) {
        return Math.min(64, area.width() / Math.max(1, columns) * 0.6);
    }
}
