package dev.llmload.load;

import static dev.llmload.result.request.RequestRecord.ABSENT;
import static dev.llmload.result.request.RequestRecord.UNKNOWN;
import static dev.llmload.testkit.Http.DONE;
import static dev.llmload.testkit.Http.LAST_CHUNK;
import static dev.llmload.testkit.Http.ROLE;
import static dev.llmload.testkit.Http.STOP;
import static dev.llmload.testkit.Http.STREAM_HEAD;
import static dev.llmload.testkit.Http.chunk;
import static dev.llmload.testkit.Http.goodAnswer;
import static dev.llmload.testkit.Http.json;
import static dev.llmload.testkit.Http.response;
import static dev.llmload.testkit.Http.stream;
import static dev.llmload.testkit.Http.token;
import static dev.llmload.testkit.Http.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.load.preflight.EndpointUnusableException;
import dev.llmload.result.Outcome;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.testkit.Connection;
import dev.llmload.testkit.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one request comes to, over real sockets. */
@Timeout(300)
class WireTests {
    private static final Duration SOON = Duration.ofMillis(150);

    private static RequestRecord one(ScriptedServer.Script script) {
        try (ScriptedServer server = ScriptedServer.start(script)) {
            return Load.against(server.url()).run().measured();
        }
    }

    private static RequestRecord answeredWith(String bytes) {
        return one(connection -> {
            while (true) {
                connection.request();
                connection.send(bytes);
            }
        });
    }

    @Nested
    class AnswersTests {
        @ParameterizedTest
        @ValueSource(strings = {"\n", "\r\n", "\r"})
        void segmentedAtEveryByteOffset_givesTheSameAnswer(String lineEnd) {
            String events = (": comment\n\n" + ROLE + token("Grüße") + token("b") + token("c") + STOP + usage(7, 3)
                            + DONE)
                    .replace("\n", lineEnd)
                    .replace("data: ", "data:");
            byte[] bytes = (STREAM_HEAD + chunk(events) + LAST_CHUNK).getBytes(StandardCharsets.UTF_8);
            AtomicInteger offset = new AtomicInteger();
            ScriptedServer.Script script = connection -> {
                while (true) {
                    connection.request();
                    int cut = offset.getAndIncrement() % bytes.length;
                    connection.send(bytes, 0, cut);
                    Thread.yield();
                    connection.send(bytes, cut, bytes.length - cut);
                }
            };
            try (ScriptedServer server = ScriptedServer.start(script)) {
                Load.Outcomes outcomes =
                        Load.against(server.url()).requests(bytes.length).run();
                assertThat(outcomes.window()).hasSize(bytes.length).allSatisfy(r -> {
                    assertThat(r.outcome()).isEqualTo(Outcome.OK);
                    assertThat(r.tokens().output()).isEqualTo(3);
                    assertThat(r.tokens().events()).isEqualTo(3);
                    assertThat(r.finishReason()).isEqualTo("stop");
                    assertThat(r.flags().reused()).isTrue();
                });
                assertThat(server.connections()).isEqualTo(1);
                assertThat(server.failures()).isEmpty();
            }
        }

        @Test
        void eventsInOneNetworkBuffer_areOneArrival_thoughEachIsAnHttpChunk() {
            RequestRecord r = answeredWith(goodAnswer());
            assertThat(r.tokens().events()).isEqualTo(3);
            assertThat(r.tokens().arrivals()).isEqualTo(1);
            assertThat(r.times().firstToken()).isEqualTo(r.times().lastToken());
        }

        @Test
        void instants_comeInTheOrderOfTheWire() {
            RequestRecord r = one(connection -> {
                connection.request();
                connection.send(goodAnswer());
                connection.request();
                connection.send(STREAM_HEAD);
                connection.send(chunk(ROLE));
                connection.send(chunk(token("a")));
                connection.send(chunk(token("b")));
                connection.send(chunk(STOP + usage(7, 2) + DONE) + LAST_CHUNK);
                connection.untilClosedByClient();
            });
            assertThat(r.outcome()).isEqualTo(Outcome.OK);
            assertThat(r.times().sent()).isLessThanOrEqualTo(r.times().headers());
            assertThat(r.times().headers()).isLessThanOrEqualTo(r.times().firstToken());
            assertThat(r.times().firstToken()).isLessThanOrEqualTo(r.times().lastToken());
            assertThat(r.times().lastToken()).isLessThanOrEqualTo(r.times().closed());
        }

