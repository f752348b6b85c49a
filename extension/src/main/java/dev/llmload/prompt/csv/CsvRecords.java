package dev.llmload.prompt.csv;

import dev.llmload.prompt.ByteCursor;
import dev.llmload.prompt.Raw;
import dev.llmload.prompt.Records;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One record per CSV record (RFC 4180): a quoted field may hold line endings. What is wrong in it, {@link CsvLine} says. */
public final class CsvRecords implements Records {
    private final ByteCursor cursor;

    public CsvRecords(ByteCursor cursor) {
        this.cursor = cursor;
    }

    @Override
    public @Nullable Raw next() throws IOException {
        if (cursor.peek() < 0) {
            return null;
        }
        cursor.begin();
        boolean fieldStart = true;
        boolean quoted = false;
        for (int b = cursor.read(); b >= 0; b = cursor.read()) {
            if (quoted) {
                // A doubled quote closes and opens again at once: the outcome is the same.
                quoted = b != '"' || reopened();
            } else if (b == '\n') {
                break;
            } else {
                quoted = b == '"' && fieldStart;
                fieldStart = b == ',';
            }
        }
        return cursor.end();
    }

    private boolean reopened() throws IOException {
        if (cursor.peek() == '"') {
            cursor.read();
            return true;
        }
        return false;
    }
}
