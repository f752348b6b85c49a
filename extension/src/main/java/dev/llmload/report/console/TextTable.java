package dev.llmload.report.console;

import dev.llmload.report.Cell;
import dev.llmload.report.Column;
import dev.llmload.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Renders a {@link Table} as lines of text. A column is as wide as its longest cell, and at least as wide as asked for; one
 * blank parts it from the column before it, two part words from a number before them. A title may have several lines.
 */
public final class TextTable {
    private TextTable() {}

    /**
     * The lines, those of the titles first; blanks at their ends are left out.
     *
     * @param table any
     * @param least characters of each column with the blanks before it, at least; the last one is for all further columns
     */
    public static List<String> lines(Table table, int... least) {
        int[] widths = widths(table, least);
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < titleLines(table); line++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                Column column = table.columns().get(i);
                String[] title = column.title().split("\n", -1);
                append(text, table, i, line < title.length ? title[line] : "", widths[i]);
            }
            lines.add(text.toString().stripTrailing());
        }
        for (List<Cell> row : table.rows()) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                append(text, table, i, row.get(i).text(), widths[i]);
            }
            lines.add(text.toString().stripTrailing());
        }
        return lines;
    }

    /**
     * The same where there is only so much room: columns are as wide as asked for only if all of them fit.
     *
     * @param table any
     * @param first characters of the first column, if there is room
     * @param other characters of each other column with the blank before it, if there is room
     * @param most characters of a line
     */
    public static List<String> within(Table table, int first, int other, int most) {
        int wide = Arrays.stream(widths(table, first, other)).sum();
        return wide <= most ? lines(table, first, other) : lines(table, 0, 0);
    }

    private static void append(StringBuilder text, Table table, int i, String cell, int width) {
        String parted = " ".repeat(parting(table, i)) + cell;
        text.append(isNumber(table, i) ? Box.right(parted, width) : Box.left(parted, width));
    }

    private static int parting(Table table, int i) {
        return i == 0 ? 0 : isNumber(table, i - 1) && !isNumber(table, i) ? 2 : 1;
    }

    private static boolean isNumber(Table table, int i) {
        return table.columns().get(i).kind() == Column.Kind.NUMBER;
    }

    private static int titleLines(Table table) {
        return table.columns().stream()
                .filter(column -> !column.title().isEmpty())
                .mapToInt(column -> column.title().split("\n", -1).length)
                .max()
                .orElse(0);
    }

    private static int[] widths(Table table, int... least) {
        int[] widths = new int[table.columns().size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            int longest = Math.max(
                    table.columns()
                            .get(i)
                            .title()
                            .lines()
                            .mapToInt(String::length)
                            .max()
                            .orElse(0),
                    table.rows().stream()
                            .mapToInt(row -> row.get(column).text().length())
                            .max()
                            .orElse(0));
            widths[i] = Math.max(least[Math.min(i, least.length - 1)], longest + parting(table, i));
        }
        return widths;
    }
}
