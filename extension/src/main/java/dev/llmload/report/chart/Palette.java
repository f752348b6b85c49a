package dev.llmload.report.chart;

/**
 * The colours of the house style: the palette of Okabe and Ito, which stays apart for colour-blind readers, and quiet
 * greys for everything that is not data. Written for a white ground.
 */
public final class Palette {
    /** First series. */
    public static final String BLUE = "#0072B2";
    /** Second series. */
    public static final String ORANGE = "#E69F00";
    /** Third series; also what holds. */
    public static final String GREEN = "#009E73";
    /** What is broken. */
    public static final String VERMILLION = "#D55E00";
    /** Fourth series. */
    public static final String PURPLE = "#CC79A7";
    /** Fifth series. */
    public static final String SKY = "#56B4E9";
    /** Text. */
    public static final String INK = "#222222";
    /** Secondary text. */
    public static final String MUTED = "#5F6368";
    /** Grid lines. */
    public static final String GRID = "#E6E8EB";
    /** Axis lines and reference lines. */
    public static final String AXIS = "#9AA0A6";
    /** The ground. */
    public static final String WHITE = "#FFFFFF";

    private Palette() {}
}
