package dev.llmload.prompt;

import dev.llmload.prompt.csv.CsvPrompt;
import dev.llmload.prompt.csv.CsvRecords;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the bytes of a source become prompts. */
public enum PromptFormat {
    JSONL("each line") {
        @Override
        Records records(RecordSource source, ByteCursor cursor) {
            return new LineRecords(cursor);
        }

        @Override
        Parser parser(RecordSource source, Records records) {
            return raw -> raw.text().isBlank() ? Optional.empty() : Optional.of(JsonPrompt.parse(source, raw));
        }
    },
    JSON("each element of the array") {
        @Override
        Records records(RecordSource source, ByteCursor cursor) {
            return new JsonArrayRecords(source, cursor);
        }

        @Override
        Parser parser(RecordSource source, Records records) {
            return raw -> Optional.of(JsonPrompt.parse(source, raw));
        }
    },
    CSV("each record") {
        @Override
        Records records(RecordSource source, ByteCursor cursor) {
            return new CsvRecords(cursor);
        }

        @Override
        Parser parser(RecordSource source, Records records) throws IOException {
            return CsvPrompt.header(source, records);
        }
    },
    TEXT("each line") {
        @Override
        Records records(RecordSource source, ByteCursor cursor) {
            return new LineRecords(cursor);
        }

        @Override
        Parser parser(RecordSource source, Records records) {
            return raw -> raw.text().isBlank() || raw.text().startsWith("#")
                    ? Optional.empty()
                    : Optional.of(Row.of(PlainText.of(source, raw)));
        }
    };

    private final String unit;

    PromptFormat(String unit) {
        this.unit = unit;
    }

    /** What holds one prompt, for messages. */
    String unit() {
        return unit;
    }

    /**
     * The prompt of a record; empty if the form says that it is none, such as a blank line. Can be asked for any record at
     * any time. What cannot be sent is an {@link OddRow}.
     */
    public interface Parser {
        Optional<Row> parse(Raw raw);
    }

    abstract Records records(RecordSource source, ByteCursor cursor);

    /** A parser of the records that follow; it may take a header from them. */
    abstract Parser parser(RecordSource source, Records records) throws IOException;

    static PromptFormat of(String spec, String fileName) {
        PromptFormat format = ofEnding(fileName.toLowerCase(Locale.ROOT));
        if (format == null) {
            throw new IllegalArgumentException("prompts \"" + spec
                    + "\": the ending says the form and must be .jsonl (one JSON object per line), .json (an array),"
                    + " .csv (with a header) or .txt (one prompt per line), but the name is \"" + fileName + "\"");
        }
        return format;
    }

    private static @Nullable PromptFormat ofEnding(String name) {
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return JSONL;
        }
        if (name.endsWith(".json")) {
            return JSON;
        }
        if (name.endsWith(".csv")) {
            return CSV;
        }
        return name.endsWith(".txt") ? TEXT : null;
    }
}
