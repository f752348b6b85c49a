package dev.llmload.prompt;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One record per element of a JSON array. It only finds where elements end; whether they are JSON, their parser says. */
final class JsonArrayRecords implements Records {
    private final RecordSource source;
    private final ByteCursor cursor;
    private boolean opened;
    private boolean any;

    JsonArrayRecords(RecordSource source, ByteCursor cursor) {
        this.source = source;
        this.cursor = cursor;
    }

    @Override
    public @Nullable Raw next() throws IOException {
        if (!opened && !open()) {
            return null;
        }
        int b = skipSpace();
        if (b == ']') {
            return end();
        }
        if (any) {
            if (b != ',') {
                throw refuse(
                        b < 0 ? "the array is never closed: expected , or ]" : "expected , or ] but found " + shown(b));
            }
            cursor.read();
            b = skipSpace();
        }
        if (b < 0 || b == ',' || b == ']') {
            throw refuse("expected an element of the array, but found " + (b < 0 ? "the end" : shown(b)));
        }
        any = true;
        return element();
    }

    private boolean open() throws IOException {
        int b = skipSpace();
        if (b < 0) {
            return false;
        }
        if (b != '[') {
            throw refuse("a .json source must be one array of prompts, [{\"prompt\": \"text\"}, ...], but begins with "
                    + shown(b) + "; one object per line is called .jsonl");
        }
        cursor.read();
        opened = true;
        return true;
    }

    private @Nullable Raw end() throws IOException {
        cursor.begin();
        cursor.read();
        int b = skipSpace();
        if (b >= 0) {
            throw refuse("expected nothing after the array, but found " + shown(b));
        }
        opened = false;
        return null;
    }

    private Raw element() throws IOException {
        cursor.begin();
        int depth = 0;
        boolean string = false;
        do {
            int b = cursor.read();
            if (b < 0) {
                throw refuse(
                        "the array ends within an element: a " + (string ? "closing quote" : "} or ]") + " is missing");
            }
            if (string) {
                if (b == '\\') {
                    cursor.read();
                }
                string = b != '"';
            } else {
                string = b == '"';
                depth += b == '{' || b == '[' ? 1 : b == '}' || b == ']' ? -1 : 0;
            }
        } while (string || depth > 0 || !isEnd(cursor.peek()));
        return cursor.end();
    }

    // An element ends where something follows that can be no part of it.
    private static boolean isEnd(int b) {
        return b < 0 || b == ',' || b == ']' || isSpace(b);
    }

    private int skipSpace() throws IOException {
        cursor.begin();
        int b = cursor.peek();
        while (b >= 0 && isSpace(b)) {
            cursor.read();
            cursor.begin();
            b = cursor.peek();
        }
        return b;
    }

    private static boolean isSpace(int b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static String shown(int b) {
        return b > ' ' && b < 0x7F ? Character.toString(b) : "byte 0x" + Integer.toHexString(b);
    }

    private IllegalArgumentException refuse(String problem) {
        return source.refuse(cursor.line(), problem);
    }
}
