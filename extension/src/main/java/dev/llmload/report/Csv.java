package dev.llmload.report;

import java.util.List;
import java.util.stream.Collectors;

/** Rows as RFC 4180 has them, but ended by a line feed alone. */
final class Csv {
    private Csv() {}

    static String row(List<String> fields) {
        return fields.stream().map(Csv::quote).collect(Collectors.joining(",")) + "\n";
    }

    /** A number with at most six decimals; empty if it is not finite. */
    static String number(double value) {
        return Double.isFinite(value) ? Numbers.trim(value, 6) : "";
    }

    private static String quote(String field) {
        boolean special = field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return special ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }
}
