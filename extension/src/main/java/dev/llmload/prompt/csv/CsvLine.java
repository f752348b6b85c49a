package dev.llmload.prompt.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The fields of one CSV record, as RFC 4180 says: commas, double quotes, a quote within quotes doubled. */
final class CsvLine {
    private final String text;
    private final Function<String, IllegalArgumentException> refuse;
    private int at;

    private CsvLine(String text, Function<String, IllegalArgumentException> refuse) {
        this.text = text;
        this.refuse = refuse;
    }

    static List<String> fields(String text, Function<String, IllegalArgumentException> refuse) {
        return new CsvLine(text, refuse).all();
    }

    private List<String> all() {
        List<String> fields = new ArrayList<>();
        fields.add(field());
        while (at < text.length()) {
            at++; // the comma
            fields.add(field());
        }
        return fields;
    }

    private String field() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int comma = text.indexOf(',', at);
        int end = comma < 0 ? text.length() : comma;
        int quote = text.indexOf('"', at);
        if (quote >= 0 && quote < end) {
            throw refuse.apply("character " + (quote + 1) + ": a quote inside a field that does not begin with one;"
                    + " put the whole field in quotes and double those within");
        }
        String field = text.substring(at, end);
        at = end;
        return field;
    }

    private String quoted() {
        int opened = at++;
        StringBuilder field = new StringBuilder();
        while (true) {
            int quote = text.indexOf('"', at);
            if (quote < 0) {
                throw refuse.apply("character " + (opened + 1) + ": the quote opened here is never closed");
            }
            field.append(text, at, quote);
            at = quote + 1;
            if (at == text.length() || text.charAt(at) == ',') {
                return field.toString();
            }
            if (text.charAt(at) != '"') {
                throw refuse.apply("character " + (at + 1) + ": after a closing quote a comma or the end of the line"
                        + " must follow; a quote within quotes must be doubled");
            }
            field.append('"');
            at++;
        }
    }
}
