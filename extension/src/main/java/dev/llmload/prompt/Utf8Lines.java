package dev.llmload.prompt;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The lines of a source, decoded strictly: a byte that is not UTF-8 is an error with its place, never a "?". */
final class Utf8Lines {
    private final PromptSource source;
    private final byte[] bytes;
    private int position;
    private int number;

    Utf8Lines(PromptSource source) {
        this.source = source;
        this.bytes = source.bytes();
        this.position = startsWithMark() ? 3 : 0;
    }

    /** Number of the line last returned, from 1. */
    int number() {
        return number;
    }

    /** The next line without its ending (LF or CRLF), or null at the end. */
    @Nullable
    String next() {
        if (position >= bytes.length) {
            return null;
        }
        int end = position;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        int start = position;
        position = end + 1;
        number++;
        return decode(start, end > start && bytes[end - 1] == '\r' ? end - 1 : end);
    }

    private String decode(int start, int end) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, start, end - start);
        CharBuffer out = CharBuffer.allocate(end - start);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            int at = in.position();
            String hex = HexFormat.of().withUpperCase().toHexDigits(bytes[at]);
            throw source.refuse(
                    number, "byte " + (at - start + 1) + " (0x" + hex + ") is not UTF-8; save the file as UTF-8");
        }
        return out.flip().toString();
    }

    private boolean startsWithMark() {
        return bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
    }
}
