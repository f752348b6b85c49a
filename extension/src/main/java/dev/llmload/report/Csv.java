package dev.llmload.report;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rows as RFC 4180 has them, but ended by a line feed alone. A text that a spreadsheet would take for a formula has an
 * apostrophe before it; numbers stay numbers.
 */
public final class Csv {
    /** What a formula begins with, also in its wide form. */
    private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20|%";

    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9][0-9.,]*(?:[eE][-+]?[0-9]+)?(?: ?%| pt)?");

    private Csv() {}

    public static String row(List<String> fields) {
        return fields.stream().map(Csv::quote).collect(Collectors.joining(",")) + "\n";
    }

    /** A table: its titles, then a row per row. */
    public static String table(Table table) {
        StringBuilder text = new StringBuilder(
                row(table.columns().stream().map(Column::heading).toList()));
        table.rows().forEach(cells -> text.append(row(Table.texts(cells))));
        return text.toString();
    }

    /** A number with at most six decimals; empty if it is not finite. */
    public static String number(double value) {
        return Double.isFinite(value) ? Numbers.trim(value, 6) : "";
    }

    private static String quote(String field) {
        boolean formula = !field.isEmpty() && FORMULA.indexOf(field.charAt(0)) >= 0 && field.length() > 1;
        if (formula && !NUMBER.matcher(field).matches()) {
            return quoted("'" + field);
        }
        return quoted(field);
    }

    private static String quoted(String field) {
        boolean special = field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return special ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }
}
