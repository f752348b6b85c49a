package dev.llmload.load;

import static dev.llmload.testkit.Http.DONE;
import static dev.llmload.testkit.Http.STOP;
import static dev.llmload.testkit.Http.completion;
import static dev.llmload.testkit.Http.goodAnswer;
import static dev.llmload.testkit.Http.json;
import static dev.llmload.testkit.Http.models;
import static dev.llmload.testkit.Http.response;
import static dev.llmload.testkit.Http.stream;
import static dev.llmload.testkit.Http.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.junit.Api;
import dev.llmload.load.preflight.EndpointMemory;
import dev.llmload.load.preflight.EndpointUnusableException;
import dev.llmload.load.preflight.Preflight;
import dev.llmload.load.preflight.UsageCheck;
import dev.llmload.load.wire.EndpointSettings;
import dev.llmload.load.wire.Timeouts;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.testkit.Connection;
import dev.llmload.testkit.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pre-flight against servers, gateways and proxies that refuse its first question, or are not there. */
@Timeout(300)
class PreflightOfOtherServersTests {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<String> waited = new CopyOnWriteArrayList<>();
    private final EndpointMemory memory = new EndpointMemory();
    private RequestSettings request = Load.request();

    private ScriptedServer answering(Function<Connection.Request, String> answer) {
        return ScriptedServer.start(connection -> {
            while (true) {
                Connection.Request request = connection.request();
                seen.add(request.method() + " " + request.path());
                connection.send(answer.apply(request));
            }
        });
    }

    private Preflight preflight(String url, Api api, Duration wait) {
        return preflight(url, "m", api, wait);
    }

    private Preflight preflight(String url, String model, Api api, Duration wait) {
        LoadListener listener = new LoadListener() {
            @Override
            public void waiting(String what, Duration elapsed, Duration limit) {
                waited.add(what);
            }
        };
        try (LoadSession session = LoadSession.open(
                Load.endpoint(url, model, api, "", Timeouts.defaults()), request, 1, "T#t", false, listener)) {
            return session.preflight(wait, memory);
        }
    }

    private String complaint(String url, Api api, Duration wait) {
        return complaint(url, "m", api, wait);
    }

    private String complaint(String url, String model, Api api, Duration wait) {
        try {
            throw new AssertionError("no complaint but " + preflight(url, model, api, wait));
        } catch (EndpointUnusableException e) {
            return e.getMessage().replaceAll("http://127\\.0\\.0\\.1:\\d+", "http://host");
        }
    }

    private static boolean streamed(Connection.Request request) {
        return request.body().contains("\"stream\":true");
    }

