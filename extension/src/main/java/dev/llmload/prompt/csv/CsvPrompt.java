package dev.llmload.prompt.csv;

import dev.llmload.prompt.OddRow;
import dev.llmload.prompt.PlainText;
import dev.llmload.prompt.PromptFormat;
import dev.llmload.prompt.QuotedText;
import dev.llmload.prompt.Raw;
import dev.llmload.prompt.RecordSource;
import dev.llmload.prompt.Records;
import dev.llmload.prompt.Row;
import dev.llmload.result.text.CountText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The records of a CSV source: the first names the columns, one of which holds the prompts. */
public final class CsvPrompt implements PromptFormat.Parser {
    private final RecordSource source;
    private final List<String> header;
    private final int column;

    private CsvPrompt(RecordSource source, List<String> header, int column) {
        this.source = source;
        this.header = header;
        this.column = column;
    }

    public static CsvPrompt header(RecordSource source, Records records) throws IOException {
        Raw first = records.next();
        if (first == null) {
            return new CsvPrompt(source, List.of(), 0);
        }
        List<String> names = new ArrayList<>();
        CsvLine.fields(first.text(), problem -> source.refuse(1, problem)).forEach(name -> names.add(name.strip()));
        String wanted = source.options().column().isEmpty()
                ? "prompt"
                : source.options().column();
        int column = names.indexOf(wanted);
        if (column < 0 || column != names.lastIndexOf(wanted)) {
            String found = names.stream().map(QuotedText::brief).toList().toString();
            throw source.refuse(
                    1,
                    "the header must name one column \"" + wanted + "\", but its columns are "
                            + QuotedText.list(
                                    names.stream().map(QuotedText::brief).toList())
                            + (found.contains(";") || found.contains("\t") ? " (columns are separated by commas)" : "")
                            + "; name another with ?column=");
        }
        return new CsvPrompt(source, List.copyOf(names), column);
    }

    // A quote that is wrong may have taken other rows into this one: they must not be lost as one.
    private IllegalArgumentException misquoted(Raw raw, String problem) {
        return raw.text().indexOf('\n') >= 0
                ? source.refuse(raw.line(), problem)
                : OddRow.malformed(source, raw.line(), problem);
    }

    @Override
    public Optional<Row> parse(Raw raw) {
        if (raw.text().isBlank()) {
            return Optional.empty();
        }
        List<String> fields = CsvLine.fields(raw.text(), problem -> misquoted(raw, problem));
        if (fields.size() != header.size()) {
            throw OddRow.malformed(
                    source,
                    raw.line(),
                    "expected " + CountText.of(header.size(), "field")
                            + " as in the header, but found " + fields.size()
                            + "; put a field that holds a comma in quotes");
        }
        String text = PlainText.of(source, raw, fields.get(column));
        if (text.isEmpty()) {
            throw OddRow.empty(source, raw.line(), "the column \"" + header.get(column) + "\" must not be blank");
        }
        return Optional.of(Row.of(text));
    }
}
