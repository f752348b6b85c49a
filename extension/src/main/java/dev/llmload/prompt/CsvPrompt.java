package dev.llmload.prompt;

import dev.llmload.result.ChatMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The records of a CSV source: the first names the columns, one of which holds the prompts. */
final class CsvPrompt implements PromptFormat.Parser {
    private final PromptSource source;
    private final List<String> header;
    private final int column;

    private CsvPrompt(PromptSource source, List<String> header, int column) {
        this.source = source;
        this.header = header;
        this.column = column;
    }

    static CsvPrompt header(PromptSource source, Records records) throws IOException {
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
            String found = names.stream().map(Shown::brief).toList().toString();
            throw source.refuse(
                    1,
                    "the header must name one column \"" + wanted + "\", but its columns are "
                            + Shown.list(names.stream().map(Shown::brief).toList())
                            + (found.contains(";") || found.contains("\t") ? " (columns are separated by commas)" : "")
                            + "; name another with ?column=");
        }
        return new CsvPrompt(source, List.copyOf(names), column);
    }

    @Override
    public Optional<List<ChatMessage>> parse(Raw raw) {
        if (raw.text().isBlank()) {
            return Optional.empty();
        }
        List<String> fields = CsvLine.fields(raw.text(), problem -> source.refuse(raw.line(), problem));
        if (fields.size() != header.size()) {
            throw source.refuse(
                    raw.line(),
                    "expected " + header.size() + (header.size() == 1 ? " field" : " fields")
                            + " as in the header, but found " + fields.size()
                            + "; put a field that holds a comma in quotes");
        }
        String text = PlainText.of(source, raw, fields.get(column));
        if (text.isEmpty()) {
            throw source.refuse(raw.line(), "the column \"" + header.get(column) + "\" must not be blank");
        }
        return Optional.of(List.of(new ChatMessage("user", text)));
    }
}
