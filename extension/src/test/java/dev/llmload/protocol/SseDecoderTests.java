package dev.llmload.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseDecoderTests {
    /** Writes down what it is told; an error event begins with !, a bare error field with ?, a sign is a dot. */
    private static final class Log implements SseDecoder.Handler {
        final List<String> events = new ArrayList<>();
        final List<byte[]> arrays = new ArrayList<>();
        final List<String> foreign = new ArrayList<>();
        int signs;

        @Override
        public void event(byte[] data, int from, int to, boolean error) {
            arrays.add(data);
            events.add((error ? "!" : "") + new String(data, from, to - from, StandardCharsets.UTF_8));
        }

        @Override
        public void errorField(byte[] line, int from, int to) {
            events.add("?" + new String(line, from, to - from, StandardCharsets.UTF_8));
        }

        @Override
        public void foreignLine(byte[] line, int from, int to) {
            foreign.add(new String(line, from, to - from, StandardCharsets.UTF_8));
        }

        @Override
        public void sign() {
            signs++;
        }

        @Override
        public void overLimit(int limit) {
            events.add("over " + limit);
        }
    }

    private static Log decode(String stream, int limit, int piece) {
        Log log = new Log();
        SseDecoder decoder = new SseDecoder(log, limit);
        byte[] bytes = Wire.bytes(stream);
        for (int at = 0; at < bytes.length; at += piece) {
            decoder.feed(bytes, at, Math.min(piece, bytes.length - at));
        }
        decoder.finish();
        return log;
    }

    private static List<String> events(String stream) {
        List<String> whole = decode(stream, 100, 1 << 20).events;
        for (int piece = 1; piece <= 9; piece++) {
            assertThat(decode(stream, 100, piece).events)
                    .as("pieces of %d", piece)
                    .isEqualTo(whole);
        }
        return whole;
    }

    @Test
    void atMostOneSpaceAfterTheColonIsTakenAway() {
        assertThat(events("data: a\n\ndata:a\n\ndata:  a\n\ndata:\ta\n\ndata: a \n\ndata:a:b\n\n"))
                .containsExactly("a", "a", " a", "\ta", "a ", "a:b");
    }

    @Test
    void everyLineEnd_endsALine() {
        assertThat(events("data: a\n\ndata: b\r\n\r\ndata: c\r\rdata: d\r\n\ndata: e\n\r\ndata: f\r\n\rdata: g\n\r"))
                .containsExactly("a", "b", "c", "d", "e", "f", "g");
    }

    @Test
    void separatorsOfUnicode_endNoLine() {
        assertThat(events("data: a\u2028b\u0085c\u000Bd\fe\n\n")).containsExactly("a\u2028b\u0085c\u000Bd\fe");
    }

    @Test
    void severalDataLines_areJoinedByLf() {
        assertThat(events("data: a\ndata:b\r\ndata\rdata: c\n\n")).containsExactly("a\nb\n\nc");
    }

    @Test
    void eventWithoutData_isNotTold() {
        assertThat(events("event: ping\n\nid: 1\n\n\n\ndata\n\ndata:\n\n")).isEmpty();
    }

    @Test
    void name_belongsToItsEventOnly() {
        assertThat(events("event: error\ndata: a\n\ndata: b\n\nevent:error\n\nevent: errors\ndata: c\n\n"))
                .containsExactly("!a", "b", "!", "c");
        assertThat(events("event: error\nevent: message\ndata: a\n\n")).containsExactly("a");
    }

    @Test
    void unknownFields_areIgnored() {
        assertThat(events("dataa: x\n data: x\nDATA: x\ndat: x\nid: 1\nretry: x\nnocolon\ndata: a\n\n"))
                .containsExactly("a");
    }

    @Test
    void bareErrorField_isTold_unlessItIsEmpty() {
        assertThat(events("error: x\nerror:\nerror\nerrors: y\n\n")).containsExactly("?x");
    }

    @Test
    void byteOrderMark_isSkippedAtTheBeginningOnly() {
        assertThat(events("\uFEFFdata: a\n\n\uFEFFdata: b\n\n")).containsExactly("a");
        assertThat(events("\uFEFF\ndata: a\n\n")).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: a\n\ndata: b",
                "data: a\n\ndata: b\n",
                "data: a\r\n\r\ndata: b\r\n",
                "data: a\r\rdata: b\r"
            })
    void lastEventWithoutItsEnd_isKept(String stream) {
        assertThat(events(stream)).containsExactly("a", "b");
    }

    @Test
    void signs_areCommentsAndEnds() {
        assertThat(decode(": a\n\n:\nevent: ping\n\ndata: x\n\n\n\n", 100, 1).signs)
                .isEqualTo(4);
    }

    @Test
    void lineOverTheLimit_stopsWhateverTheCut() {
        String fits = "data: " + "x".repeat(94) + "\n\n";
        assertThat(events(fits + "data: b\n\n")).containsExactly("x".repeat(94), "b");
        assertThat(events("data: a\n\ndata: " + "x".repeat(95) + "\n\ndata: b\n\n"))
                .containsExactly("a", "over 100");
        assertThat(events(":" + "x".repeat(1_000))).containsExactly("over 100");
    }

    @Test
    void dataOverTheLimit_stops() {
        String half = "data: " + "x".repeat(50) + "\n";
        assertThat(events(half + half + "\ndata: b\n\n")).containsExactly("over 100");
    }

    @Test
    void eventWithinOneBuffer_isNotCopied() {
        Log log = new Log();
        byte[] bytes = Wire.bytes("data: a\n\ndata: b\n\n");
        new SseDecoder(log, 100).feed(bytes, 0, bytes.length);
        assertThat(log.arrays).hasSize(2).allMatch(array -> array == bytes);
    }

    @Test
    void afterStop_nothingIsTold() {
        Log log = new Log();
        SseDecoder decoder = new SseDecoder(log, 100);
        byte[] bytes = Wire.bytes("data: a\n\ndata: b");
        decoder.feed(bytes, 0, bytes.length);
        decoder.stop();
        decoder.feed(bytes, 0, bytes.length);
        decoder.finish();
        assertThat(log.events).containsExactly("a");
    }
}
