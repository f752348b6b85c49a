package dev.llmload.prompt;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Walks over the bytes of a source, keeping only those of the record at hand. Used by one thread.
 *
 * <p>Structure is read off bytes, because in UTF-8 no byte of another character looks like a quote or a line ending.
 */
public final class ByteCursor implements Closeable {
    /** No record may be longer, so that a file without line endings is not read into memory as one. */
    static final int LONGEST = 16 << 20;

    private final RecordSource source;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private long offset;
    private long line = 1;

    private byte[] record = new byte[4096];
    private int length;
    private long start;
    private long startLine = 1;

    private ByteCursor(RecordSource source, InputStream in) {
        this.source = source;
        this.in = in;
    }

    /** A cursor behind the byte order mark, if there is one; what is no text in UTF-8 is refused by its first bytes. */
    static ByteCursor open(RecordSource source) throws IOException {
        ByteCursor cursor = new ByteCursor(source, source.content().open());
        cursor.peek();
        byte[] bytes = cursor.buffer;
        boolean json = source.format() == PromptFormat.JSONL || source.format() == PromptFormat.JSON;
        String other = ForeignFile.of(bytes, cursor.limit, json);
        if (!other.isEmpty()) {
            cursor.close();
            throw source.refuse(1, other);
        }
        if (cursor.limit >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            cursor.position = 3;
        }
        return cursor;
    }

    /** The byte that {@link #read()} would return; -1 at the end. */
    public int peek() throws IOException {
        if (position == limit) {
            offset += limit;
            position = 0;
            limit = Math.max(0, in.readNBytes(buffer, 0, buffer.length));
        }
        return position < limit ? buffer[position] & 0xFF : -1;
    }

    /** The next byte, which joins the record; -1 at the end. */
    public int read() throws IOException {
        int b = peek();
        if (b < 0) {
            return b;
        }
        position++;
        if (length == LONGEST) {
            throw source.refuse(startLine, "it is longer than 16 MiB: one prompt cannot be that long");
        }
        if (length == record.length) {
            record = Arrays.copyOf(record, length * 2);
        }
        record[length++] = (byte) b;
        if (b == '\n') {
            line++;
        }
        return b;
    }

    /** A record begins with the next byte. */
    public void begin() {
        length = 0;
        start = offset + position;
        startLine = line;
    }

    /** The record of the bytes read since it began, without a line ending. */
    public Raw end() {
        int to = length;
        if (to > 0 && record[to - 1] == '\n') {
            to--;
        }
        if (to > 0 && record[to - 1] == '\r') {
            to--;
        }
        if (record.length > 1 << 20 && length < record.length / 8) {
            record = Arrays.copyOf(record, record.length / 4);
        }
        return new Raw(start, to, startLine, Utf8.decode(source, startLine, record, to));
    }

    /** The line of the next byte, from 1. */
    long line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
