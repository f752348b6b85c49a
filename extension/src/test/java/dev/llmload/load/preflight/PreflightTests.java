package dev.llmload.load.preflight;

import static dev.llmload.testkit.Http.completion;
import static dev.llmload.testkit.Http.goodAnswer;
import static dev.llmload.testkit.Http.json;
import static dev.llmload.testkit.Http.models;
import static dev.llmload.testkit.Http.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.junit.Api;
import dev.llmload.load.Load;
import dev.llmload.load.LoadListener;
import dev.llmload.load.LoadSession;
import dev.llmload.load.wire.Timeouts;
import dev.llmload.testkit.Connection;
import dev.llmload.testkit.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is found out before any load, and what a person is told when it cannot begin. */
@Timeout(300)
class PreflightTests {
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Timeouts TIMEOUTS = Timeouts.defaults();

    private final List<String> waited = new CopyOnWriteArrayList<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private String key = "";

    private ScriptedServer answering(Function<Connection.Request, String> answer) {
        return ScriptedServer.start(connection -> {
            while (true) {
                Connection.Request request = connection.request();
                seen.add(request.method() + " " + request.path());
                connection.send(answer.apply(request));
            }
        });
    }

    /** A proper server: the model {@code m}, chat only. */
    private static String proper(Connection.Request request) {
        return switch (request.path()) {
            case "/v1/models" -> models("m");
            case "/v1/chat/completions" -> request.body().contains("\"stream\":true") ? goodAnswer() : completion();
            default -> json(404, "{\"detail\":\"Not Found\"}");
        };
    }

    private Preflight preflight(String url, String model, Api api, Duration wait) {
        LoadListener listener = new LoadListener() {
            @Override
            public void waiting(String what, Duration elapsed, Duration limit) {
                // That an answer takes a while is the machine's business here.
                if (!what.contains("no answer yet")) {
                    waited.add(what);
                }
            }
        };
        try (LoadSession session = LoadSession.open(
                Load.endpoint(url, model, api, key, TIMEOUTS), Load.request(), 1, "T#t", false, listener)) {
            return session.preflight(wait);
        }
    }

    private String complaint(ScriptedServer server, String path, String model, Api api) {
        try {
            Preflight found = preflight(server.url() + path, model, api, WAIT);
            throw new AssertionError("no complaint but " + found);
        } catch (EndpointUnusableException e) {
            return e.getMessage().replace(server.url(), "http://host");
        }
    }

    @Nested
    class UsableTests {
        @Test
        void realCompletionSucceeds_withUsageOption() {
            try (ScriptedServer server = answering(PreflightTests::proper)) {
                Preflight found = preflight(server.url(), "m", Api.AUTO, WAIT);
                assertThat(found.api()).isEqualTo(Api.CHAT);
                assertThat(found.model()).isEqualTo("m");
                assertThat(found.usageOption()).isTrue();
                assertThat(found.endpoint()).hasToString(server.url() + "/v1/chat/completions");
                assertThat(found.notes()).isEmpty();
                assertThat(found.requests()).isEqualTo(seen.size());
                assertThat(waited).isEmpty();
            }
        }

        @Test
        void onlyModelOfTheServer_isTaken() {
            try (ScriptedServer server = answering(PreflightTests::proper)) {
                Preflight found = preflight(server.url(), "", Api.AUTO, WAIT);
                assertThat(found.model()).isEqualTo("m");
                assertThat(found.notes())
                        .containsExactly("the model is not configured; the only one the endpoint lists is used: m");
            }
        }

        @Test
        void autoFallsBackToTextCompletions() {
            try (ScriptedServer server = answering(request -> switch (request.path()) {
                case "/v1/completions" ->
                    request.body().contains("\"stream\":true")
                            ? goodAnswer()
                            : json(200, "{\"choices\":[{\"text\":\"hi\"}]}");
                case "/v1/chat/completions" -> json(400, "{\"error\":\"no chat template\"}");
                default -> json(404, "{}");
            })) {
                Preflight found = preflight(server.url(), "m", Api.AUTO, WAIT);
                assertThat(found.api()).isEqualTo(Api.COMPLETIONS);
                assertThat(found.endpoint()).hasToString(server.url() + "/v1/completions");
                assertThat(found.notes()).singleElement().asString().contains("no chat template");
            }
        }

