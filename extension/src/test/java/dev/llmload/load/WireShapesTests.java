package dev.llmload.load;

import static dev.llmload.result.request.RequestRecord.ABSENT;
import static dev.llmload.result.request.RequestRecord.UNKNOWN;
import static dev.llmload.testkit.Http.DONE;
import static dev.llmload.testkit.Http.LAST_CHUNK;
import static dev.llmload.testkit.Http.ROLE;
import static dev.llmload.testkit.Http.STOP;
import static dev.llmload.testkit.Http.STREAM_HEAD;
import static dev.llmload.testkit.Http.chunk;
import static dev.llmload.testkit.Http.token;
import static dev.llmload.testkit.Http.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.Outcome;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.testkit.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shapes of an answer over real sockets, each sent many times, cut in two at another place each time. */
@Timeout(300)
class WireShapesTests {
    /** Cuts wander over the bytes in steps, lest every shape take as many requests as it has bytes. */
    private static final int STEP = 7;

    /**
     * One answer and what it comes to.
     *
     * @param counts prompt, cached, output, streamed, tokens of the first event (0 if only assumed), token events
     * @param output whether there is a token event that is not reasoning
     */
    record Shape(String name, String events, Outcome outcome, List<Integer> counts, boolean output) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Shape shape(String name, String events, Integer... counts) {
        return new Shape(name, events, Outcome.OK, List.of(counts), true);
    }

    private static String delta(String members) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{" + members + "},\"finish_reason\":null}]}\n\n";
    }

    private static String withUsage(String choices, int prompt, int completion) {
        return "data: {\"choices\":[" + choices + "],\"usage\":{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":"
                + completion + "}}\n\n";
    }

    private static String content(String text, int completion) {
        return withUsage("{\"delta\":{\"content\":\"" + text + "\"}}", 7, completion);
    }

    private static String reasoningUsage(int completion, int reasoning) {
        return "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"prompt_tokens_details\":{\"cached_tokens\":4},"
                + "\"completion_tokens\":" + completion + ",\"completion_tokens_details\":{\"reasoning_tokens\":"
                + reasoning + "}}}\n\n";
    }

    static Stream<Shape> shapes() {
        String call = "\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\"}}]";
        String thought = delta("\"reasoning_content\":\"hm\"");
        return Stream.of(
                shape(
                        "role first, usage in a chunk of its own",
                        ROLE + token("a") + token("b") + STOP + usage(7, 2) + DONE,
                        7,
                        UNKNOWN,
                        2,
                        2,
                        0,
                        2),
                shape(
                        "role with content null",
                        delta("\"role\":\"assistant\",\"content\":null") + token("a") + STOP + usage(7, 1) + DONE,
                        7,
                        UNKNOWN,
                        1,
                        1,
                        0,
                        1),
                shape(
                        "usage in the last chunk, with choices",
                        token("a") + token("b") + withUsage("{\"delta\":{},\"finish_reason\":\"length\"}", 7, 2) + DONE,
                        7,
                        UNKNOWN,
                        2,
                        2,
                        0,
                        2),
                shape(
                        "usage in every chunk",
                        content("a a", 2) + content("b", 3) + withUsage("", 7, 3) + STOP + DONE,
                        7,
                        UNKNOWN,
                        3,
                        3,
                        2,
                        2),
                shape("no usage", token("a") + token("b") + STOP + DONE, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, 0, 2),
                shape(
                        "several data lines",
                        "data: {\"choices\":[{\"delta\":\ndata: {\"content\":\"a\"}}]}\n\n" + STOP + usage(7, 1) + DONE,
                        7,
                        UNKNOWN,
                        1,
                        1,
                        0,
                        1),
                shape(
                        "streamed reasoning",
                        thought + thought + token("a") + STOP + reasoningUsage(9, 6) + DONE,
                        7,
                        4,
                        9,
                        9,
                        0,
                        3),
                new Shape(
                        "reasoning only",
                        thought + thought + STOP + reasoningUsage(2, 2) + DONE,
                        Outcome.OK,
                        List.of(7, 4, 2, 2, 0, 2),
                        false),
                shape(
                        "hidden reasoning",
                        token("a") + token("b") + STOP + reasoningUsage(102, 100) + DONE,
                        7,
                        4,
                        102,
                        2,
                        0,
                        2),
                shape("tool calls", delta(call) + delta(call) + STOP + usage(7, 9) + DONE, 7, UNKNOWN, 9, 9, 0, 2),
                shape(
                        "several tokens a chunk",
                        token("a b c") + token("d e f") + STOP + usage(7, 6) + DONE,
                        7,
                        UNKNOWN,
                        6,
                        6,
                        0,
                        2),
                shape("one token", token("a") + STOP + usage(7, 1) + DONE, 7, UNKNOWN, 1, 1, 0, 1),
                shape(
                        "text of completions",
                        "data: {\"choices\":[{\"text\":\"a\"}]}\n\n" + STOP + usage(7, 1) + DONE,
                        7,
                        UNKNOWN,
                        1,
                        1,
                        0,
                        1),
                new Shape(
                        "empty",
                        ROLE + delta("\"content\":\"\"") + STOP + usage(7, 0) + DONE,
                        Outcome.EMPTY,
                        List.of(7, UNKNOWN, 0, 0, UNKNOWN, 0),
                        false));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void saysTheSame_whereverItIsCut(Shape shape) {
        byte[] bytes = (STREAM_HEAD + chunk(shape.events()) + LAST_CHUNK).getBytes(StandardCharsets.UTF_8);
        AtomicInteger place = new AtomicInteger();
        ScriptedServer.Script script = connection -> {
            while (true) {
                connection.request();
                int cut = place.getAndAdd(STEP) % bytes.length;
                connection.send(bytes, 0, cut);
                Thread.yield();
                connection.send(bytes, cut, bytes.length - cut);
            }
        };
        try (ScriptedServer server = ScriptedServer.start(script)) {
            Load.Outcomes outcomes =
                    Load.against(server.url()).requests(bytes.length / STEP + 1).run();
            assertThat(outcomes.window()).allSatisfy(r -> {
                assertThat(r.outcome()).isEqualTo(shape.outcome());
                assertThat(counts(r.tokens())).isEqualTo(shape.counts());
                assertThat(r.times().firstOutput() != ABSENT).isEqualTo(shape.output());
                assertThat(r.times().firstToken() != ABSENT)
                        .isEqualTo(r.tokens().events() > 0);
            });
            assertThat(server.failures()).isEmpty();
        }
    }

    private static List<Integer> counts(RequestRecord.Tokens t) {
        int first = t.firstEventKnown() || t.firstEvent() == UNKNOWN ? t.firstEvent() : 0;
        return List.of(t.prompt(), t.cached(), t.output(), t.streamed(), first, t.events());
    }
}
