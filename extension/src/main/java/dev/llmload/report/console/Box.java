package dev.llmload.report.console;

import java.util.ArrayList;
import java.util.List;

/** A framed block of text of one width. Long lines wrap at blanks. Not thread-safe. */
public final class Box {
    /** Characters between the frame and its padding. */
    public static final int INNER = 74;

    private final StringBuilder out = new StringBuilder();

    public Box(String title) {
        out.append('╔').append("═".repeat(INNER + 2)).append("╗\n");
        line(title);
        out.append('╠').append("═".repeat(INNER + 2)).append("╣\n");
    }

    /** One line, wrapped with the given indentation if it is too long. */
    public void wrapped(String text, int indent) {
        Wrapping.lines(text, INNER, indent).forEach(this::line);
    }

    /** One line; {@code right} ends at the frame. */
    public void line(String left, String right) {
        line(left + " ".repeat(Math.max(1, INNER - left.length() - right.length())) + right);
    }

    /** One line; what does not fit is cut. */
    public void line(String text) {
        String fits = text.length() <= INNER ? text : text.substring(0, INNER - 1) + "…";
        out.append("║ ").append(fits).append(" ".repeat(INNER - fits.length())).append(" ║\n");
    }

    public void rule() {
        out.append('╟').append("─".repeat(INNER + 2)).append("╢\n");
    }

    /** Cells in columns: the first from the left, the others from the right, at least one blank between them. */
    public static String columns(int first, int other, List<String> cells) {
        StringBuilder row = new StringBuilder(left(cells.get(0), first));
        for (String cell : cells.subList(1, cells.size())) {
            row.append(right(" " + cell, other));
        }
        return row.toString();
    }

    public static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    public static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    public static List<String> row(String first, List<String> others) {
        List<String> row = new ArrayList<>(List.of(first));
        row.addAll(others);
        return row;
    }

    public String close() {
        return out.append('╚').append("═".repeat(INNER + 2)).append("╝\n").toString();
    }
}
