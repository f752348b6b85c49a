package dev.llmload.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.Outcome;
import dev.llmload.result.request.RequestRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each stream, cut in two at every byte and cut into single bytes, says the same; each token event has the instant of the
 * buffer that holds the byte that completes it.
 */
class SegmentationTests {
    private static final String REASONING = Wire.delta("\"reasoning\":\"hm\"");
    private static final String TOOL = Wire.delta("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\"}}]");

    /** A piece of a stream; `token` if it is one token event. */
    record Piece(String text, boolean token) {}

    /** A stream of pieces, and how it must end. */
    record Script(String name, List<Piece> pieces, Outcome outcome) {
        @Override
        public String toString() {
            return name;
        }

        Script with(String newName, String lineEnd) {
            return new Script(
                    newName,
                    pieces.stream()
                            .map(p -> new Piece(p.text.replace("\n", lineEnd), p.token))
                            .toList(),
                    outcome);
        }

        byte[] bytes() {
            return Wire.bytes(String.join("", pieces.stream().map(Piece::text).toList()));
        }

        /** Index of the byte that completes each token event: the last, but of a CRLF the CR. */
        List<Integer> completions() {
            List<Integer> found = new ArrayList<>();
            int size = 0;
            for (Piece piece : pieces) {
                size += Wire.bytes(piece.text).length;
                if (piece.token) {
                    found.add(size - (piece.text.endsWith("\r\n") ? 2 : 1));
                }
            }
            return found;
        }
    }

    private static Piece token(String text) {
        return new Piece(text, true);
    }

    private static Piece other(String text) {
        return new Piece(text, false);
    }