        @Test
        void sentIsBeforeTheServerReads_andEachTokenAfterTheServerWrites() {
            Queue<Long> read = new ConcurrentLinkedQueue<>();
            Queue<Long> wroteFirst = new ConcurrentLinkedQueue<>();
            Queue<Long> wroteLast = new ConcurrentLinkedQueue<>();
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                while (true) {
                    connection.request();
                    read.add(System.nanoTime());
                    connection.send(STREAM_HEAD);
                    wroteFirst.add(System.nanoTime());
                    connection.send(chunk(token("a")));
                    wroteLast.add(System.nanoTime());
                    connection.send(chunk(token("b")));
                    connection.send(chunk(STOP + DONE) + LAST_CHUNK);
                }
            })) {
                for (RequestRecord r :
                        Load.against(server.url()).requests(20).run().all()) {
                    assertThat(r.times().sent()).isLessThanOrEqualTo(read.remove());
                    assertThat(r.times().firstToken()).isGreaterThanOrEqualTo(wroteFirst.remove());
                    assertThat(r.times().lastToken()).isGreaterThanOrEqualTo(wroteLast.remove());
                }
            }
        }

        @Test
        void withoutUsage_tokensAreUnknown() {
            RequestRecord r = answeredWith(stream(token("a"), token("b"), STOP, DONE));
            assertThat(r.outcome()).isEqualTo(Outcome.OK);
            assertThat(r.tokens().output()).isEqualTo(UNKNOWN);
            assertThat(r.tokens().events()).isEqualTo(2);
        }

        @Test
        void bodyThatEndsWithTheConnection_isWhole() {
            RequestRecord r = one(connection -> {
                connection.request();
                connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
                        + token("a") + STOP + usage(1, 1) + DONE);
            });
            assertThat(r.outcome()).isEqualTo(Outcome.OK);
            assertThat(r.flags().reused()).isFalse();
        }

        @Test
        void chunkedBodyThatLacksItsLastChunk_isWholeOnceDoneWasSeen() {
            RequestRecord r = one(connection -> {
                connection.request();
                connection.send(STREAM_HEAD + chunk(token("a") + STOP + usage(1, 1) + DONE));
            });
            assertThat(r.outcome()).isEqualTo(Outcome.OK);
        }
    }

    @Nested
    class FailuresTests {
        @ParameterizedTest
        @CsvSource({"400,HTTP_4XX", "404,HTTP_4XX", "429,RATE_LIMITED", "500,HTTP_5XX", "503,HTTP_5XX", "302,HTTP_5XX"})
        void status_namesTheFailure(int status, Outcome expected) {
            String bad = json(status, "{\"error\":\"because\"}");
            // The ramp-in request succeeds, lest the endpoint as a whole be unusable.
            RequestRecord r = one(connection -> {
                connection.request();
                connection.send(goodAnswer());
                connection.request();
                connection.send(bad);
                connection.untilClosedByClient();
            });
            assertThat(r.outcome()).isEqualTo(expected);
            assertThat(r.status()).isEqualTo(status);
            assertThat(r.error()).contains("because");
            assertThat(r.times().firstToken()).isEqualTo(ABSENT);
        }

        @Test
        void aRedirect_isNamedWithItsTarget() {
            RequestRecord r = one(connection -> {
                connection.request();
                connection.send(goodAnswer());
                connection.request();
                connection.send(
                        "HTTP/1.1 307 Temporary Redirect\r\nLocation: https://gw.example/v2/chat/completions\r\n"
                                + "Content-Length: 0\r\n\r\n");
                connection.untilClosedByClient();
            });
            assertThat(r.outcome()).isEqualTo(Outcome.HTTP_5XX);
            assertThat(r.status()).isEqualTo(307);
            assertThat(r.error())
                    .isEqualTo(
                            "status 307 is a redirect to https://gw.example/v2/chat/completions, which is not followed:"
                                    + " set `llmload.url`, or `url` of @LlmEndpoint, to https://gw.example/v2");
        }

        @ParameterizedTest
        @CsvSource({"301", "308", "407"})
        void whereEveryRequestIsSentElsewhere_orStoppedByAProxy_nothingIsJudged(int status) {
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                while (true) {
                    connection.request();
                    connection.send("HTTP/1.1 " + status + " Status\r\nLocation: /llm/v1/chat/completions\r\n"
                            + "Content-Length: 0\r\n\r\n");
                }
            })) {
                assertThatThrownBy(() -> Load.against(server.url()).requests(3).run())
                        .isInstanceOf(EndpointUnusableException.class)
                        .hasMessageMatching("all \\d+ requests to \\S+ were refused; the first with HTTP_.XX \\(status "
                                + status + "\\): status " + status + ".*; check the API key, the path and the model")
                        .hasMessageContaining(
                                status == 407
                                        ? "empty body"
                                        : "set `llmload.url`, or `url` of @LlmEndpoint, to " + server.url()
                                                + "/llm/v1;");
            }
        }

        @Test
        void html_isNoStream() {
            RequestRecord r = answeredWith(response(200, "text/html", "<!doctype html><p>Welcome</p>"));
            assertThat(r.outcome()).isEqualTo(Outcome.PROTOCOL);
        }

        @Test
        void noHttpAtAll_isProtocol() {
            RequestRecord r = one(connection -> {
                if (connection.index() == 0) {
                    connection.request();
                    connection.send(goodAnswer());
                }
                connection.request();
                connection.send("SSH-2.0-OpenSSH_9.2\r\n\r\n");
                connection.untilClosedByClient();
            });
            assertThat(r.outcome()).isEqualTo(Outcome.PROTOCOL);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "data: {\"error\":{\"message\":\"out of memory\"}}\n\n",
                    "event: error\ndata: {\"message\":\"out of memory\"}\n\n",
                    "error: {\"code\":400,\"message\":\"out of memory\"}\n\n"
                })
        void errorInsideA200Stream_isAStreamError(String event) {
            RequestRecord r = answeredWith(stream(token("a"), event, DONE));
            assertThat(r.outcome()).isEqualTo(Outcome.STREAM_ERROR);
            assertThat(r.error()).contains("out of memory");
        }

        @Test
        void endWithoutFinishReasonAndDone_isTruncated() {
            assertThat(answeredWith(stream(ROLE, token("a"))).outcome()).isEqualTo(Outcome.TRUNCATED);
        }

        @Test
        void noTokenEvent_isEmpty() {
            assertThat(answeredWith(stream(ROLE, STOP, DONE)).outcome()).isEqualTo(Outcome.EMPTY);
        }

        @Test
        void resetInMidStream_isReset_andNotSentAgain() {
            AtomicInteger requests = new AtomicInteger();
            RequestRecord r = one(connection -> {
                connection.request();
                requests.incrementAndGet();
                connection.send(STREAM_HEAD + chunk(token("a")));
                connection.reset();
            });
            assertThat(r.outcome()).isEqualTo(Outcome.RESET);
            assertThat(r.flags().resent()).isFalse();
            assertThat(requests).hasValue(2);
        }

        @Test
        void closeInMidStream_isReset() {
            RequestRecord r = one(connection -> {
                connection.request();
                connection.send(STREAM_HEAD + chunk(token("a")));
            });
            assertThat(r.outcome()).isEqualTo(Outcome.RESET);
            assertThat(r.times().firstToken()).isNotEqualTo(ABSENT);
        }

        @Test
        void newConnectionThatDiesBeforeAnyByte_isReset_andNotSentAgain() {
            RequestRecord r = one(connection -> {
                connection.request();
                if (connection.index() == 0) {
                    connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
                }
            });
            assertThat(r.outcome()).isEqualTo(Outcome.RESET);
            assertThat(r.flags().resent()).isFalse();
        }
    }

    @Nested
    class TimeoutsTests {
        @Test
        void commentsAreNoTokens_soTheFirstTokenTimesOut() {
            RequestRecord r = run(
                    Load.against("").firstTokenTimeout(SOON),
                    connection -> connection.send(STREAM_HEAD + chunk(": waiting\n\n" + ROLE)));
            assertThat(r.outcome()).isEqualTo(Outcome.TIMEOUT_FIRST_TOKEN);
            assertThat(r.status()).isEqualTo(200);
            assertThat(r.times().closed() - r.times().sent()).isGreaterThanOrEqualTo(SOON.toNanos());
        }

        @Test
        void silenceAfterAToken_isStalled() {
            RequestRecord r = run(
                    Load.against("").stallTimeout(SOON),
                    connection -> connection.send(STREAM_HEAD + chunk(token("a"))));
            assertThat(r.outcome()).isEqualTo(Outcome.TIMEOUT_STALLED);
            assertThat(r.error()).isEqualTo("no event for 150 ms");
        }

        @Test
        void endlessStream_meetsTheTotalTimeout() {
            RequestRecord r = run(Load.against("").totalTimeout(SOON), connection -> {
                connection.send(STREAM_HEAD);
                while (true) {
                    connection.send(chunk(token("a")));
                }
            });
            assertThat(r.outcome()).isEqualTo(Outcome.TIMEOUT_TOTAL);
        }

        @Test
        void streamHeldOpenAfterDone_isStillASuccess() {
            RequestRecord r = run(
                    Load.against("").stallTimeout(SOON),
                    connection -> connection.send(STREAM_HEAD + chunk(token("a") + STOP + usage(1, 1) + DONE)));
            assertThat(r.outcome()).isEqualTo(Outcome.OK);
            assertThat(r.times().closed() - r.times().lastToken()).isGreaterThanOrEqualTo(SOON.toNanos());
        }

        @Test
        void timedOutRequest_closesItsConnection() throws InterruptedException {
            CountDownLatch closed = new CountDownLatch(2);
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                connection.request();
                connection.send(STREAM_HEAD);
                connection.untilClosedByClient();
                closed.countDown();
            })) {
                Load.against(server.url()).firstTokenTimeout(SOON).run();
                closed.await();
            }
        }

        private RequestRecord run(Load load, Script bad) {
            CountDownLatch over = new CountDownLatch(1);
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                connection.request();
                bad.answer(connection);
                over.await();
            })) {
                RequestRecord measured = load.to(server.url()).run().measured();
                over.countDown();
                return measured;
            }
        }

        private interface Script {
            void answer(Connection connection) throws Exception;
        }
    }
}
