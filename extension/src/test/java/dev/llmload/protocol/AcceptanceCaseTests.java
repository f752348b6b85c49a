package dev.llmload.protocol;

import static dev.llmload.protocol.Wire.DONE;
import static dev.llmload.protocol.Wire.ROLE;
import static dev.llmload.protocol.Wire.STOP;
import static dev.llmload.protocol.Wire.content;
import static dev.llmload.protocol.Wire.delta;
import static dev.llmload.protocol.Wire.usage;
import static dev.llmload.result.request.RequestRecord.ABSENT;
import static dev.llmload.result.request.RequestRecord.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.Outcome;
import dev.llmload.result.request.RequestRecord.Tokens;
import dev.llmload.result.request.UsageFlaw;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases on the wire that the tools of the field get wrong. Instants are written in milliseconds since {@code sent}. */
class AcceptanceCaseTests {
    @Test
    void case01_roleChunk_isNoTokenEvent() {
        Response r = Response.ok()
                .at(10, ROLE)
                .at(200, content("Hello"))
                .at(250, content(" world"))
                .at(251, usage(5, 2))
                .at(251, DONE)
                .end(252);
        assertThat(r.stream.outcome()).isEqualTo(Outcome.OK);
        assertThat(r.stream.firstTokenNanos()).isEqualTo(200);
        assertThat(r.tokens()).isEqualTo(new Tokens(5, UNKNOWN, 2, 2, 1, false, 2, 2, 0));
        assertThat(tpot(r)).isEqualTo(50);
    }

