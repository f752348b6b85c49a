package dev.llmload.prompt;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Decodes strictly: a byte that is not UTF-8 is an error with its place, never a "?". */
final class Utf8 {
    private Utf8() {}

    static String decode(RecordSource source, long line, byte[] bytes, int length) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            return decoder.decode(ByteBuffer.wrap(bytes, 0, length)).toString();
        } catch (CharacterCodingException e) {
            throw malformed(source, line, bytes, length);
        }
    }

    private static OddRow malformed(RecordSource source, long line, byte[] bytes, int length) {
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(length), true);
        int at = Math.min(in.position(), length - 1);
        long before = line;
        int column = 1;
        for (int i = 0; i < at; i++) {
            boolean ending = bytes[i] == '\n';
            before += ending ? 1 : 0;
            column = ending ? 1 : column + 1;
        }
        String hex = HexFormat.of().withUpperCase().toHexDigits(bytes[at]);
        return OddRow.malformed(
                source,
                before,
                "byte " + column + " (0x" + hex + ") is not UTF-8"
                        + (result.isUnderflow() ? ": the character is cut off" : "") + "; save the file as UTF-8");
    }
}
