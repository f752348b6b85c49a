package dev.llmload.report;

/**
 * A cell of a {@link Table}. Immutable.
 *
 * @param text plain, without markup of any medium; each renderer escapes it
 * @param tone name of a verdict or status, which a medium with colours shows; empty for none
 */
public record Cell(String text, String tone) {
    /** A cell without a tone. */
    public static Cell of(String text) {
        return new Cell(text, "");
    }

    /** A cell that has the colour of a verdict or status. */
    public static Cell of(String text, Enum<?> tone) {
        return new Cell(text, tone.name());
    }
}