    /** Limits of tokens that a request sets, whatever they are called; 0 if it sets none. */
    private static int limit(Connection.Request request) {
        try {
            JsonNode body = JSON.readTree(request.body());
            return Math.max(
                    body.path("max_tokens").asInt(),
                    body.path("max_completion_tokens").asInt());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String refusal(String name) {
        try (InputStream in =
                PreflightOfOtherServersTests.class.getResourceAsStream("/preflight/least-output-tokens.json")) {
            return json(400, JSON.readTree(in).path(name).toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Nested
    class RefusalsWithAMeaning {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '^',
                value = {
                    "400|application/json|{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.\"}}|the server reads another field: set `extraBody` to {\"max_tokens\": null, \"max_completion_tokens\": 16}",
                    "400|application/json|{\"error\":{\"message\":\"Unsupported value: 'temperature' does not support 0.7 with this model.\"}}|leave the temperature out (`llmload.request.temperature=NaN`), or set the one that the server wants",
                    "429|application/json|{\"error\":{\"message\":\"You exceeded your current quota\",\"code\":\"insufficient_quota\"}}|the account of the API key has no credit left, and waiting does not help",
                    "402|application/json|{\"error\":{\"message\":\"Payment required\"}}|the account of the API key has no credit left, and waiting does not help",
                    "400|text/html|<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>|this port speaks TLS: the URL must begin with https://",
                    "400|text/plain|Client sent an HTTP request to an HTTPS server.|this port speaks TLS: the URL must begin with https://",
                    "403|text/html|<!DOCTYPE html><title>Just a moment...</title>|a firewall or a proxy before the endpoint refuses this machine, or wants a browser: take an address of the endpoint that programs may use",
                    "522|text/html|<title>522: Connection timed out</title>|the server itself fails, or what is behind a proxy or gateway: see its log"
                })
        void sayWhatToDo(int status, String type, String body, String remedy) {
            try (ScriptedServer server = answering(asked -> response(status, type, body))) {
                assertThat(complaint(server.url(), Api.CHAT, Duration.ofSeconds(5)))
                        .startsWith("http://host/v1/chat/completions: it answered " + status)
                        .endsWith("; " + remedy);
                assertThat(waited).allMatch(what -> status >= 500);
            }
        }

        @Test
        void aPageIsNamedByItsTitle() {
            try (ScriptedServer server = answering(asked -> response(
                    405,
                    "text/html",
                    "<html><head><title>\n405 Not\u001b[31m Allowed </title></head><body>x</body></html>"))) {
                assertThat(complaint(server.url(), Api.CHAT, WAIT))
                        .contains("it answered 405 with a page of HTML (405 Not\\u001b[31m Allowed)");
            }
        }
    }

    @Nested
    class LeastOutputTokens {
        private ScriptedServer server(String refusal) {
            return answering(asked -> asked.path().equals("/v1/models")
                    ? models("m")
                    : limit(asked) < 16 ? refusal(refusal) : streamed(asked) ? goodAnswer() : completion());
        }

        @ParameterizedTest
        @ValueSource(strings = {"body", "other_body_seen", "thinking_body"})
        void whatTheTestItselfWouldSend_isAskedNext(String refusal) {
            try (ScriptedServer server = server(refusal)) {
                Preflight found = preflight(server.url(), Api.AUTO, WAIT);

                assertThat(found.api()).isEqualTo(Api.CHAT);
                assertThat(found.usageOption()).isTrue();
                assertThat(found.notes())
                        .singleElement()
                        .asString()
                        .startsWith("a plain answer of one token is refused (it answered 400: {\"error\":")
                        .endsWith("), so the pre-flight asked as the test does");
                assertThat(seen)
                        .containsExactly("POST /v1/chat/completions", "POST /v1/chat/completions", "GET /v1/models");
                assertThat(waited).isEmpty();
            }
        }

        @Test
        void theLimitMayHaveAnotherName() {
            request = new RequestSettings(128, 0.7, "{\"max_tokens\": null, \"max_completion_tokens\": 128}");
            try (ScriptedServer server = server("body")) {
                assertThat(preflight(server.url(), Api.CHAT, WAIT).usageOption())
                        .isTrue();
            }
        }

        @Test
        void aTestThatAsksForTooLittleItself_isTold() {
            request = new RequestSettings(8, 0.7, "");
            try (ScriptedServer server = server("body")) {
                assertThat(complaint(server.url(), Api.CHAT, WAIT))
                        .isEqualTo("http://host/v1/chat/completions: it answered 400: {\"error\":{\"message\":"
                                + "\"max_output_tokens is 1 but must be at least 16\",\"type\":\"invalid_request_error\","
                                + "\"param\":\"max_output_tokens\",\"code\":\"integer_below_min_value\"}}; the limit of"
                                + " output tokens is refused: raise `maxTokens` of the test (now 8), or set the field that"
                                + " this server reads in `extraBody`");
            }
        }

        @Test
        void whereTheSecondIsRefusedForAnotherReason_bothAreSaid() {
            try (ScriptedServer server = answering(asked -> asked.path().equals("/v1/models")
                    ? models("m")
                    : json(
                            422,
                            limit(asked) < 16 ? "{\"error\":\"max_tokens too low\"}" : "{\"error\":\"no top_k\"}"))) {
                assertThat(complaint(server.url(), Api.CHAT, WAIT))
                        .isEqualTo(
                                "http://host/v1/chat/completions: it answered 422: {\"error\":\"no top_k\"}; check the"
                                        + " extra fields of the request; the pre-flight's answer of one token was refused before:"
                                        + " it answered 422: {\"error\":\"max_tokens too low\"}");
            }
        }
    }

    @Nested
    class OnlyStreams {
        @ParameterizedTest
        @CsvSource({
            "406, '{\"error\":\"Not Acceptable\"}'",
            "400, '{\"detail\":\"stream required\"}'",
            "415, ''",
            "422, '{\"detail\":\"Stream must be true\"}'",
            "501, 'only streaming is implemented'"
        })
        void itIsAskedByStream(int status, String body) {
            try (ScriptedServer server = answering(asked -> asked.path().equals("/v1/models")
                    ? json(404, "{}")
                    : streamed(asked) ? goodAnswer() : json(status, body))) {
                Preflight found = preflight(server.url(), Api.AUTO, WAIT);
                assertThat(found.api()).isEqualTo(Api.CHAT);
                assertThat(found.notes())
                        .containsExactly("a plain answer of one token is refused (it answered " + status
                                + (body.isEmpty() ? "" : ": " + body) + "), so the pre-flight asked as the test does");
            }
        }

        @Test
        void aServerThatStreamsUnasked_isTakenAtItsWord() {
            try (ScriptedServer server =
                    answering(asked -> asked.method().equals("GET") ? json(404, "{}") : goodAnswer())) {
                assertThat(preflight(server.url(), Api.AUTO, WAIT).usageOption())
                        .isTrue();
            }
        }

        @Test
        void anErrorThatComesWithAGoodStatus_isSaidInTheServersWords() {
            try (ScriptedServer server = answering(asked ->
                    asked.method().equals("GET") ? models("m") : json(200, "{\"error\":{\"message\":\"no top_k\"}}"))) {
                assertThat(complaint(server.url(), Api.CHAT, WAIT))
                        .isEqualTo(
                                "http://host/v1/chat/completions: STREAM_ERROR: no top_k; check the model and the extra"
                                        + " fields of the request; models listed: m");
            }
        }

        @Test
        void itMayKnowNoStreamOptions() {
            try (ScriptedServer server = answering(asked -> !streamed(asked)
                    ? json(406, "{}")
                    : asked.body().contains("stream_options")
                            ? json(400, "{\"error\":\"unknown field stream_options\"}")
                            : goodAnswer())) {
                Preflight found = preflight(server.url(), Api.CHAT, WAIT);
                assertThat(found.usageOption()).isFalse();
                assertThat(found.notes()).last().asString().startsWith("the server rejects stream_options");
            }
        }
    }

    private static String redirect(int status, String location) {
        return response(status, "text/html", "<html>Moved</html>")
                .replaceFirst("\r\n", "\r\nLocation: " + location + "\r\n");
    }

    @Nested
    class SentElsewhere {
        @ParameterizedTest
        @ValueSource(ints = {301, 302, 303, 307, 308})
        void aRedirect_isNamedWithItsTarget_andNotFollowed(int status) {
            try (ScriptedServer server =
                    answering(asked -> redirect(status, "https://gw.example/llm/v1/chat/completions"))) {
                assertThat(complaint(server.url(), Api.AUTO, WAIT))
                        .isEqualTo("http://host/v1/chat/completions: status " + status + " is a redirect to"
                                + " https://gw.example/llm/v1/chat/completions, which is not followed: set `llmload.url`,"
                                + " or `url` of @LlmEndpoint, to https://gw.example/llm/v1");
                assertThat(seen).containsExactly("POST /v1/chat/completions");
            }
        }

        @Test
        void alsoWhereTheListOfModelsIs() {
            try (ScriptedServer server = answering(asked -> redirect(301, "/api/v1/models"))) {
                assertThat(complaint(server.url(), "", Api.AUTO, WAIT))
                        .isEqualTo(
                                "http://host/v1/models: status 301 is a redirect to http://host/api/v1/models, which is"
                                        + " not followed: set `llmload.url`, or `url` of @LlmEndpoint, to http://host/api/v1");
            }
        }

        @Test
        void aProxyThatWantsAUser_isNamed() {
            try (ScriptedServer server = answering(asked -> response(407, "text/html", "<html>Log in</html>"))) {
                assertThat(complaint(server.url(), Api.AUTO, WAIT))
                        .isEqualTo(
                                "http://host/v1/chat/completions: it answered 407 with a page of HTML; that is a proxy"
                                        + " before the endpoint, which wants to know the user: take an address of the endpoint that"
                                        + " needs no proxy, or add `Proxy-Authorization: …` to `headers` of @LlmRequest");
                assertThat(seen).containsExactly("POST /v1/chat/completions");
            }
        }
    }

    @Nested
    class LargeHeads {
        private static String large(String answer, int bytes) {
            return answer.replaceFirst("\r\n", "\r\nSet-Cookie: session=" + "x".repeat(bytes) + "\r\n");
        }

        private ScriptedServer server(int bytes) {
            return answering(asked -> large(streamed(asked) ? goodAnswer() : completion(), bytes));
        }

        @Test
        void farAboveEightKibibytes_areRead() {
            try (ScriptedServer server = server(60_000)) {
                assertThat(preflight(server.url(), Api.CHAT, WAIT).usageOption())
                        .isTrue();
            }
        }

        @Test
        void aboveTheLimit_theKeyIsNamed() {
            EndpointSettings usual = Load.endpoint("http://h", "m", Api.CHAT, "", Timeouts.defaults());
            try (ScriptedServer server = server(2000);
                    LoadSession session = LoadSession.open(
                            new EndpointSettings(
                                    ApiUrl.parse(server.url()),
                                    "m",
                                    Api.CHAT,
                                    usual.apiKey(),
                                    usual.headers(),
                                    usual.tokenCount(),
                                    usual.timeouts(),
                                    1024,
                                    usual.secrets()),
                            request,
                            1,
                            "T#t",
                            false,
                            new LoadListener() {})) {
                assertThatThrownBy(() -> session.preflight(WAIT))
                        .isInstanceOf(EndpointUnusableException.class)
                        .hasMessage(
                                server.url() + "/v1/chat/completions: PROTOCOL: HTTP header is larger than 1024 bytes:"
                                        + " `llmload.endpoint.maxResponseHead` (`llmload.<name>.maxResponseHead` of a named"
                                        + " endpoint) allows more");
            }
        }
    }

    @Nested
    class NotThere {
        private int deadPort() throws IOException {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            }
        }

        @Test
        void aNameThatDoesNotResolve_isNotWaitedFor() {
            assertThat(complaint("http://no-such-host.invalid:8000", Api.AUTO, Duration.ofDays(1)))
                    .startsWith(
                            "the name no-such-host.invalid of http://no-such-host.invalid:8000/v1/chat/completions does"
                                    + " not resolve: check its spelling, and the DNS of this machine (");
            assertThat(waited).noneMatch(what -> what.contains("CONNECT"));
        }

        @Test
        void aRefusedConnection_isWaitedFor_withTheReason() throws IOException {
            String url = "http://127.0.0.1:" + deadPort();
            assertThat(complaint(url, Api.AUTO, Duration.ofMillis(1)))
                    .startsWith("http://host/v1/chat/completions was not ready within 1 ms: CONNECT: ")
                    .containsIgnoringCase("connection refused")
                    .endsWith("; check that the server is running and reachable from here, or allow it more time"
                            + " (`llmload.endpoint.preflightWait`)");
            complaint("http://127.0.0.1:" + deadPort(), Api.AUTO, Duration.ofMillis(150));
            assertThat(waited)
                    .isNotEmpty()
                    .allSatisfy(what -> assertThat(what)
                            .contains("/v1/chat/completions (CONNECT: ")
                            .endsWith("; it may still be starting)"));
        }

        @Test
        void theNextTestOfTheRun_doesNotWaitForItAgain() throws IOException {
            int port = deadPort();
            complaint("http://127.0.0.1:" + port, Api.AUTO, Duration.ofMillis(1));
            waited.clear();

            assertThat(complaint("http://127.0.0.1:" + port + "/v1/completions", Api.AUTO, Duration.ofDays(1)))
                    .startsWith("http://host/v1/completions is still not ready: CONNECT: ")
                    .endsWith(
                            "; an earlier test of this run waited 1 ms for this server in vain, so it was asked only once"
                                    + " more");
            assertThat(waited).isEmpty();
        }

        @Test
        void oneThatIsThereAfterAll_isUsed_andForgotten() throws IOException {
            int port = deadPort();
            complaint("http://127.0.0.1:" + port, Api.AUTO, Duration.ofMillis(1));
            ServerSocket socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            try (ScriptedServer server = ScriptedServer.on(socket, connection -> {
                while (true) {
                    connection.send(streamed(connection.request()) ? goodAnswer() : completion());
                }
            })) {
                assertThat(preflight(server.url(), Api.CHAT, Duration.ofDays(1)).model())
                        .isEqualTo("m");
                assertThat(memory.waitedFor(ApiUrl.parse(server.url()))).isEmpty();
            }
        }
    }

    @Nested
    class UsageOfAWholeAnswer {
        private UsageCheck usage(String stream) {
            try (ScriptedServer server = answering(asked -> stream);
                    LoadSession session = LoadSession.open(
                            Load.endpoint(server.url(), "m", Api.CHAT, "", Timeouts.defaults()),
                            request,
                            1,
                            "T#t",
                            false,
                            new LoadListener() {})) {
                return session.checkUsage();
            }
        }

        @Test
        void isReportedWhereItWasSeen() {
            assertThat(usage(goodAnswer())).isEqualTo(new UsageCheck(true, ""));
        }

        @Test
        void isNotWhereOnlyTheOptionWasAccepted() {
            String silent = stream(token("a"), STOP, DONE);
            assertThat(usage(silent)).isEqualTo(new UsageCheck(false, ""));
        }

        @Test
        void anAnswerThatIsCutOff_isSaid() {
            String cut = stream(token("a"));
            assertThat(usage(cut))
                    .isEqualTo(
                            new UsageCheck(
                                    false,
                                    "TRUNCATED: the response ended with neither finish_reason nor [DONE], after 1 token events"));
        }
    }
}
