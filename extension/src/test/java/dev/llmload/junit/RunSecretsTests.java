package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.load.preflight.EndpointUnusableException;
import dev.llmload.result.BudgetViolationError;
import dev.llmload.testkit.Connection;
import dev.llmload.testkit.Http;
import dev.llmload.testkit.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;

/** No file of a run, no printed line and no exception holds a secret, whatever the server says back. */
class RunSecretsTests {
    private static final String BEARER = "tango7731foxtrot";
    private static final String GATEWAY = "lima-oscar-kilo";
    private static final String QUERY = "uniform42sierra";

    @TempDir
    Path output;

    private final PrintStream err = System.err;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setErr(err);
    }

    private Ran run(ScriptedServer server, String... more) {
        String[] keys = {
            "llmload.url",
            server.url() + "/v1?key=" + QUERY,
            "llmload.model",
            "m",
            "llmload.endpoint.preflightWait",
            "1s",
            "probe.bearer",
            BEARER,
            "probe.gateway",
            GATEWAY
        };
        return LoadTestKit.run(
                HeadersTestCase.class,
                output,
                Stream.concat(Stream.of(keys), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void ofARunThatPasses() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(connection -> answer(connection, Integer.MAX_VALUE))) {
            Ran ran = run(server);
            assertThat(ran.invocations()).containsExactly("2 users SUCCESSFUL");
            assertThatNothingTells(ran);
        }
    }

    @Test
    void ofAServerThatRefusesTheKey_andRepeatsWhatItWasSent() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(connection -> answer(connection, 0))) {
            Ran ran = run(server);
            assertThat(ran.failureOf("2 users"))
                    .isInstanceOf(EndpointUnusableException.class)
                    .hasMessageContaining("401");
            assertThatNothingTells(ran);
        }
    }

    @Test
    void ofRequestsThatFailUnderLoad() throws IOException {
        AtomicInteger answers = new AtomicInteger(12);
        try (ScriptedServer server = ScriptedServer.start(connection -> answer(connection, answers))) {
            Ran ran = run(server);
            assertThat(ran.failureOf("2 users")).isInstanceOf(BudgetViolationError.class);
            assertThat(ran.file("requests.jsonl")).contains("HTTP_4XX").contains("echo of");
            assertThatNothingTells(ran);
        }
    }

    @Test
    void ofAConfigurationThatIsRefused() throws IOException {
        Ran ran = LoadTestKit.run(
                HeadersTestCase.class,
                output,
                "llmload.url",
                "ftp://user:" + BEARER + "@host/v1?key=" + QUERY,
                "probe.bearer",
                BEARER + "\n",
                "probe.gateway",
                GATEWAY);
        assertThat(ran.containerFailure()).hasMessageContaining("llmload.url");
        assertThatNothingTells(ran);
    }

    private void assertThatNothingTells(Ran ran) throws IOException {
        StringWriter thrown = new StringWriter();
        ran.results().allEvents().stream()
                .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                .flatMap(result -> result.getThrowable().stream())
                .forEach(throwable -> throwable.printStackTrace(new PrintWriter(thrown, true)));
        tellsNothing("exceptions", thrown.toString());
        tellsNothing("standard output", ran.printed());
        tellsNothing("standard error", errors.toString(StandardCharsets.UTF_8));
        try (Stream<Path> files = Files.walk(output)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                tellsNothing(file.getFileName().toString(), Files.readString(file));
            }
        }
    }

    private static void tellsNothing(String what, String text) {
        assertThat(text).as(what).doesNotContain(BEARER, GATEWAY, QUERY);
    }

    private static void answer(Connection connection, int good) throws IOException {
        answer(connection, new AtomicInteger(good));
    }

    // Good answers as long as there are any, then refusals that repeat the request.
    private static void answer(Connection connection, AtomicInteger good) throws IOException {
        while (true) {
            Connection.Request request = connection.request();
            assertThat(request.header("authorization")).isEqualTo("Bearer " + BEARER);
            if (request.path().contains("/models")) {
                connection.send(Http.models("m"));
            } else if (good.getAndDecrement() <= 0) {
                connection.send(Http.json(
                        401, "{\"error\":{\"message\":\"echo of " + request.header("authorization") + "\"}}"));
            } else if (request.body().contains("\"stream\":true")) {
                connection.send(Http.goodAnswer());
            } else {
                connection.send(Http.completion());
            }
        }
    }

    @LlmRequest(headers = {"Authorization: Bearer ${probe.bearer}", "X-Gateway: ${probe.gateway}"})
    static class HeadersTestCase {
        @LlmLoad(concurrency = 2, requests = 20)
        @Budget("success_rate >= 99%")
        void load() {}
    }
}
