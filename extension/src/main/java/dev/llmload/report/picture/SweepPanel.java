package dev.llmload.report.picture;

import dev.llmload.report.chart.Svg;

/** One view of a sweep: part of the comprehensive picture, and a picture of its own. */
interface SweepPanel {
    /** Part of its file's name: {@code throughput}. */
    String key();

    /** What it shows, with its unit: {@code throughput, tok/s}. */
    String title();

    /** What it teaches, in a sentence. */
    String finding();

    /** Whether there is anything to draw; if not, it is no picture of its own. */
    default boolean isMeasured() {
        return true;
    }

    /** Draws the plot, with its legend above and its axis beneath. */
    void draw(Svg svg, Area area);
}
