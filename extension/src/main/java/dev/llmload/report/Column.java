package dev.llmload.report;

/**
 * A column of a {@link Table}. Immutable.
 *
 * @param title what stands above it; a line feed divides it where a medium has room for two lines only
 * @param kind what its cells hold: decides alignment and markup
 */
public record Column(String title, Kind kind) {
    /** What the cells of a column hold. */
    public enum Kind {
        /** Words: from the left. */
        TEXT,
        /** Numbers with or without a unit: from the right. */
        NUMBER,
        /** What can be typed as it stands, such as a budget: from the left, and code in Markdown. */
        CODE
    }

    /** A column of words. */
    public static Column text(String title) {
        return new Column(title, Kind.TEXT);
    }

    /** A column of numbers. */
    public static Column number(String title) {
        return new Column(title, Kind.NUMBER);
    }

    /** A column of what can be typed. */
    public static Column code(String title) {
        return new Column(title, Kind.CODE);
    }

    /** The title on one line. */
    public String heading() {
        return title.replace('\n', ' ').strip();
    }
}
