package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;
import static org.junit.platform.launcher.EngineFilter.includeEngines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.metric.check.ClientUnderTest;
import dev.llmload.result.BudgetViolationError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A build tool runs the invocations that failed again, in the same session of JUnit's launcher. */
class RerunTests {
    private static final String WELL = LoadTestKit.QUICK;
    private static final String SICK = WELL + "&errorRate=30%";
    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final List<String> URLS = new ArrayList<>();

    @TempDir
    Path output;

    @BeforeEach
    void forget() {
        STARTED.set(0);
        URLS.clear();
    }

    private static final class Watched implements TestExecutionListener {
        private final Map<String, TestExecutionResult> results = new LinkedHashMap<>();
        private final List<DiscoverySelector> failed = new ArrayList<>();

        @Override
        public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
            if (identifier.isTest()) {
                results.put(identifier.getDisplayName(), result);
                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                    failed.add(selectUniqueId(identifier.getUniqueId()));
                }
            }
        }

        public List<String> invocations() {
            return results.entrySet().stream()
                    .map(each -> each.getKey() + " " + each.getValue().getStatus())
                    .toList();
        }

        public Throwable failureOf(String name) {
            return results.get(name).getThrowable().orElseThrow();
        }
    }

    private record Ran(List<Watched> attempts, String console) {}

    /** Runs a class, and once more what failed of it. */
    private Ran run(Class<?> testClass, String... urls) {
        URLS.addAll(List.of(urls));
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        List<Watched> attempts = new ArrayList<>();
        try (LauncherSession session = LauncherFactory.openSession()) {
            List<? extends DiscoverySelector> selectors = List.of(selectClass(testClass));
            for (int i = 0; i < 2 && !selectors.isEmpty(); i++) {
                Watched watched = new Watched();
                LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectors)
                        .filters(includeEngines("junit-jupiter"))
                        .configurationParameter("llmload.output", output.toString())
                        .configurationParameter(
                                "llmload.report.history",
                                output.resolve("history.jsonl").toString())
                        .configurationParameter("llmload.load.warmup", "1")
                        .configurationParameter("llmload.endpoint.preflightWait", "2s")
                        .configurationParameter("llmload.minSuccess", "0")
                        .configurationParameter("llmload.inconclusive", "warn")
                        .configurationParameter("llmload.report.charts", "false")
                        .build();
                ClientUnderTest.KEEPS_UP.during(() -> session.getLauncher().execute(request, watched));
                attempts.add(watched);
                selectors = watched.failed;
            }
        } finally {
            System.setOut(out);
        }
        return new Ran(attempts, printed.toString(StandardCharsets.UTF_8));
    }

    private String latest(String file) throws IOException {
        return Files.readString(output.resolve("latest").resolve(file));
    }

    private JsonNode levels() throws IOException {
        return new ObjectMapper().readTree(latest("results.json")).at("/tests/0/levels");
    }

    @Test
    void aLevelThatHoldsAtTheSecondTry_staysRed_inTheVerdictAndInEveryFile() throws IOException {
        Ran ran = run(TwoLevelsTestCase.class, SICK, WELL);

        assertThat(ran.attempts().get(0).invocations())
                .containsExactly("2 users FAILED", "4 users FAILED", "scaling 2 → 4 users SUCCESSFUL");
        assertThat(ran.attempts().get(1).invocations()).containsExactly("2 users FAILED", "4 users FAILED");
        assertThat(ran.attempts().get(1).failureOf("4 users"))
                .isInstanceOf(BudgetViolationError.class)
                .hasMessageContaining("attempt 1 FAIL, attempt 2 PASS: a failed attempt counts");
        assertThat(levels()).hasSize(2).allSatisfy(level -> {
            assertThat(level.path("verdict").asText()).isEqualTo("FAIL");
            assertThat(level.path("attempt").asInt()).isEqualTo(1);
            assertThat(level.path("attempts")).map(JsonNode::asText).containsExactly("FAIL", "PASS");
            assertThat(level.path("success_rate").asDouble()).isLessThan(0.9);
        });
        assertThat(latest("summary.md")).contains("✘ FAIL");
        assertThat(latest("metrics.prom")
                        .lines()
                        .filter(line -> line.startsWith("llmload_level_verdict{"))
                        .filter(line -> line.contains("FAIL") && line.endsWith(" 1")))
                .hasSize(2);
        assertThat(Files.readAllLines(output.resolve("history.jsonl")))
                .hasSize(2)
                .allMatch(line -> line.contains("\"verdict\":\"FAIL\""));
        String lastTable = ran.console().substring(ran.console().lastIndexOf("LLM LOAD: 1 test"));
        assertThat(lastTable)
                .containsPattern("✘ 2 users +FAIL")
                .containsPattern("✘ 4 users +FAIL")
                .contains("attempt 1 FAIL, attempt 2 PASS");
    }

    @Test
    void whatPassed_isNotRunAgain_andStaysInTheReport() throws IOException {
        Ran ran = run(SecondLevelTestCase.class, SICK, SICK);

        assertThat(ran.attempts().get(1).invocations()).containsExactly("4 users FAILED");
        assertThat(levels())
                .map(level -> level.path("name").asText() + level.path("attempts"))
                .containsExactly("2 users", "4 users[\"FAIL\",\"FAIL\"]");
        assertThat(levels().get(1).path("attempt").asInt()).isEqualTo(2);
        assertThat(ran.console().substring(ran.console().lastIndexOf("LLM LOAD: ")))
                .containsPattern("✔ 2 users +PASS");
    }

    @Test
    void aBodyThatHoldsAtTheSecondTry_staysRedToo() throws IOException {
        Ran ran = run(BodyTestCase.class, WELL, WELL);

        assertThat(ran.attempts().get(1).failureOf("2 users"))
                .hasMessageContaining(
                        "LLM load test failed at an earlier attempt: BodyTestCase.load @ 2 users holds now")
                .hasMessageContaining("expected more of it");
        assertThat(ran.console()).contains("! attempt 1 FAIL, attempt 2 PASS: a failed attempt counts");
        assertThat(levels().get(0).path("attempts")).map(JsonNode::asText).containsExactly("FAIL", "PASS");
    }

    @Test
    void whatCouldNotBeTold_isToldByALaterAttempt() {
        Ran ran = run(UnusableTestCase.class, "http://127.0.0.1:1", WELL);

        assertThat(ran.attempts().get(0).invocations()).containsExactly("2 users FAILED");
        assertThat(ran.attempts().get(1).invocations()).containsExactly("2 users SUCCESSFUL");
    }

    @Test
    void whatFailedAndThenCouldNotBeReached_keepsItsNumbers_andStaysRed() throws IOException {
        Ran ran = run(SecondLevelTestCase.class, SICK, "http://127.0.0.1:1");

        assertThat(ran.attempts().get(1).invocations()).containsExactly("4 users FAILED");
        JsonNode level = levels().get(1);
        assertThat(level.path("verdict").asText()).isEqualTo("FAIL");
        assertThat(level.path("success_rate").asDouble()).isLessThan(0.9);
        assertThat(levels()).map(each -> each.path("name").asText()).containsExactly("2 users", "4 users");
        assertThat(ran.console().substring(ran.console().lastIndexOf("LLM LOAD: ")))
                .containsPattern("✘ 4 users +FAIL");
    }

    @Test
    void anotherSession_knowsNothingOfIt() {
        run(BodyTestCase.class, WELL, WELL);
        Ran ran = run(BodyTestCase.class, WELL);

        assertThat(ran.attempts()).hasSize(1);
        assertThat(ran.attempts().get(0).invocations()).containsExactly("2 users SUCCESSFUL");
    }

    abstract static class NextUrl {
        @LlmEndpointSource
        static String url() {
            return URLS.get(Math.min(STARTED.getAndIncrement(), URLS.size() - 1));
        }
    }

    static class TwoLevelsTestCase extends NextUrl {
        @LlmLoad(
                concurrency = {2, 4},
                requests = 40)
        @Budget("success_rate >= 90%")
        void load() {}
    }

    static class SecondLevelTestCase extends NextUrl {
        @LlmLoad(
                concurrency = {2, 4},
                requests = 40,
                scaling = false)
        @Budget(value = "success_rate >= 90%", at = "4 users")
        void load() {}
    }

    static class BodyTestCase extends NextUrl {
        @LlmLoad(concurrency = 2, requests = 20)
        void load() {
            assertEquals(true, STARTED.get() > 1, "expected more of it");
        }
    }

    static class UnusableTestCase extends NextUrl {
        @LlmLoad(concurrency = 2, requests = 20)
        void load() {}
    }
}