    static Stream<Script> scripts() {
        Script chat = new Script(
                "chat",
                List.of(
                        other(Wire.ROLE),
                        token(Wire.content("Hel")),
                        token(Wire.content("lo")),
                        other(": ping\n\n"),
                        token(Wire.content(" you")),
                        other(Wire.STOP),
                        other(Wire.usage(5, 3)),
                        other(Wire.DONE)),
                Outcome.OK);
        Script characters = new Script(
                "characters of several bytes",
                List.of(
                        other("\uFEFF: first\n"),
                        token(Wire.content("中文")),
                        token(Wire.content("é😀")),
                        token(Wire.content("\u2028\u0085")),
                        other(Wire.STOP)),
                Outcome.OK);
        Script fields = new Script(
                "fields",
                List.of(
                        other("retry: 3000\nid: 1\nevent: message\n"),
                        token("data:{\"choices\":[{\"delta\":\ndata:  {\"content\":\"x\"}}]}\n\n"),
                        other("unknown: y\nnocolon\n\nevent: ping\n\n"),
                        token("id\ndata:    {\"choices\":[{\"text\":\"y\"}]}\nid: 7\n\n"),
                        other("data\n\ndata:\n\n"),
                        other("data:[DONE] \n\n"),
                        other(Wire.content("after the end"))),
                Outcome.OK);
        Script kinds = new Script(
                "reasoning and tools",
                List.of(token(REASONING), token(REASONING), token(TOOL), other(Wire.STOP), other(Wire.usage(1, 9))),
                Outcome.OK);
        Script error = new Script(
                "error in the stream",
                List.of(
                        token(Wire.content("a")),
                        other("data: {\"error\":{\"message\":\"boom\",\"code\":500}}\n\n"),
                        other(Wire.DONE)),
                Outcome.STREAM_ERROR);
        Script field = new Script(
                "bare error field",
                List.of(other("error: {\"code\":400,\"message\":\"too long\"}\n\n"), other(Wire.DONE)),
                Outcome.STREAM_ERROR);
        Script broken = new Script(
                "broken JSON",
                List.of(token(Wire.content("a")), other("data: {\"choices\":[}\n\n"), other(Wire.content("b"))),
                Outcome.PROTOCOL);
        Script truncated =
                new Script("truncated", List.of(token(Wire.content("a")), token(Wire.content("b"))), Outcome.TRUNCATED);
        Script unterminated = new Script(
                "last event without its end",
                List.of(token(Wire.content("a")), token(Wire.content("b").strip())),
                Outcome.TRUNCATED);
        Script empty =
                new Script("empty", List.of(other(Wire.ROLE), other(Wire.STOP), other(Wire.DONE)), Outcome.EMPTY);
        Script html = new Script("HTML", List.of(other("\n <html><body>Bad gateway</body></html>")), Outcome.PROTOCOL);
        Script json = new Script(
                "JSON", List.of(other("{\"choices\":[{\"message\":{\"content\":\"x\"}}]}")), Outcome.PROTOCOL);
        return Stream.of(
                        chat,
                        characters,
                        fields,
                        kinds,
                        error,
                        field,
                        broken,
                        truncated,
                        unterminated,
                        empty,
                        html,
                        json)
                .flatMap(s -> Stream.of(s, s.with(s.name + ", CRLF", "\r\n"), s.with(s.name + ", CR", "\r")));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void cutInTwoAtEveryByte_saysTheSame(Script script) {
        byte[] bytes = script.bytes();
        Response whole = Response.ok().at(100, bytes).end(900);
        assertThat(whole.stream.outcome()).isEqualTo(script.outcome);
        assertThat(whole.tokens().events()).isEqualTo(script.completions().size());
        for (int cut = 0; cut <= bytes.length; cut++) {
            Response response = Response.ok()
                    .at(100, Arrays.copyOfRange(bytes, 0, cut))
                    .at(250, Arrays.copyOfRange(bytes, cut, bytes.length))
                    .end(900);
            int split = cut;
            List<Long> times = script.completions().stream()
                    .map(at -> at < split ? 100L : 250L)
                    .toList();
            assertThat(said(response)).as("cut at %d", cut).isEqualTo(said(whole));
            assertTimes(response, times);
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void cutIntoSingleBytes_saysTheSame(Script script) {
        byte[] bytes = script.bytes();
        Response whole = Response.ok().at(100, bytes).end(9_000);
        Response response = Response.ok();
        for (int i = 0; i < bytes.length; i++) {
            response.at(1_000 + i, new byte[] {bytes[i]});
        }
        response.end(9_000);
        assertThat(said(response)).isEqualTo(said(whole));
        assertTimes(
                response, script.completions().stream().map(at -> 1_000L + at).toList());
    }

    private static void assertTimes(Response response, List<Long> times) {
        List<Response.Arrival> expected = new ArrayList<>();
        for (long time : times.stream().distinct().toList()) {
            long gap = expected.isEmpty()
                    ? RequestRecord.ABSENT
                    : time - expected.get(expected.size() - 1).nanos();
            expected.add(new Response.Arrival(
                    time, gap, (int) times.stream().filter(t -> t == time).count()));
        }
        assertThat(merged(response.arrivals)).isEqualTo(expected);
        assertThat(response.tokens().arrivals()).isEqualTo(expected.size());
        assertThat(response.stream.firstTokenNanos()).isEqualTo(times.isEmpty() ? RequestRecord.ABSENT : times.get(0));
        assertThat(response.stream.lastTokenNanos())
                .isEqualTo(times.isEmpty() ? RequestRecord.ABSENT : times.get(times.size() - 1));
    }

    /** An event that the end completed is told apart from the rest of its buffer. */
    private static List<Response.Arrival> merged(List<Response.Arrival> told) {
        List<Response.Arrival> merged = new ArrayList<>(told);
        int last = merged.size() - 1;
        if (last > 0 && merged.get(last).gapNanos() == RequestRecord.ABSENT) {
            Response.Arrival late = merged.remove(last);
            Response.Arrival before = merged.remove(last - 1);
            assertThat(late.nanos()).isEqualTo(before.nanos());
            merged.add(
                    new Response.Arrival(before.nanos(), before.gapNanos(), before.tokenEvents() + late.tokenEvents()));
        }
        return merged;
    }

    private static List<Object> said(Response response) {
        CompletionStream stream = response.stream;
        RequestRecord.Tokens t = response.tokens();
        return List.of(
                stream.outcome(),
                stream.error(),
                stream.finishReason(),
                stream.done(),
                stream.broken(),
                List.of(t.prompt(), t.cached(), t.output(), t.streamed(), t.firstEvent(), t.events()));
    }
}