    @Test
    void case02_usageOnlyChunk_isNoTokenEventAndNoEndOfE2e() {
        Response r = Response.ok()
                .at(100, content("a"))
                .at(120, content("b"))
                .at(620, usage(5, 2))
                .at(621, DONE)
                .end(630);
        assertThat(r.stream.lastTokenNanos()).isEqualTo(120);
        assertThat(r.stream.closedNanos()).isEqualTo(630);
        assertThat(r.tokens().output()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reasoning", "reasoning_content"})
    void case03_reasoningStartsTtft_contentStartsTtfo(String name) {
        Response r = Response.ok()
                .at(100, delta("\"" + name + "\":\"Let me think\""))
                .at(150, delta("\"" + name + "\":\"more\""))
                .at(400, content("Hello"))
                .at(450, content(" world"))
                .at(
                        451,
                        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":10,"
                                + "\"completion_tokens_details\":{\"reasoning_tokens\":6}}}\n\n" + DONE)
                .end(452);
        assertThat(r.stream.firstTokenNanos()).isEqualTo(100);
        assertThat(r.stream.firstOutputNanos()).isEqualTo(400);
        assertThat(r.tokens()).isEqualTo(new Tokens(1, UNKNOWN, 10, 10, 1, false, 4, 4, 0, 6, UsageFlaw.NONE));
    }

    @Test
    void case03_bothSpellingsInOneChunk_areOneEvent() {
        Response r = Response.ok()
                .at(100, delta("\"reasoning\":\"hm\",\"reasoning_content\":\"hm\""))
                .at(200, delta("\"reasoning\":\"hm\",\"reasoning_content\":\"hm\""))
                .at(300, STOP)
                .end(301);
        assertThat(r.tokens().events()).isEqualTo(2);
        assertThat(r.stream.firstOutputNanos()).isEqualTo(ABSENT);
    }

    @Test
    void case04_reasoningOnlyCutByTheLimit_succeedsWithoutTtfo() {
        Response r = Response.ok()
                .at(100, delta("\"reasoning_content\":\"hm\""))
                .at(110, "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}\n\n" + DONE)
                .end(111);
        assertThat(r.stream.outcome()).isEqualTo(Outcome.OK);
        assertThat(r.stream.firstTokenNanos()).isEqualTo(100);
        assertThat(r.stream.firstOutputNanos()).isEqualTo(ABSENT);
        assertThat(r.stream.finishReason()).isEqualTo("length");
    }

    @Test
    void case05_toolCallsOnly_areTokenEvents() {
        String call = "\"content\":null,\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"%s\"}}]";
        Response r = Response.ok()
                .at(10, delta("\"role\":\"assistant\",\"content\":null,\"tool_calls\":null"))
                .at(100, delta(call.formatted("{\\\"city")))
                .at(120, delta(call.formatted("\\\":\\\"B")))
                .at(140, delta(call.formatted("\\\"}")))
                .at(
                        141,
                        "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\n" + usage(10, 12)
                                + DONE)
                .end(142);
        assertThat(r.stream.outcome()).isEqualTo(Outcome.OK);
        assertThat(r.stream.firstTokenNanos()).isEqualTo(100);
        assertThat(r.stream.firstOutputNanos()).isEqualTo(100);
        assertThat(r.tokens()).isEqualTo(new Tokens(10, UNKNOWN, 12, 12, 1, false, 3, 3, 0));
    }

    @Test
    void case06_severalTokensAChunk_withoutPerChunkUsage_firstEventIsOne() {
        Response r = Response.ok()
                .at(100, content("aa bb"))
                .at(110, content("cc dd"))
                .at(120, content("ee ff"))
                .at(130, content("gg hh"))
                .at(131, STOP + usage(3, 8) + DONE)
                .end(132);
        assertThat(r.tokens()).isEqualTo(new Tokens(3, UNKNOWN, 8, 8, 1, false, 4, 4, 0));
    }

    @Test
    void case06_severalTokensAChunk_withPerChunkUsage_firstEventIsKnown() {
        Response r = Response.ok()
                .at(100, Wire.contentAndUsage("aa bb", 3, 2))
                .at(110, Wire.contentAndUsage("cc dd", 3, 4))
                .at(120, Wire.contentAndUsage("ee ff", 3, 6))
                .at(130, Wire.contentAndUsage("gg hh", 3, 8))
                .at(131, STOP + DONE)
                .end(132);
        assertThat(r.tokens()).isEqualTo(new Tokens(3, UNKNOWN, 8, 8, 2, true, 4, 4, 0));
        assertThat(tpot(r)).isEqualTo(5);
    }

    @Test
    void case07_tpotArithmetic() {
        Response first = Response.ok()
                .at(120, content("a"))
                .at(200, content("b") + STOP + usage(1, 6))
                .end(201);
        assertThat(tpot(first)).isEqualTo(16);
        Response second = Response.ok()
                .at(1040, content("a"))
                .at(1080, content("b"))
                .at(1120, content("c") + STOP + usage(1, 9))
                .end(1121);
        assertThat(tpot(second)).isEqualTo(10);
    }

    @Test
    void case08_gaps_areBetweenArrivals() {
        Response r = Response.ok()
                .at(100, content("a"))
                .at(105, content("b"))
                .at(115, content("c"))
                .at(130, content("d"));
        assertThat(gaps(r)).containsExactly(ABSENT, 5L, 10L, 15L);
        assertThat(gaps(Response.ok().at(100, content("a")))).containsExactly(ABSENT);
    }

    @Test
    void case08_instantsThatGoBack_giveNoNegativeGap() {
        Response r = Response.ok()
                .at(100, content("a"))
                .at(90, content("b"))
                .at(130, content("c") + STOP)
                .end(120);
        assertThat(gaps(r)).containsExactly(ABSENT, 0L, 30L);
        assertThat(r.stream.firstTokenNanos()).isEqualTo(100);
        assertThat(r.stream.lastTokenNanos()).isEqualTo(130);
        assertThat(r.stream.closedNanos()).isEqualTo(130);
    }

    @Test
    void case09_singleToken_succeeds() {
        Response r = Response.ok()
                .at(100, content("a"))
                .at(101, STOP + usage(5, 1) + DONE)
                .end(102);
        assertThat(r.stream.outcome()).isEqualTo(Outcome.OK);
        assertThat(r.stream.firstTokenNanos())
                .isEqualTo(r.stream.lastTokenNanos())
                .isEqualTo(100);
        assertThat(r.tokens()).isEqualTo(new Tokens(5, UNKNOWN, 1, 1, 1, false, 1, 1, 0));
    }

    @Test
    void case10_emptyAnswer_fails() {
        Response r =
                Response.ok().at(10, ROLE).at(20, STOP + usage(5, 0) + DONE).end(21);
        assertThat(r.stream.outcome()).isEqualTo(Outcome.EMPTY);
        assertThat(r.stream.error()).isEqualTo("the answer held no token event (finish_reason stop)");
        assertThat(r.stream.firstTokenNanos()).isEqualTo(ABSENT);
        assertThat(r.tokens()).isEqualTo(new Tokens(5, UNKNOWN, 0, 0, UNKNOWN, false, 0, 0, 0));
    }

    @Test
    void case11_errorInTheStream_fails() {
        Response r = Response.ok()
                .at(10, content("a"))
                .at(
                        20,
                        "data: {\"error\":{\"message\":\"EngineCore died\",\"type\":\"InternalServerError\",\"code\":500}}\n\n");
        assertThat(r.stream.broken()).isTrue();
        r.at(30, DONE).end(31);
        assertThat(r.stream.outcome()).isEqualTo(Outcome.STREAM_ERROR);
        assertThat(r.stream.error()).isEqualTo("EngineCore died (type InternalServerError, code 500)");
        assertThat(r.tokens().events()).isEqualTo(1);
        assertThat(r.stream.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"error\":\"boom\"}\n\n",
                "event: error\ndata: boom\n\n",
                "event: error\ndata: {\"message\":\"boom\"}\n\n",
                "event: error\ndata: {\"error\":{\"message\":\"boom\"}}\n\n",
                "data: {\"error\":\"boom\",\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n",
                "data: {\"object\":\"error\",\"message\":\"boom\"}\n\n",
                "error: boom\n",
                "error: {\"message\":\"boom\"}\n\ndata: [DONE]\n\n",
            })
    void case11_errorAsFirstEvent_inAnyForm_fails(String bytes) {
        Response r = Response.ok().at(10, bytes);
        assertThat(r.stream.broken()).isTrue();
        r.end(20);
        assertThat(r.stream.outcome()).isEqualTo(Outcome.STREAM_ERROR);
        assertThat(r.stream.error()).isEqualTo("boom");
        assertThat(r.tokens().events()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:", "data: ", "data:   ", "data:\t"})
    void case12_anySpacingAfterData_parsesTheSame(String field) {
        Response r = Response.ok()
                .at(10, content("a").replace("data: ", field) + STOP.replace("data: ", field) + field + "[DONE] \n\n")
                .end(20);
        assertThat(r.stream.outcome()).isEqualTo(Outcome.OK);
        assertThat(r.tokens().events()).isEqualTo(1);
        assertThat(r.stream.done()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void case13_lineEndsAndEndOfStream_countTheSame(String lineEnd) {
        String open = (content("a") + content("b").stripTrailing()).replace("\n", lineEnd);
        Response r = Response.ok().at(10, open).end(50);
        assertThat(r.tokens().events()).isEqualTo(2);
        assertThat(r.stream.lastTokenNanos()).isEqualTo(10);
        assertThat(r.tokens().arrivals()).isEqualTo(1);
        assertThat(r.stream.outcome()).isEqualTo(Outcome.TRUNCATED);
    }

    @Test
    void case14_commentsAndOtherFields_haveNoEffect() {
        Response r = Response.ok()
                .at(10, ": ping\n\n")
                .at(100, "event: message\nid: 1\nretry: 3000\nunknown: x\nnocolon\n" + content("a"))
                .at(150, ": ping\n\n")
                .at(200, content("b") + STOP)
                .end(201);
        assertThat(r.stream.outcome()).isEqualTo(Outcome.OK);
        assertThat(r.stream.firstTokenNanos()).isEqualTo(100);
        assertThat(r.tokens().events()).isEqualTo(2);
        assertThat(gaps(r)).containsExactly(ABSENT, 100L);
    }

    @Test
    void case16_twoEventsInOneBuffer_areOneArrival() {
        Response r = Response.ok()
                .at(100, content("a") + content("b"))
                .at(130, content("c") + STOP)
                .end(131);
        assertThat(r.arrivals).containsExactly(new Response.Arrival(100, ABSENT, 2), new Response.Arrival(130, 30, 1));
        assertThat(r.tokens().events()).isEqualTo(3);
        assertThat(r.tokens().arrivals()).isEqualTo(2);
    }

    @Test
    void case17_reset_keepsWhatCame() {
        Response r = Response.ok().at(100, content("a")).at(110, content("b")).fail(120, Outcome.RESET);
        assertThat(r.stream.outcome()).isEqualTo(Outcome.RESET);
        assertThat(r.stream.error()).isEqualTo("the test said so");
        assertThat(r.tokens().events()).isEqualTo(2);
        assertThat(r.stream.closedNanos()).isEqualTo(120);
    }

    @Test
    void case17_endWithNeitherFinishReasonNorDone_isTruncated() {
        Response r = Response.ok().at(100, content("a")).end(120);
        assertThat(r.stream.outcome()).isEqualTo(Outcome.TRUNCATED);
        assertThat(r.stream.error())
                .isEqualTo("the response ended with neither finish_reason nor [DONE], after 1 token events");
    }

    @Test
    void case17_endWithFinishReasonOrDone_succeeds() {
        assertThat(Response.ok().at(1, content("a") + STOP).end(2).stream.outcome())
                .isEqualTo(Outcome.OK);
        assertThat(Response.ok().at(1, content("a") + DONE).end(2).stream.outcome())
                .isEqualTo(Outcome.OK);
    }

    @Test
    void case18_missingUsage_isUnknownButSucceeds() {
        Response r = Response.ok()
                .at(100, content("a"))
                .at(110, content("b") + STOP + DONE)
                .end(111);
        assertThat(r.stream.outcome()).isEqualTo(Outcome.OK);
        assertThat(r.tokens()).isEqualTo(new Tokens(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, 1, false, 2, 2, 0));
        assertThat(r.stream.countedEvents()).isFalse();
    }

    @Test
    void case18_usageInTheFinishChunk_counts() {
        Response r = Response.ok()
                .at(100, content("a"))
                .at(
                        110,
                        "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":" + Wire.counts(4, 7)
                                + ",\"timings\":{\"prompt_n\":4,\"predicted_n\":7,\"completion_tokens\":99}}\n\n")
                .end(111);
        assertThat(r.tokens()).isEqualTo(new Tokens(4, UNKNOWN, 7, 7, 1, false, 1, 1, 0));
    }

    @Test
    void case18_usageInEveryChunk_theLastWins() {
        Response r = Response.ok();
        IntStream.rangeClosed(1, 3).forEach(i -> r.at(100 * i, Wire.contentAndUsage("a", 4, i)));
        r.at(310, STOP).end(311);
        assertThat(r.tokens()).isEqualTo(new Tokens(4, UNKNOWN, 3, 3, 1, true, 3, 3, 0));
    }

    private static double tpot(Response r) {
        Tokens tokens = r.tokens();
        return (double) (r.stream.lastTokenNanos() - r.stream.firstTokenNanos())
                / (tokens.streamed() - tokens.firstEvent());
    }

    private static List<Long> gaps(Response r) {
        return r.arrivals.stream().map(Response.Arrival::gapNanos).toList();
    }
}
