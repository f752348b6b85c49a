package dev.llmload.report.chart;

import java.util.List;

/**
 * One axis: which values it spans, how they are stretched, where its marks are, and where that lies on the paper.
 * Immutable.
 *
 * @param scale how values are stretched
 * @param low value at {@code from}
 * @param high value at {@code to}, above {@code low}
 * @param from pixel of the low end
 * @param to pixel of the high end; below {@code from} for an axis that rises upwards
 * @param ticks its marks, in rising order
 */
public record Axis(Scale scale, double low, double high, double from, double to, List<Tick> ticks) {
    /** Refuses a span that cannot be drawn. */
    public Axis {
        if (!(scale.stretch(high) > scale.stretch(low))) {
            throw new IllegalArgumentException("an axis must rise, but goes from " + low + " to " + high);
        }
        ticks = List.copyOf(ticks);
    }

    /** The pixel of a value; values outside the span are put at its ends. */
    public double at(double value) {
        double start = scale.stretch(low);
        double share = (scale.stretch(value) - start) / (scale.stretch(high) - start);
        return from + Math.min(1, Math.max(0, share)) * (to - from);
    }
}
