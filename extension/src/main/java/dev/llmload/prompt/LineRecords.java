package dev.llmload.prompt;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One record per line; lines end with LF or CRLF. */
final class LineRecords implements Records {
    private final ByteCursor cursor;

    LineRecords(ByteCursor cursor) {
        this.cursor = cursor;
    }

    @Override
    public @Nullable Raw next() throws IOException {
        if (cursor.peek() < 0) {
            return null;
        }
        cursor.begin();
        int b = cursor.read();
        while (b >= 0 && b != '\n') {
            b = cursor.read();
        }
        return cursor.end();
    }
}
