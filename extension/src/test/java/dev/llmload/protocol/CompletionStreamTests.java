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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmload.result.Outcome;
import dev.llmload.result.request.RequestRecord.Tokens;
import dev.llmload.result.request.UsageFlaw;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionStreamTests {
    @Nested
    class Times {
        @Test
        void beforeAnything_everythingIsAbsent() {
            CompletionStream s = Response.withoutHead().stream;
            assertThat(s.headersNanos()).isEqualTo(ABSENT);
            assertThat(s.firstTokenNanos()).isEqualTo(ABSENT);
            assertThat(s.firstOutputNanos()).isEqualTo(ABSENT);
            assertThat(s.lastTokenNanos()).isEqualTo(ABSENT);
            assertThat(s.lastEventNanos()).isEqualTo(ABSENT);
            assertThat(s.closedNanos()).isEqualTo(ABSENT);
            assertThat(s.status()).isEqualTo(UNKNOWN);
            assertThat(s.outcome()).isEqualTo(Outcome.CUT);
            assertThat(s.error()).isEmpty();
            assertThat(s.tokens(0)).isEqualTo(new Tokens(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, false, 0, 0, 0));
        }

        @Test
        void headIsNotTheFirstToken() {
            Response r = Response.ok().at(500, content("a") + STOP).end(501);
            assertThat(r.stream.headersNanos()).isZero();
            assertThat(r.stream.firstTokenNanos()).isEqualTo(500);
        }

        @Test
        void clockThatWrapsAround_keepsItsOrder() {
            Response r = Response.withoutHead();
            r.stream.head(Long.MAX_VALUE - 10, 200, "text/event-stream");
            r.at(Long.MAX_VALUE - 5, content("a"))
                    .at(Long.MIN_VALUE + 4, content("b") + STOP)
                    .end(Long.MIN_VALUE + 5);
            assertThat(r.arrivals.get(1).gapNanos()).isEqualTo(10);
            assertThat(r.stream.lastTokenNanos()).isEqualTo(Long.MIN_VALUE + 4);
        }

        @Test
        void lastEvent_isAnyEventOrComment_butNoHalfOne() {
            Response r = Response.ok().at(10, ": ping\n");
            assertThat(r.stream.lastEventNanos()).isEqualTo(10);
            assertThat(r.stream.started()).isFalse();
            r.at(20, ROLE);
            assertThat(r.stream.lastEventNanos()).isEqualTo(20);
            r.at(30, "data: {\"choices\"");
            assertThat(r.stream.lastEventNanos()).isEqualTo(20);
            r.at(40, ":[]}\n\n");
            assertThat(r.stream.lastEventNanos()).isEqualTo(40);
        }

        @Test
        void eventOverSeveralBuffers_hasTheInstantOfTheOneThatCompletesIt() {
            String event = content("a");
            Response r = Response.ok().at(10, event.substring(0, 20)).at(20, event.substring(20, event.length() - 1));
            assertThat(r.stream.started()).isFalse();
            r.at(30, "\n");
            assertThat(r.stream.firstTokenNanos()).isEqualTo(30);
            assertThat(r.stream.started()).isTrue();
        }

        @Test
        void nothingAfterDoneOrTheEndCounts() {
            Response r = Response.ok()
                    .at(10, content("a") + DONE + content("b"))
                    .at(20, content("c"))
                    .end(30);
            r.at(40, content("d")).end(50).fail(60, Outcome.RESET);
            assertThat(r.tokens().events()).isEqualTo(1);
            assertThat(r.stream.closedNanos()).isEqualTo(30);
            assertThat(r.stream.outcome()).isEqualTo(Outcome.OK);
        }
    }

    @Nested
    class TokenEvents {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"role\":\"assistant\"",
                    "\"role\":\"assistant\",\"content\":null",
                    "\"content\":\"\"",
                    "\"reasoning\":\"\",\"reasoning_content\":null",
                    "\"tool_calls\":[]",
                    "\"tool_calls\":null",
                    "\"refusal\":null",
                    "\"refusal\":\"\"",
                    "\"audio\":{\"data\":\"x\"}",
                })
        void deltaWithoutTokens_isNone(String members) {
            Response r = Response.ok().at(10, delta(members));
            assertThat(r.stream.started()).isFalse();
            assertThat(r.arrivals).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"content\":\" \"",
                    "\"content\":\"\\n\"",
                    "\"content\":\"\\u0000\"",
                    "\"content\":\"\uFFFD\"",
                    "\"refusal\":\"no\"",
                    "\"tool_calls\":[{}]",
                    "\"content\":\"\",\"reasoning\":\"x\"",
                })
        void deltaWithTokens_isOne(String members) {
            Response r = Response.ok().at(10, delta(members)).at(20, delta(members));
            assertThat(r.tokens().events()).isEqualTo(2);
        }

        @Test
        void textOfCompletions_isOne() {
            Response r = Response.ok()
                    .at(10, "data: {\"choices\":[{\"index\":0,\"text\":\"a\",\"finish_reason\":null}]}\n\n")
                    .at(20, "data: {\"choices\":[{\"index\":0,\"text\":\"\",\"finish_reason\":\"length\"}]}\n\n")
                    .end(30);
            assertThat(r.tokens().events()).isEqualTo(1);
            assertThat(r.stream.firstOutputNanos()).isEqualTo(10);
            assertThat(r.stream.outcome()).isEqualTo(Outcome.OK);
        }

        @Test
        void reasoningAndContentInOneChunk_areOneEventAndStartTtfo() {
            Response r = Response.ok().at(10, delta("\"reasoning\":\"x\",\"content\":\"y\""));
            assertThat(r.tokens().events()).isEqualTo(1);
            assertThat(r.stream.firstOutputNanos()).isEqualTo(10);
        }
    }

    @Nested
    class Usage {
        private static String details(int completion, int reasoning) {
            return "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":" + completion
                    + ",\"prompt_tokens_details\":{\"cached_tokens\":8},\"completion_tokens_details\":{\"reasoning_tokens\":"
                    + reasoning + "}}";
        }

        @Test
        void hiddenReasoning_isNotStreamed() {
            Response r = Response.ok()
                    .at(10, content("a"))
                    .at(20, STOP + "data: {\"choices\":[]," + details(50, 40) + "}\n\n")
                    .end(30);
            assertThat(r.tokens()).isEqualTo(new Tokens(9, 8, 50, 10, 1, false, 1, 1, 0, 40, UsageFlaw.NONE));
        }

        @Test
        void streamedReasoning_is() {
            Response r = Response.ok()
                    .at(10, delta("\"reasoning\":\"a\""))
                    .at(20, STOP + "data: {\"choices\":[]," + details(50, 40) + "}\n\n")
                    .end(30);
            assertThat(r.tokens()).isEqualTo(new Tokens(9, 8, 50, 50, 1, false, 1, 1, 0, 40, UsageFlaw.NONE));
        }

        @Test
        void reasoningThatIsNotWithinTheCompletion_isNotTakenAway() {
            Response r = Response.ok().at(10, content("a") + "data: {\"choices\":[]," + details(10, 40) + "}\n\n");
            assertThat(r.tokens().streamed()).isEqualTo(10);
        }

        @Test
        void hiddenReasoningInPerChunkUsage_isNoTokenOfTheFirstEvent() {
            Response r = Response.ok()
                    .at(10, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]," + details(42, 40) + "}\n\n")
                    .at(20, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]," + details(45, 40) + "}\n\n");
            assertThat(r.tokens()).isEqualTo(new Tokens(9, 8, 45, 5, 2, true, 2, 2, 0, 40, UsageFlaw.NONE));
        }

        @Test
        void hiddenReasoningToldOnlyAtTheEnd_leavesTheFirstEventUnknown() {
            Response r = Response.ok()
                    .at(10, Wire.contentAndUsage("a", 9, 42))
                    .at(20, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]," + details(45, 40) + "}\n\n");
            assertThat(r.tokens()).isEqualTo(new Tokens(9, 8, 45, 5, 1, false, 2, 2, 0, 40, UsageFlaw.NONE));
        }

        @Test
        void firstUsageThatTheLastOneContradicts_leavesTheFirstEventUnknown() {
            Response hidden = Response.ok()
                    .at(10, Wire.contentAndUsage("a", 9, 3))
                    .at(20, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]," + details(45, 40) + "}\n\n");
            assertThat(hidden.tokens()).isEqualTo(new Tokens(9, 8, 45, 5, 1, false, 2, 2, 0, 40, UsageFlaw.NONE));
            Response larger = Response.ok().at(10, Wire.contentAndUsage("a", 9, 50) + usage(9, 5));
            assertThat(larger.tokens()).isEqualTo(new Tokens(9, UNKNOWN, 5, 5, 1, false, 1, 1, 0));
        }

        @Test
        void usageBeforeTheFirstTokenOrZeroWithIt_tellsNothingOfTheFirstEvent() {
            Response before = Response.ok().at(5, usage(4, 0)).at(10, content("a") + usage(4, 3));
            assertThat(before.tokens()).isEqualTo(new Tokens(4, UNKNOWN, 3, 3, 1, false, 1, 1, 0));
            Response zero = Response.ok().at(10, Wire.contentAndUsage("a", 4, 0) + usage(4, 3));
            assertThat(zero.tokens()).isEqualTo(new Tokens(4, UNKNOWN, 3, 3, 1, false, 1, 1, 0));
        }

        @Test
        void theLastUsageReplacesTheWholeOfAnEarlierOne_butAnEmptyOneDoesNot() {
            Response r = Response.ok()
                    .at(10, content("a") + "data: {\"choices\":[]," + details(50, 40) + "}\n\n")
                    .at(20, usage(9, 51))
                    .at(30, "data: {\"choices\":[],\"usage\":null}\n\ndata: {\"choices\":[],\"usage\":{}}\n\n");
            assertThat(r.tokens()).isEqualTo(new Tokens(9, UNKNOWN, 51, 51, 1, false, 1, 1, 0));
        }

        @Test
        void cachedZero_isKnown() {
            Response r = Response.ok()
                    .at(
                            10,
                            content("a") + "data: {\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1,"
                                    + "\"prompt_tokens_details\":{\"cached_tokens\":0}}}\n\n");
            assertThat(r.tokens().cached()).isZero();
        }

        @ParameterizedTest
        @ValueSource(strings = {"-1", "1.5", "\"7\"", "null", "99999999999", "1e400", "[7]", "true"})
        void whatIsNoCount_isUnknown(String value) {
            Response r = Response.ok()
                    .at(
                            10,
                            content("a") + "data: {\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":" + value
                                    + "}}\n\n" + STOP)
                    .end(11);
            assertThat(r.tokens().output()).isEqualTo(UNKNOWN);
            assertThat(r.tokens().prompt()).isEqualTo(9);
            assertThat(r.stream.outcome()).isEqualTo(Outcome.OK);
        }

        @Test
        void wholeNumberWithAPoint_isACount() {
            Response r = Response.ok().at(10, content("a") + "data: {\"usage\":{\"completion_tokens\":7.0}}\n\n");
            assertThat(r.tokens().output()).isEqualTo(7);
        }

        @Test
        void missingUsage_countsEventsOnlyIfWanted() {
            Response r = Response.counting()
                    .at(10, content("a") + content("b"))
                    .at(20, content("c") + STOP)
                    .end(30);
            assertThat(r.tokens()).isEqualTo(new Tokens(UNKNOWN, UNKNOWN, 3, 3, 1, false, 3, 2, 0));
            assertThat(r.stream.countedEvents()).isTrue();
        }

        @Test
        void presentUsage_isUsedEvenIfCountingIsAllowed() {
            Response r = Response.counting()
                    .at(10, content("a") + STOP + usage(1, 5))
                    .end(30);
            assertThat(r.tokens().output()).isEqualTo(5);
            assertThat(r.stream.countedEvents()).isFalse();
        }

        @Test
        void eventsInWindow_areTheCallers() {
            assertThat(Response.ok().stream.tokens(17).eventsInWindow()).isEqualTo(17);
        }
    }

    @Nested
    class Completeness {
        @Test
        void done_isDoneMarkerOrFinishReasonWithUsage() {
            Response r = Response.ok().at(10, content("a"));
            assertThat(r.stream.done()).isFalse();
            r.at(20, STOP);
            assertThat(r.stream.done()).isFalse();
            r.at(30, usage(1, 1));
            assertThat(r.stream.done()).isTrue();
            assertThat(Response.ok().at(10, content("a") + DONE).stream.done()).isTrue();
        }

        @ParameterizedTest
        @EnumSource(
                value = Outcome.class,
                names = {"RESET", "TIMEOUT_STALLED", "TIMEOUT_TOTAL", "CUT"})
        void completeAnswer_isNotSpoiledByItsConnection(Outcome outcome) {
            Response r = Response.ok().at(10, content("a") + STOP).fail(20, outcome);
            assertThat(r.stream.outcome()).isEqualTo(Outcome.OK);
            assertThat(r.stream.error()).isEmpty();
            assertThat(r.stream.closedNanos()).isEqualTo(20);
        }

        @Test
        void completeAnswer_canStillBeWrong() {
            Response r = Response.ok().at(10, content("a") + STOP).fail(20, Outcome.WRONG_ANSWER);
            assertThat(r.stream.outcome()).isEqualTo(Outcome.WRONG_ANSWER);
        }

        @Test
        void doneWithoutTokens_isEmpty() {
            Response r = Response.ok().at(10, DONE).fail(20, Outcome.RESET);
            assertThat(r.stream.outcome()).isEqualTo(Outcome.EMPTY);
            assertThat(r.stream.error()).isEqualTo("the answer held no token event (no finish_reason)");
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "\"\"", "false"})
        void emptyFinishReason_isNone(String value) {
            Response r = Response.ok()
                    .at(10, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":" + value + "}]}\n\n")
                    .end(20);
            assertThat(r.stream.outcome()).isEqualTo(Outcome.TRUNCATED);
        }

        @Test
        void finishReasonError_isAStreamError() {
            Response r = Response.ok()
                    .at(10, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"error\"}]}\n\n");
            assertThat(r.stream.broken()).isFalse(); // the server may still say why
            r.fail(20, Outcome.TIMEOUT_STALLED);
            assertThat(r.stream.outcome()).isEqualTo(Outcome.STREAM_ERROR);
            assertThat(r.stream.error()).isEqualTo("finish_reason error");
        }

        @Test
        void nothingAtAll_isTruncated() {
            assertThat(Response.ok().end(10).stream.outcome()).isEqualTo(Outcome.TRUNCATED);
        }

        @Test
        void fieldNameBrokenOffByTheEnd_isTruncatedNotProtocol() {
            assertThat(Response.ok().at(5, "da").end(10).stream.outcome()).isEqualTo(Outcome.TRUNCATED);
        }

        @Test
        void jsonBrokenOffByTheEnd_isTruncatedNotProtocol() {
            Response r = Response.ok()
                    .at(10, content("a") + "data: {\"choices\":[{\"del")
                    .end(20);
            assertThat(r.stream.outcome()).isEqualTo(Outcome.TRUNCATED);
            assertThat(r.stream.broken()).isFalse();
        }

        @Test
        void failure_cannotBeOk() {
            assertThatIllegalArgumentException().isThrownBy(() -> Response.ok().fail(10, Outcome.OK));
        }

        @ParameterizedTest
        @EnumSource(
                value = Outcome.class,
                names = {"CONNECT", "TLS", "RESET", "TIMEOUT_FIRST_TOKEN", "TIMEOUT_TOTAL", "CUT"})
        void failureBeforeTheHead_isKept(Outcome outcome) {
            Response r = Response.withoutHead().fail(10, outcome).end(20);
            assertThat(r.stream.outcome()).isEqualTo(outcome);
            assertThat(r.stream.status()).isEqualTo(UNKNOWN);
        }

        @Test
        void endWithoutAHead_isAReset() {
            assertThat(Response.withoutHead().end(10).stream.outcome()).isEqualTo(Outcome.RESET);
        }
    }

    @Nested
    class Statuses {
        @ParameterizedTest
        @CsvSource({
            "400, HTTP_4XX",
            "401, HTTP_4XX",
            "404, HTTP_4XX",
            "429, RATE_LIMITED",
            "500, HTTP_5XX",
            "503, HTTP_5XX"
        })
        void errorStatus_keepsTheBody(int status, Outcome outcome) {
            Response r = Response.of(status, "application/json")
                    .at(10, "{\"error\":")
                    .at(20, "\"no\"}")
                    .end(30);
            assertThat(r.stream.outcome()).isEqualTo(outcome);
            assertThat(r.stream.error()).isEqualTo("{\"error\":\"no\"}");
            assertThat(r.stream.status()).isEqualTo(status);
            assertThat(r.stream.broken()).isFalse();
        }

        @Test
        void errorBody_isKeptTo512Bytes_withoutHalfACharacter() {
            Response r = Response.of(500, "text/plain")
                    .at(10, "x".repeat(511) + "é" + "y".repeat(9))
                    .end(30);
            assertThat(r.stream.error()).isEqualTo("x".repeat(511));
        }

        @Test
        void errorStatusThatTheConnectionCutsOff_staysOne() {
            Response r = Response.of(503, "text/plain").at(10, "busy").fail(20, Outcome.RESET);
            assertThat(r.stream.outcome()).isEqualTo(Outcome.HTTP_5XX);
            assertThat(r.stream.error()).isEqualTo("busy");
        }

        @Test
        void emptyBody_saysTheStatus() {
            assertThat(Response.of(502, "").end(1).stream.error()).isEqualTo("status 502, with an empty body");
        }

        @Test
        void redirect_isExplained() {
            Response r = Response.of(307, "text/html").at(1, "moved").end(2);
            assertThat(r.stream.outcome()).isEqualTo(Outcome.HTTP_5XX);
            assertThat(r.stream.error())
                    .isEqualTo(
                            "status 307 is a redirect, which is not followed: set the url to where it points: moved");
        }

        @Test
        void streamInAnErrorStatus_isNoStream() {
            Response r = Response.of(500, "text/event-stream")
                    .at(10, content("a") + STOP)
                    .end(20);
            assertThat(r.stream.started()).isFalse();
            assertThat(r.stream.outcome()).isEqualTo(Outcome.HTTP_5XX);
        }

        @Test
        void keysInAnErrorBody_areMasked() {
            Response r = Response.of(401, "")
                    .at(10, "Incorrect API key provided: sk-abc12345")
                    .end(20);
            assertThat(r.stream.error()).isEqualTo("Incorrect API key provided: ***");
        }
    }

    @Nested
    class NoEventStream {
        @Test
        void html_isProtocol() {
            Response r = Response.of(200, "text/html; charset=utf-8")
                    .at(10, "<html>Login</html>")
                    .end(20);
            assertThat(r.stream.outcome()).isEqualTo(Outcome.PROTOCOL);
            assertThat(r.stream.error())
                    .isEqualTo("expected an event stream (text/event-stream), but the server answered 200 with"
                            + " text/html; charset=utf-8; it begins: <html>Login</html>");
        }

        @Test
        void longHtml_isBrokenWithoutWaitingForItsEnd() {
            Response r = Response.of(200, "text/html").at(10, "<p>".repeat(200));
            assertThat(r.stream.broken()).isTrue();
            assertThat(r.stream.outcome()).isEqualTo(Outcome.PROTOCOL);
        }

        @Test
        void jsonError_isAStreamError() {
            Response r = Response.of(200, "application/json")
                    .at(10, "{\"id\":1,\"error\":{\"message\":\"no model\"}}")
                    .end(20);
            assertThat(r.stream.outcome()).isEqualTo(Outcome.STREAM_ERROR);
            assertThat(r.stream.error()).isEqualTo("no model");
        }

        @ParameterizedTest
        @ValueSource(strings = {"application/json", "", "text/event-stream"})
        void completeCompletion_saysThatTheServerDidNotStream(String type) {
            Response r = Response.of(200, type)
                    .at(10, "{\"choices\":[{\"message\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}")
                    .end(20);
            assertThat(r.stream.outcome()).isEqualTo(Outcome.PROTOCOL);
            assertThat(r.stream.error()).startsWith("the server did not stream: it answered with one complete JSON");
            assertThat(r.stream.started()).isFalse();
        }

        @Test
        void plainText_isProtocol() {
            Response r =
                    Response.of(200, "text/plain").at(10, "Internal error\n").end(20);
            assertThat(r.stream.outcome()).isEqualTo(Outcome.PROTOCOL);
            assertThat(r.stream.error()).endsWith("answered 200 with text/plain; it begins: Internal error");
        }

        @Test
        void plainTextThatClaimsToBeAStream_isProtocol() {
            Response r = Response.of(200, "text/event-stream")
                    .at(10, "Internal error\n")
                    .end(20);
            assertThat(r.stream.outcome()).isEqualTo(Outcome.PROTOCOL);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "text/plain",
                    "application/json",
                    "application/octet-stream",
                    "Text/Event-Stream;charset=utf-8"
                })
        void streamUnderAnotherType_isRead(String type) {
            Response r =
                    Response.of(200, type).at(10, "\n" + content("a") + STOP).end(20);
            assertThat(r.stream.outcome()).isEqualTo(Outcome.OK);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "data: nonsense\n\n",
                    "data: 5\n\n",
                    "data: [1]\n\n",
                    "data: {\"choices\":[}\n\n",
                    "data: {}{}\n\n",
                    "data: {} x\n\n",
                    "data: {\"a\":1\n\n",
                    "data: {\"choices\":[{\"delta\":{\"content\":\"\\x\"}}]}\n\n",
                    "data: [DONE\n\n",
                })
        void badJson_isProtocolAndSaysWhat(String bytes) {
            Response r = Response.ok().at(10, content("a") + bytes);
            assertThat(r.stream.broken()).isTrue();
            assertThat(r.stream.outcome()).isEqualTo(Outcome.PROTOCOL);
            assertThat(r.stream.error())
                    .startsWith("an event ")
                    .endsWith(bytes.substring(6).strip());
            assertThat(r.arrivals).hasSize(1);
        }

        @Test
        void errorAfterACompleteAnswer_stillIsOne_butNotAfterDone() {
            String error = "data: {\"error\":\"boom\"}\n\n";
            assertThat(Response.ok()
                            .at(1, content("a") + STOP + error)
                            .end(2)
                            .stream
                            .outcome())
                    .isEqualTo(Outcome.STREAM_ERROR);
            assertThat(Response.ok()
                            .at(1, content("a") + DONE + error)
                            .end(2)
                            .stream
                            .outcome())
                    .isEqualTo(Outcome.OK);
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "false", "\"\""})
        void errorThatSaysThereIsNone_isNone(String value) {
            Response r = Response.ok()
                    .at(10, "data: {\"error\":" + value + ",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n" + STOP)
                    .end(20);
            assertThat(r.stream.outcome()).isEqualTo(Outcome.OK);
        }

        @Test
        void errorWithoutAMessage_showsItsJson() {
            Response r = Response.ok().at(10, "data: {\"error\":{\"why\":[1]}}\n\n");
            assertThat(r.stream.error()).isEqualTo("an error without a message: {\"error\":{\"why\":[1]}}");
        }

        @Test
        void brokenStream_keepsItsKindWhateverFollows() {
            Response r = Response.ok().at(10, "error: boom\n").fail(20, Outcome.RESET);
            assertThat(r.stream.outcome()).isEqualTo(Outcome.STREAM_ERROR);
            assertThat(r.stream.closedNanos()).isEqualTo(20);
        }
    }
}
