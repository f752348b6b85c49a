package dev.llmload.budget.grammar;

import java.util.Optional;

/**
 * A text that is no budget. The message holds several lines: what is wrong and where it was declared, the text, a caret
 * under the column, what was expected, and the nearest valid word if one is near.
 */
public final class BudgetSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** The whole text that was read. */
    private final String text;

    /** Where the mistake is, in characters from 1. */
    private final int column;

    /** The message from what is wrong on. */
    private final String mistake;

    /**
     * With its place.
     *
     * @param kind what the text should be: {@code budget}, {@code objective}
     * @param problem what is wrong, in a few words
     * @param source where the text was declared, or empty
     * @param text the whole text
     * @param index of the character in it that is at fault, from 0; its length if something is missing at the end
     * @param expected what would have been right
     * @param nearest the valid text that was likely meant
     */
    BudgetSyntaxException(
            String kind,
            String problem,
            String source,
            String text,
            int index,
            String expected,
            Optional<String> nearest) {
        super(kind + (source.isBlank() ? "" : " (" + source + ")") + ": "
                + render(problem, text, index, expected, nearest));
        this.text = text;
        this.column = column(text, index);
        this.mistake = render(problem, text, index, expected, nearest);
    }

    /** The whole text that was read. */
    public String text() {
        return text;
    }

    /** The column that the caret stands under, in characters from 1. */
    public int column() {
        return column;
    }

    /** The message without the text's kind and source, for who says them already. */
    public String mistake() {
        return mistake;
    }

    private static String render(String problem, String text, int index, String expected, Optional<String> nearest) {
        // line ends and tabs become one blank each: the text stays on one line and the caret stays under its column
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return problem + "\n  " + line + "\n  "
                + " ".repeat(column(text, index) - 1) + "^\n  expected " + expected
                + nearest.map(word -> "\n  did you mean \"" + word + "\"?").orElse("");
    }

    private static int column(String text, int index) {
        return text.codePointCount(0, index) + 1;
    }
}
