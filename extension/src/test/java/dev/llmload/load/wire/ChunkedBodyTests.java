package dev.llmload.load.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bytes of a response are taken, and which the decoder gets, however they are cut. */
class ChunkedBodyTests {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String END = "0\r\n\r\n";

    private final ChunkedBody chunks = new ChunkedBody();
    private final StringBuilder taken = new StringBuilder();
    private final StringBuilder decoder = new StringBuilder();
    private boolean taking;

    /** As a connection does it. */
    private void read(String text) {
        ByteBuf buffer = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
        if (chunks.inHead()) {
            int end = chunks.headEnd(buffer);
            decoder.append(text, 0, end);
            buffer.readerIndex(end);
            taking = !chunks.inHead();
        }
        if (!taking) {
            decoder.append(buffer.toString(StandardCharsets.ISO_8859_1));
            return;
        }
        ByteBuf rest = chunks.take(
                buffer, (from, at, length) -> taken.append(from.toString(at, length, StandardCharsets.ISO_8859_1)));
        if (rest != null) {
            taking = false;
            decoder.append(rest.toString(StandardCharsets.ISO_8859_1));
        }
    }

    private void response() {
        chunks.begin();
        taking = false;
        taken.setLength(0);
        decoder.setLength(0);
    }

    private static String chunk(String data) {
        return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
    }

    @Test
    void afterTheHead_chunksAreTaken_andTheLastOneIsTheDecoders() {
        response();
        read(HEAD);
        read(chunk("hello"));
        read(chunk(" ") + chunk("world"));
        read(chunk("!") + END);
        assertThat(taken).hasToString("hello world!");
        assertThat(decoder).hasToString(HEAD + END);
    }

    @Test
    void chunksThatShareABufferWithTheHead_areTakenToo() {
        response();
        read(HEAD + chunk("hello"));
        read(chunk("you") + END);
        assertThat(taken).hasToString("helloyou");
        assertThat(decoder).hasToString(HEAD + END);
    }

    @Test
    void chunksOfManyBuffers_areTakenPieceByPiece() {
        response();
        read(HEAD + "5\r\nhel");
        assertThat(taken).hasToString("hel");
        read("lo\r");
        read("\n3\r");
        read("\nyou\r\n0");
        assertThat(decoder).hasToString(HEAD);
        read("\r\n\r\n");
        assertThat(taken).hasToString("helloyou");
        assertThat(decoder).hasToString(HEAD + END);
    }

    @Test
    void extensionsAndCapitalDigits_areUnderstood_trailersAreTheDecoders() {
        response();
        read(HEAD);
        read("A;name=value\r\n0123456789\r\n");
        read("0\r\nTrailer: x\r\n\r\n");
        assertThat(taken).hasToString("0123456789");
        assertThat(decoder).hasToString(HEAD + "0\r\nTrailer: x\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xyz\r\n", "\r\n", "-5\r\n", "123456789\r\nx", "5 \r\nhello\r\n"})
    void whatIsNotKnown_theDecoderJudges(String bytes) {
        response();
        read(HEAD);
        read(chunk("good") + bytes);
        read("more");
        assertThat(taken).hasToString("good");
        assertThat(decoder).hasToString(HEAD + bytes + "more");
    }

    @Test
    void chunkWithoutItsEnd_theDecoderJudges() {
        response();
        read(HEAD);
        read("4\r\ngoodbad\r\n");
        assertThat(taken).hasToString("good");
        assertThat(decoder).hasToString(HEAD + "bad\r\n");
    }

    @Test
    void aLineThatDoesNotEnd_isTheDecoders() {
        response();
        read(HEAD);
        read("4;" + "x".repeat(40));
        read("y".repeat(40));
        assertThat(decoder).hasToString(HEAD + "4;" + "x".repeat(40) + "y".repeat(40));
    }

    @Test
    void howeverItIsCut_nothingIsLostOrTakenTwice() {
        SplittableRandom random = new SplittableRandom(7);
        for (int run = 0; run < 2000; run++) {
            response();
            StringBuilder data = new StringBuilder();
            StringBuilder wire = new StringBuilder(HEAD);
            for (int i = random.nextInt(6); i >= 0; i--) {
                String piece = "abc\r\n0".repeat(1 + random.nextInt(4));
                data.append(piece);
                wire.append(chunk(piece));
            }
            wire.append(END);
            for (int at = 0; at < wire.length(); ) {
                int to = Math.min(wire.length(), at + 1 + random.nextInt(20));
                read(wire.substring(at, to));
                at = to;
            }
            assertThat(decoder).as("run " + run).hasToString(HEAD + END);
            assertThat(taken).as("run " + run).hasToString(data.toString());
        }
    }
}