        @Test
        void rejectedStreamOptions_areLeftOut_alsoUnderLoad() {
            List<String> bodies = new CopyOnWriteArrayList<>();
            try (ScriptedServer server = answering(request -> {
                bodies.add(request.body());
                return request.body().contains("stream_options")
                        ? json(400, "{\"error\":{\"message\":\"Unrecognized request argument: stream_options\"}}")
                        : proper(request);
            })) {
                try (LoadSession session = LoadSession.open(
                        Load.endpoint(server.url(), "m", Api.AUTO, "", TIMEOUTS),
                        Load.request(),
                        1,
                        "T#t",
                        false,
                        new LoadListener() {})) {
                    Preflight found = session.preflight(WAIT);
                    assertThat(found.usageOption()).isFalse();
                    assertThat(found.notes()).singleElement().asString().contains("rejects stream_options");
                    bodies.clear();
                    Load plan = Load.against(server.url()).requests(3);
                    session.run(plan.plan(), Load.prompts());
                    assertThat(bodies).hasSize(4).noneMatch(body -> body.contains("stream_options"));
                }
            }
        }

        @Test
        void answerForAModelThatIsNotListed_isNoted() {
            try (ScriptedServer server = answering(PreflightTests::proper)) {
                Preflight found = preflight(server.url(), "other", Api.CHAT, WAIT);
                assertThat(found.notes()).singleElement().asString().contains("other", "lists only m");
            }
        }

        @Test
        void serverHeader_isKept() {
            try (ScriptedServer server =
                    answering(request -> proper(request).replaceFirst("\r\n", "\r\nServer: llama.cpp\r\n"))) {
                assertThat(preflight(server.url(), "m", Api.CHAT, WAIT).server())
                        .isEqualTo("llama.cpp");
            }
        }
    }

    @Nested
    class WaitingTests {
        @Test
        void loading503_isWaitedThrough() {
            AtomicInteger requests = new AtomicInteger();
            try (ScriptedServer server = answering(request -> requests.incrementAndGet() <= 2
                    ? json(503, "{\"error\":{\"message\":\"Loading model\"}}")
                    : proper(request))) {
                assertThat(preflight(server.url(), "m", Api.AUTO, WAIT).usageOption())
                        .isTrue();
                assertThat(waited)
                        .hasSize(2)
                        .allSatisfy(what ->
                                assertThat(what).contains("/v1/chat/completions (it answered 503:", "Loading model"));
            }
        }

        @Test
        void refusedConnection_isWaitedThrough() throws Exception {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            CountDownLatch refusedOnce = new CountDownLatch(1);
            LoadListener listener = new LoadListener() {
                @Override
                public void waiting(String what, Duration elapsed, Duration limit) {
                    waited.add(what);
                    refusedOnce.countDown();
                }
            };
            Thread late = new Thread(() -> serveLate(port, refusedOnce));
            late.setDaemon(true);
            late.start();
            try (LoadSession session = LoadSession.open(
                    Load.endpoint("http://127.0.0.1:" + port, "m", Api.AUTO, "", TIMEOUTS),
                    Load.request(),
                    1,
                    "T#t",
                    false,
                    listener)) {
                assertThat(session.preflight(WAIT).model()).isEqualTo("m");
            }
            assertThat(waited.get(0))
                    .startsWith("http://127.0.0.1:" + port + "/v1/chat/completions (CONNECT: ")
                    .containsIgnoringCase("refused");
        }

        private void serveLate(int port, CountDownLatch when) {
            try {
                when.await();
                ServerSocket socket = new ServerSocket();
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                ScriptedServer.on(socket, connection -> {
                    while (true) {
                        connection.send(proper(connection.request()));
                    }
                });
            } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Test
        void waitThatIsOver_saysWhatTheLastAnswerWas() {
            try (ScriptedServer server = answering(request -> json(503, "{\"error\":\"Loading model\"}"))) {
                assertThatThrownBy(() -> preflight(server.url(), "m", Api.AUTO, Duration.ofMillis(1)))
                        .isInstanceOf(EndpointUnusableException.class)
                        .hasMessageContaining("was not ready within 1 ms")
                        .hasMessageContaining("it answered 503")
                        .hasMessageContaining("Loading model");
            }
        }

        @Test
        void stop_endsTheWait() {
            try (ScriptedServer server = answering(request -> json(503, "{}"))) {
                AtomicInteger times = new AtomicInteger();
                LoadSession[] holder = new LoadSession[1];
                LoadListener listener = new LoadListener() {
                    @Override
                    public void waiting(String what, Duration elapsed, Duration limit) {
                        if (times.incrementAndGet() == 2) {
                            holder[0].stop("Ctrl-C");
                        }
                    }
                };
                try (LoadSession session = LoadSession.open(
                        Load.endpoint(server.url(), "m", Api.AUTO, "", TIMEOUTS),
                        Load.request(),
                        1,
                        "T#t",
                        false,
                        listener)) {
                    holder[0] = session;
                    assertThatThrownBy(() -> session.preflight(WAIT))
                            .isInstanceOf(EndpointUnusableException.class)
                            .hasMessageContaining("stopped")
                            .hasMessageContaining("Ctrl-C");
                }
            }
        }
    }

