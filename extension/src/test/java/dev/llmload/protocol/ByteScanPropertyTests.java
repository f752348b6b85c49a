package dev.llmload.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The scans that look at several bytes at once, against ones that look at each. */
class ByteScanPropertyTests {
    @Property(seed = "7", tries = 3000)
    void lineEnd_isTheFirstLfOrCr(@ForAll("lines") byte[] bytes) {
        for (int from = 0; from <= bytes.length; from++) {
            int expected = from;
            while (expected < bytes.length && bytes[expected] != '\n' && bytes[expected] != '\r') {
                expected++;
            }
            assertThat(LineEnds.find(bytes, from, bytes.length)).isEqualTo(expected);
        }
    }

    @Property(seed = "8", tries = 5000)
    void jsonText_isTheInsideOfAStringThatJacksonReads(@ForAll("texts") byte[] bytes) {
        byte[] quoted = new byte[bytes.length + 2];
        quoted[0] = '"';
        quoted[quoted.length - 1] = '"';
        System.arraycopy(bytes, 0, quoted, 1, bytes.length);
        assertThat(JsonText.is(bytes, 0, bytes.length)).isEqualTo(validUtf8(bytes) && oneString(quoted));
    }

    private static boolean validUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean oneString(byte[] json) {
        try (JsonParser parser = ChunkReader.JSON.createParser(json)) {
            parser.nextToken();
            parser.getText();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    /** Mostly bytes that are near a line end in value. */
    @Provide
    Arbitrary<byte[]> lines() {
        Arbitrary<Byte> near =
                Arbitraries.of((byte) 9, (byte) 11, (byte) 12, (byte) 14, (byte) 0x8A, (byte) 0x8D, (byte) 0);
        Arbitrary<Byte> ends = Arbitraries.of((byte) 10, (byte) 13);
        return Arbitraries.frequencyOf(Tuple.of(8, near), Tuple.of(1, ends), Tuple.of(2, Arbitraries.bytes()))
                .array(byte[].class)
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<byte[]> texts() {
        Arbitrary<byte[]> raw = Arbitraries.bytes().array(byte[].class).ofMaxSize(4);
        Arbitrary<byte[]> high = Arbitraries.bytes()
                .between((byte) -128, (byte) -1)
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(4);
        Arbitrary<byte[]> good = Arbitraries.strings().ofMaxLength(4).map(Wire::bytes);
        Arbitrary<byte[]> escapes = Arbitraries.strings()
                .withChars('\\', '"', '/', 'u', 'n', 'x', '0', 'a', 'F', 'g')
                .ofMaxLength(8)
                .map(Wire::bytes);
        Arbitrary<byte[]> codes = Arbitraries.strings()
                .withChars('0', '9', 'a', 'F', 'g', '"')
                .ofMinLength(3)
                .ofMaxLength(5)
                .map(digits -> Wire.bytes("\\u" + digits));
        return Arbitraries.oneOf(raw, high, good, escapes, codes);
    }
}
