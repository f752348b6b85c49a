package dev.llmload.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.junit.TokenCount;
import dev.llmload.result.request.FinishReasons;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.request.RequestRecord.Tokens;
import dev.llmload.testkit.ServerCase;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the servers of the field send, event by event on a clock of the test's own, comes to what it must come to. */
class ServerCaseTests {
    private static final long FIRST = 200;
    private static final long NEXT = 20;

    static Stream<ServerCase> cases() {
        return ServerCase.all();
    }

    static Stream<ServerCase> casesThatCount() {
        return ServerCase.all().filter(c -> c.says("counted"));
    }

    static Stream<ServerCase> casesWithAReason() {
        return ServerCase.all().filter(c -> c.says("known"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eventByEvent(ServerCase c) {
        CompletionStream stream = new CompletionStream(TokenCount.USAGE, (nanos, gap, events) -> {});
        stream.keepText();
        stream.head(0, 200, "text/event-stream");
        long at = FIRST;
        for (String event : c.events()) {
            byte[] bytes = Wire.bytes(event);
            stream.buffer(at, bytes, 0, bytes.length);
            at += NEXT;
        }
        stream.end(at);
        assertIsAsExpected(c, stream);
        instant(c, "ttft", stream.firstTokenNanos());
        instant(c, "ttfo", stream.firstOutputNanos());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void cutAtEveryByte_andInPiecesOfAnyLength(ServerCase c) {
        byte[] bytes = Wire.bytes(c.body());
        for (int piece : new int[] {1, 2, 3, 7, 64, 1000, bytes.length}) {
            CompletionStream stream = new CompletionStream(TokenCount.USAGE, (nanos, gap, events) -> {});
            stream.keepText();
            stream.head(0, 200, "text/event-stream");
            for (int at = 0; at < bytes.length; at += piece) {
                stream.buffer(at, bytes, at, Math.min(piece, bytes.length - at));
            }
            stream.end(bytes.length);
            assertIsAsExpected(c, stream);
        }
    }

    @ParameterizedTest
    @MethodSource("casesThatCount")
    void whatIsUnknown_isCountedInEventsIfWanted(ServerCase c) {
        Response counting = Response.counting().at(FIRST, c.body()).end(FIRST + 1);
        assertThat(counting.stream.countedEvents()).isTrue();
        assertThat(counting.tokens().output()).isEqualTo(c.number("counted"));
        assertThat(counting.tokens().streamed()).isEqualTo(c.number("counted"));
    }

    @ParameterizedTest
    @MethodSource("casesWithAReason")
    void finishReasonsAreKnownForWhatTheyAre(ServerCase c) {
        String reason = c.text("finish");
        assertThat(FinishReasons.isKnown(reason))
                .isEqualTo(c.expect().get("known").asBoolean());
        assertThat(FinishReasons.isFiltered(reason))
                .isEqualTo(c.says("filtered") && c.expect().get("filtered").asBoolean());
    }

    private static void assertIsAsExpected(ServerCase c, CompletionStream stream) {
        assertThat(stream.outcome()).hasToString(c.text("outcome"));
        assertThat(stream.error()).isEqualTo(c.says("error") ? c.text("error") : "");
        Tokens tokens = stream.tokens(0);
        count(c, "prompt", tokens.prompt());
        count(c, "cached", tokens.cached());
        count(c, "output", tokens.output());
        count(c, "streamed", tokens.streamed());
        count(c, "reasoning", tokens.reasoning());
        count(c, "events", tokens.events());
        count(c, "firstEvent", tokens.firstEventKnown() ? tokens.firstEvent() : RequestRecord.UNKNOWN);
        if (!c.says("error")) {
            assertThat(tokens.flaw()).hasToString(c.says("flaw") ? c.text("flaw") : "NONE");
        }
        if (c.says("text")) {
            assertThat(stream.text()).isEqualTo(c.text("text"));
        }
        if (c.says("finish")) {
            assertThat(stream.finishReason()).isEqualTo(c.text("finish"));
        }
    }

    private static void count(ServerCase c, String name, int actual) {
        if (c.says(name)) {
            assertThat(actual).as(name).isEqualTo(c.number(name));
        }
    }

    private static void instant(ServerCase c, String name, long actual) {
        if (c.says(name)) {
            long expected = c.number(name) < 0 ? RequestRecord.ABSENT : c.number(name);
            assertThat(actual).as(name).isEqualTo(expected);
        }
    }
}