    @Nested
    class UnusableTests {
        @Test
        void wrongKey() {
            key = "sk-very-secret-key";
            try (ScriptedServer server =
                    answering(request -> json(401, "{\"error\":\"invalid key sk-very-secret-key\"}"))) {
                assertThat(complaint(server, "", "m", Api.AUTO))
                        .startsWith("http://host/v1/chat/completions: it answered 401")
                        .endsWith("the API key was refused: check the API key in the environment variable LLM_API_KEY")
                        .doesNotContain("very-secret");
                assertThat(seen).containsExactly("POST /v1/chat/completions");
            }
        }

        @Test
        void missingKey() {
            try (ScriptedServer server = answering(request -> json(403, "{}"))) {
                assertThat(complaint(server, "", "m", Api.CHAT)).contains("no API key was sent");
            }
        }

        @Test
        void wrongPath_namesTheOneThatWorks() {
            try (ScriptedServer server = answering(PreflightTests::proper)) {
                assertThat(complaint(server, "/api", "m", Api.AUTO))
                        .startsWith("http://host/api/chat/completions: it answered 404")
                        .endsWith("this path works: http://host/v1/chat/completions; configure it as the URL");
            }
        }

        @Test
        void wrongApi_namesTheOneThatWorks() {
            try (ScriptedServer server = answering(PreflightTests::proper)) {
                assertThat(complaint(server, "", "m", Api.COMPLETIONS))
                        .endsWith("this path works: http://host/v1/chat/completions; configure it as the URL");
            }
        }

        @Test
        void wrongPath_withoutAModel_namesWhereTheServersListIs() {
            try (ScriptedServer server = answering(PreflightTests::proper)) {
                assertThat(complaint(server, "/api", "", Api.AUTO))
                        .startsWith("http://host/api/models: it answered 404")
                        .endsWith("http://host/v1/models lists m: configure http://host/v1 as the URL");
            }
        }

        @Test
        void noPathWorks() {
            try (ScriptedServer server = answering(request -> json(404, "{\"detail\":\"Not Found\"}"))) {
                assertThat(complaint(server, "", "m", Api.AUTO))
                        .contains("no completions were found there", "check the path of the URL");
            }
        }

        @Test
        void pageInsteadOfAnApi() {
            try (ScriptedServer server = answering(request -> response(200, "text/html", "<html>Welcome</html>"))) {
                assertThat(complaint(server, "", "m", Api.AUTO))
                        .contains("it answered 200 with a page of HTML", "check the path of the URL");
            }
        }

        @Test
        void wrongModel_listsTheModels() {
            try (ScriptedServer server = answering(request -> request.path().equals("/v1/models")
                    ? models("llama-3-8b", "mistral-7b")
                    : json(404, "{\"error\":{\"message\":\"The model `m` does not exist.\"}}"))) {
                assertThat(complaint(server, "", "m", Api.AUTO))
                        .endsWith("the model m is not among those it lists: llama-3-8b, mistral-7b; "
                                + "configure one of them");
            }
        }

        @Test
        void emptyModel_withSeveralListed() {
            try (ScriptedServer server = answering(request -> models("a", "b"))) {
                assertThat(complaint(server, "", "", Api.AUTO))
                        .isEqualTo("no model is configured, and http://host/v1/models lists 2: a, b; "
                                + "configure one of them");
            }
        }

        @Test
        void emptyModel_withNoneListed() {
            try (ScriptedServer server = answering(request -> json(404, "{}"))) {
                assertThat(complaint(server, "", "", Api.AUTO))
                        .contains("lists none", "configure the model", "the path");
            }
        }

        @Test
        void badExtraField_isSaidWithTheServersOwnWords() {
            try (ScriptedServer server = answering(request -> request.path().equals("/v1/models")
                    ? models("m")
                    : json(500, "{\"error\":\"unknown field ignore_eos\"}"))) {
                assertThat(complaint(server, "", "m", Api.CHAT))
                        .contains(
                                "it answered 500", "unknown field ignore_eos", "check the model and the extra fields");
            }
        }

        @Test
        void streamingThatDoesNotWork() {
            try (ScriptedServer server = answering(request ->
                    request.body().contains("\"stream\":true") ? json(200, "{\"choices\":[]}") : proper(request))) {
                assertThat(complaint(server, "", "m", Api.CHAT))
                        .contains("answers a plain completion but not a streaming one");
            }
        }

        @Test
        void noTlsWhereTlsIsExpected_isNotWaitedFor() {
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                connection.send("HTTP/1.1 400 Bad Request\r\n\r\n");
                connection.untilClosedByClient();
            })) {
                assertThatThrownBy(() -> preflight("https://127.0.0.1:" + server.port(), "m", Api.CHAT, WAIT))
                        .isInstanceOf(EndpointUnusableException.class)
                        .hasMessageContaining("TLS")
                        .hasMessageContaining("http://");
                assertThat(waited).isEmpty();
            }
        }
    }
}
