package dev.llmload.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.gate.gates.DisabledGate;
import dev.llmload.gate.gates.HoldingGate;
import dev.llmload.gate.gates.LateGate;
import dev.llmload.gate.gates.MisspeltGate;
import dev.llmload.simulator.Simulator;
import dev.llmload.simulator.SimulatorSettings;
import dev.llmload.testkit.Connection;
import dev.llmload.testkit.Http;
import dev.llmload.testkit.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line without its load: what it refuses, lists, announces and asks. */
class GateCommandTests {
    private static final String HOLDING = HoldingGate.class.getName();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return Main.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Main.class.getClassLoader(),
                args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static String[] with(String first, String... others) {
        List<String> all = new ArrayList<>(List.of(others));
        all.add(0, first);
        return all.toArray(String[]::new);
    }

    @Nested
    class Usage {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "--url http://127.0.0.1:1|say which load tests: --scan-package com.acme.gates, --select",
                    "--scan-package com.acme.none|no load test found for package com.acme.none: are its classes",
                    "--scan-package a..b|--scan-package takes a package such as com.acme.gates, but was \"a..b\"",
                    "--select com.acme.None|--select: there is no class com.acme.None on the class path",
                    "--select dev.llmload.gate.gates.HoldingGate#chatt|has no load test \"chatt\"; it has chat",
                    "--select dev.llmload.gate.gates.HoldingGate --tags slow|no load test found for dev.llmload.gate.gates.HoldingGate, tag slow",
                    "--select dev.llmload.gate.gates.HoldingGate --tags &|--tags takes an expression such as `chat & !slow`",
                    "--select java.lang.String|no load test found for java.lang.String",
                    "--scan-pakage x|Unknown option",
                    "--list --health|--list, --health are mutually exclusive",
                    "--set llmload.url|Value for option '--set'",
                    "--select dev.llmload.gate.gates.HoldingGate --set =x|--set takes KEY=VALUE, such as llmload.concurrency=10,50, but was \"=x\"",
                    "--select dev.llmload.gate.gates.HoldingGate --set llmload.notMeasured=warn|`llmload.notMeasured` is always `fail` here",
                    "--select dev.llmload.gate.gates.HoldingGate --url simulator -Dllmload.url=http://a|--url and -D llmload.url say different things",
                })
        void aWrongCall_endsWith3_andSaysWhatWouldBeRight(String line, String message) {
            assertThat(run(line.split(" "))).isEqualTo(3);
            assertThat(err()).contains(message.replace("`llmload.notMeasured`", "llmload.notMeasured"));
            assertThat(err()).doesNotContain("\tat ");
        }

        @Test
        void aTestThatIsNotConfigured_endsWith3_withEveryMistake_beforeAnythingIsSent() {
            assertThat(run("--select", MisspeltGate.class.getName(), "--url", "simulator", "-D", "llmload.maxTokns=3"))
                    .isEqualTo(3);
            assertThat(err())
                    .contains("2 mistakes", "unknown metric \"tftt\"", "did you mean `llmload.request.maxTokens`?")
                    .doesNotContain("\tat ");
        }

        @Test
        void withoutAnEndpoint_itSaysHowToNameOne() {
            assertThat(run("--select", HOLDING)).isEqualTo(3);
            assertThat(err()).contains("no endpoint is configured: set -Dllmload.url=http://host:8000");
        }

        @Test
        void help_hasOptionsExitCodesAndExamples() {
            assertThat(run("--help")).isZero();
            assertThat(out())
                    .contains("--scan-package", "--dry-run", "Exit codes", "could not tell", "Examples", "LLM_API_KEY");
            assertThat(out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(110));
        }

        @Test
        void version_isTheLibrarys() {
            assertThat(run("--version")).isZero();
            assertThat(out()).startsWith("LLM Load ");
        }

        @Test
        void whatIsMissingOnTheClassPath_isNamed() throws IOException {
            try (URLClassLoader nothing = new URLClassLoader(new URL[0], null)) {
                assertThat(Main.run(
                                new PrintStream(out, true, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8),
                                nothing,
                                "--list"))
                        .isEqualTo(3);
            }
            assertThat(err())
                    .isEqualTo("the gate needs on the class path (--class-path), beside the load tests: "
                            + "dev.llmload:llm-load-junit, org.junit.jupiter:junit-jupiter, "
                            + "org.junit.platform:junit-platform-launcher" + System.lineSeparator());
        }
    }

    @Nested
    class InsteadOfRunning {
        @Test
        void list_namesTestsAndLevels_andNeedsNoEndpoint() {
            assertThat(run("--scan-package", HoldingGate.class.getPackageName(), "--list"))
                    .isZero();
            assertThat(out().lines())
                    .containsExactlyInAnyOrder(
                            HOLDING + "#chat  2 users, 4 users",
                            "dev.llmload.gate.gates.UndecidedGate#chat  2 users",
                            MisspeltGate.class.getName() + "#chat  (not configured)",
                            LateGate.class.getName() + "#chat  2 users",
                            "dev.llmload.gate.gates.EndlessGate#chat  2 users",
                            "dev.llmload.gate.gates.OutOfMemoryGate#chat  2 users",
                            "dev.llmload.gate.gates.OverflowGate#chat  2 users",
                            "dev.llmload.gate.gates.StuckGate#chat  2 users",
                            DisabledGate.class.getName() + "#chat  (disabled)");
        }

        @Test
        void tags_choose() {
            assertThat(run("--scan-package", HoldingGate.class.getPackageName(), "--tags", "chat & !slow", "--list"))
                    .isZero();
            assertThat(out().lines()).containsExactly(HOLDING + "#chat  2 users, 4 users");
        }

        @Test
        void dryRun_saysWhatWouldBeOfferedToWhom_andSendsNothing() {
            try (Simulator server = Simulator.start(SimulatorSettings.parse("simulator:fast"))) {
                assertThat(run(with(
                                "--dry-run",
                                "--select",
                                HOLDING + "#chat",
                                "--url",
                                server.url(),
                                "--model",
                                "llama-3-8b",
                                "-Dllmload.concurrency=4,8",
                                "-Dllmload.request.extraBody={\"ignore_eos\": true, \"token\": \"secret\"}",
                                "-Dllmload.budgets=capacity >= 4 users; ttft p95 < 1 s")))
                        .isZero();
                assertThat(out().lines())
                        .containsExactly(
                                HOLDING + "#chat",
                                "  endpoint    " + server.url() + "/v1, model llama-3-8b, AUTO, "
                                        + "no API key (LLM_API_KEY is not set)",
                                "  prompts     builtin:chat: 40 prompts; characters: mean 202, median 85.5, range 56 to "
                                        + "895; words: mean 35.7, median 16, range 10 to 164",
                                "  request     at most 128 tokens, temperature 0.7, extra fields ignore_eos, token",
                                "  before      pre-flight (waits up to 2 m), 2 requests at 2 users",
                                "  level       4 users: 20 requests, at most 3 m",
                                "    success_rate >= 99 %",
                                "    ttft p95 < 1 s   (key llmload.budgets)",
                                "  level       8 users: 20 requests, at most 3 m",
                                "    success_rate >= 99 %",
                                "    ttft p95 < 1 s   (key llmload.budgets)",
                                "  last        the levels compared: capacity >= 4 users",
                                "nothing was sent");
                assertThat(server.stats().requests()).isZero();
            }
        }

        @Test
        void health_asksForACompletion() {
            try (Simulator server = Simulator.start(SimulatorSettings.parse("simulator:fast"))) {
                assertThat(run("--health", "--select", HOLDING, "--url", server.url()))
                        .isZero();
                assertThat(out())
                        .contains("✔ " + server.url() + "/v1/chat/completions answers: model simulated-model, chat, ")
                        .contains("reports usage in the stream");
                assertThat(server.stats().requests()).isPositive();
            }
        }

        @Test
        void health_saysThatUsageIsReported_onlyWhereItWasSeen() {
            assertThat(health(Http.stream(Http.token("a"), Http.STOP, Http.DONE)))
                    .isZero();
            assertThat(out())
                    .contains(" answers: model m, chat, accepts stream_options but reports no usage in the stream\n")
                    .doesNotContain("reports usage");
        }

        @Test
        void health_endsWith2_whereAWholeAnswerFails() {
            assertThat(health(Http.stream(Http.token("a")))).isEqualTo(2);
            assertThat(out())
                    .contains("✘ ")
                    .contains(" answers: model m, chat; a whole streamed answer failed: TRUNCATED: ");
        }

        private int health(String stream) {
            try (ScriptedServer server = ScriptedServer.start(connection -> {
                while (true) {
                    Connection.Request request = connection.request();
                    boolean streamed = request.body().contains("\"stream\":true");
                    connection.send(
                            request.path().equals("/v1/models")
                                    ? Http.models("m")
                                    : streamed ? stream : Http.completion());
                }
            })) {
                return run("--health", "--select", HOLDING, "--url", server.url(), "--model", "m");
            }
        }

        @Test
        void health_endsWith2_whereTheEndpointCannotBeUsed() throws IOException {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            assertThat(run(
                            "--health",
                            "--select",
                            HOLDING,
                            "--url",
                            "http://127.0.0.1:" + port,
                            "--model",
                            "m",
                            "--set",
                            "llmload.endpoint.preflightWait=200ms"))
                    .isEqualTo(2);
            assertThat(out()).contains("✘ ").contains("127.0.0.1:" + port);
        }
    }
}
