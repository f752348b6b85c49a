package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.junit.run.LoadPlan;
import dev.llmload.result.LoadResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Endpoints, and other members, whose placeholders the running test sets. */
class EndpointByPlaceholderTests {
    private static final String PORT = "llm.load.test.port";

    @TempDir
    Path output;

    @AfterEach
    void forget() {
        System.clearProperty(PORT);
        System.clearProperty("llmload.url");
    }

    private Ran run(Class<?> testClass, String... keysAndValues) {
        return OwnServer.run(output, testClass, keysAndValues);
    }

    /** As a build tool does: system properties are configuration parameters. Display name and status of each invocation. */
    private List<String> launch(Class<?> testClass) {
        List<String> invocations = new ArrayList<>();
        TestExecutionListener listener = new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
                if (identifier.isTest()) {
                    invocations.add(identifier.getDisplayName() + " " + result.getStatus());
                }
            }
        };
        PrintStream console = System.out;
        System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        try {
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(testClass))
                                    .configurationParameters(Map.of(
                                            "llmload.output", output.toString(),
                                            "llmload.load.warmup", "2",
                                            "llmload.inconclusive", "warn",
                                            "llmload.report.charts", "false"))
                                    .build(),
                            listener);
        } finally {
            System.setOut(console);
        }
        return invocations;
    }

    @Test
    void oneThatBeforeAllSets_isNoMistakeAtTheStartOfTheRun_norInTheGate_andRuns() {
        assertThat(OwnServer.alarm(PlaceholderTestCase.class)).isEmpty();
        assertThat(LoadPlan.of(OwnServer.plan(PlaceholderTestCase.class)).mistakes())
                .isEmpty();

        assertThat(launch(PlaceholderTestCase.class)).containsExactly("1 user SUCCESSFUL");
    }

    @Test
    void oneThatBeforeEachSets_isReadWhenTheFirstLevelBegins() {
        assertThat(launch(BeforeEachTestCase.class)).containsExactly("1 user SUCCESSFUL");
    }

    @Test
    void aDryRun_saysWhatIsKnownLaterOnly_andTheHealthCheckAsksNobody() {
        LoadPlan plan = LoadPlan.of(OwnServer.plan(PlaceholderTestCase.class));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        assertThat(plan.dryRun())
                .contains("  endpoint    known when the test runs: `url` of @LlmEndpoint: ${" + PORT + "}");
        assertThat(plan.health(new PrintStream(printed, true, StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("PlaceholderTestCase.load: its endpoint is known when it runs", PORT, "it was not asked");
    }

    @Test
    void oneThatNobodySets_isAMistakeOfTheRunningTest_ofEachLevel_andNoRequestIsSent() {
        assertThat(OwnServer.alarm(NeverSetTestCase.class)).isEmpty();

        Ran ran = run(NeverSetTestCase.class);

        assertThat(ran.invocations()).containsExactly("1 user FAILED", "2 users FAILED", "scaling 1 → 2 users ABORTED");
        assertThat(ran.failureOf("1 user"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("`url` of @LlmEndpoint: `${llm.load.test.never}` is set nowhere: set -D");
        assertThat(ran.failureOf("2 users")).hasMessage(ran.failureOf("1 user").getMessage());
        assertThat(ran.file("requests.jsonl")).isEmpty();
    }

    @Test
    void anyOtherMemberOfTheTest_mayWaitForBeforeAllToo() {
        assertThat(OwnServer.alarm(OtherMembersTestCase.class)).isEmpty();
        assertThat(LoadPlan.of(OwnServer.plan(OtherMembersTestCase.class)).dryRun())
                .anyMatch(line -> line.startsWith("  later       known when the test runs: @Budget on the method: ${"));

        assertThat(launch(OtherMembersTestCase.class)).containsExactly("3 users SUCCESSFUL");
    }

    @Test
    void whatIsWrongAnyway_isSaidAtTheStart() {
        assertThat(OwnServer.alarm(WrongAnywayTestCase.class))
                .contains("[llm-load] 1 mistake", "must be at least 1, but was 0")
                .doesNotContain("set nowhere");
    }

    @Test
    void aKeyThatBeforeAllSets_isNoMistakeAtTheStart_butNoEndpointWhereNothingRunsBeforeIs() {
        assertThat(OwnServer.alarm(KeySetTestCase.class)).isEmpty();
        assertThat(OwnServer.alarm(NoEndpointTestCase.class)).contains("no endpoint is configured");

        assertThat(launch(KeySetTestCase.class)).containsExactly("1 user SUCCESSFUL");
    }

    @LlmEndpoint(url = "http://localhost:${" + PORT + "}")
    static class PlaceholderTestCase {
        @BeforeAll
        static void start() {
            System.setProperty(PORT, Integer.toString(OwnServer.port()));
        }

        @LlmLoad(concurrency = 1, requests = 8)
        void load(LoadResult result) {
            assertThat(result.subject().endpoint()).contains(":" + OwnServer.port() + "/");
        }
    }

    @LlmEndpoint(url = "http://localhost:${" + PORT + "}")
    static class BeforeEachTestCase {
        @BeforeEach
        void start() {
            System.setProperty(PORT, Integer.toString(OwnServer.port()));
        }

        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }

    @LlmEndpoint(url = "http://localhost:${llm.load.test.never}")
    static class NeverSetTestCase {
        @LlmLoad(
                concurrency = {1, 2},
                requests = 8)
        void load() {}
    }

    @LlmEndpoint(url = LoadTestKit.QUICK)
    static class OtherMembersTestCase {
        @BeforeAll
        static void set() {
            System.setProperty("llm.load.test.limit", "31 s");
            System.setProperty("llm.load.test.users", "3 users 1s");
            System.setProperty("llm.load.test.prompts", "builtin:short");
        }

        @AfterAll
        static void clear() {
            System.clearProperty("llm.load.test.limit");
            System.clearProperty("llm.load.test.users");
            System.clearProperty("llm.load.test.prompts");
        }

        @LlmLoad(stages = "${llm.load.test.users}")
        @LlmRequest(prompts = "${llm.load.test.prompts}")
        @Budget(value = "ttft p95 < ${llm.load.test.limit}", at = "3 users")
        void load(LoadResult result) {
            assertThat(result.level().name()).isEqualTo("3 users");
        }
    }

    @LlmEndpoint(url = "http://localhost:${llm.load.test.never}")
    static class WrongAnywayTestCase {
        @LlmLoad(concurrency = 1)
        @LlmRequest(maxTokens = 0)
        void load() {}
    }

    static class KeySetTestCase {
        @BeforeAll
        static void start() {
            System.setProperty("llmload.url", OwnServer.url());
        }

        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }

    static class NoEndpointTestCase {
        @LlmLoad(concurrency = 1, requests = 8)
        void load() {}
    }
}
