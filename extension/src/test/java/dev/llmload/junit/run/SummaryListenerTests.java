package dev.llmload.junit.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.EngineFilter.includeEngines;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LoadTestKit;
import dev.llmload.metric.check.ClientUnderTest;
import dev.llmload.result.LoadResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What is printed once, when all tests of a plan are over. */
class SummaryListenerTests {
    private static final String FAILING = LoadTestKit.QUICK + "&errorRate=50%";

    @TempDir
    Path output;

    /** What a listener with this environment prints, and what everything else prints before it. */
    private record Printed(String byListener, String console) {}

    private Printed run(Map<String, String> environment, Class<?>... classes) {
        return run(environment, Map.of(), classes);
    }

    private Printed run(Map<String, String> environment, Map<String, String> keys, Class<?>... classes) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .filters(includeEngines("junit-jupiter"))
                .configurationParameter("llmload.output", output.toString())
                .configurationParameter("llmload.load.warmup", "1")
                .configurationParameter("llmload.inconclusive", "warn")
                .configurationParameter("llmload.report.charts", "false")
                .configurationParameters(keys);
        for (Class<?> type : classes) {
            request.selectors(selectClass(type));
        }
        dev.llmload.report.console.Printed own = new dev.llmload.report.console.Printed();
        ByteArrayOutputStream others = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        System.setOut(new PrintStream(others, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        try {
            ClientUnderTest.KEEPS_UP.during(() ->
                    LauncherFactory.create().execute(request.build(), new SummaryListener(own::printer, environment)));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return new Printed(own.toString(), others.toString(StandardCharsets.UTF_8));
    }

    @Test
    void everyTestIsInTheTable_howeverItEnded() {
        Printed printed = run(
                Map.of(),
                PassingTestCase.class,
                BrokenTestCase.class,
                UndecidedTestCase.class,
                MisspeltTestCase.class,
                DisabledTestCase.class,
                BodyFailsTestCase.class,
                NeverStartedTestCase.class,
                OrdinaryTestCase.class);

        assertThat(printed.byListener())
                .contains("LLM LOAD: 7 tests", "SIMULATED ║")
                .contains("3 FAIL, 1 MISCONFIGURED, 1 ERROR, 1 INCONCLUSIVE, 1 SKIPPED, 1 PASS")
                .contains("? ttft p99 ", "budget < 10 s: 10 values are too few", "unknown metric \"tftt\"")
                .containsPattern("✔ 2 users +PASS +100.0 %")
                .containsPattern("✘ 2 users +FAIL +\\d\\d\\.\\d %")
                .containsPattern("✘ success_rate \\d\\d\\.\\d %, budget >= 99 %, -\\d\\d\\.\\d pt")
                .containsPattern("\\? 2 users +INCONCLUSIVE +100.0 %")
                .contains("✘ MISCONFIGURED")
                .contains("– SKIPPED", "on purpose")
                .contains("expected more of it", "IllegalStateException: the database is away")
                .contains("✘ ERROR")
                .doesNotContain("OrdinaryTestCase")
                .containsPattern("\\[llm-load] report: .*Z/report\\.html\n$");
        assertThat(printed.console().split("LLM LOAD: ", -1)).hasSize(2);
    }

    @Test
    void aBudgetWhoseLevelAKeyRemoved_isNoPass_evenIfThatIsOnlyAWarning() {
        assertThat(run(
                                Map.of(),
                                Map.of("llmload.concurrency", "3", "llmload.notMeasured", "warn"),
                                OneLevelTestCase.class)
                        .byListener())
                .contains("1 NOT MEASURED")
                .containsPattern("– 3 users +NOT MEASURED +100.0 %")
                .contains("– ttft p50 < 1 s at 2 users: not measured, a key removed that level");
    }

    @Test
    void whereEveryTestIsSkipped_oneLineSaysWhy() {
        assertThat(run(Map.of(), Map.of("llmload.enabled", "false"), PassingTestCase.class, BrokenTestCase.class)
                        .byListener())
                .isEqualTo("[llm-load] warning: no load was offered, so nothing is gated: 2 load tests did not run: "
                        + "load tests are disabled: llmload.enabled=false\n");
    }

    @Test
    void withoutLoadTests_nothingIsPrinted() {
        assertThat(run(Map.of("GITHUB_ACTIONS", "true"), OrdinaryTestCase.class).byListener())
                .isEmpty();
    }

    @Test
    void inAGithubWorkflow_theCodeIsAnnotatedAndTheJobHasASummary() throws IOException {
        Path summary = output.resolve("summary.md");
        Files.writeString(summary, "# from a step before\n");
        Printed printed =
                run(Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", summary.toString()), BrokenTestCase.class);

        assertThat(printed.byListener())
                .containsPattern(
                        "(?m)^::error file=src/test/java/dev/llmload/junit/run/SummaryListenerTests\\.java,line=\\d+,"
                                + "title=FAIL%3A SummaryListenerTests\\.BrokenTestCase\\.load @ 2 users::"
                                + "LLM load budget violated: .*%0A  ✘ success_rate");
        assertThat(summary)
                .content()
                .startsWith("# from a step before\n# LLM load\n")
                .contains("✘ FAIL · SummaryListenerTests.BrokenTestCase.load · SIMULATED");
    }

    @Test
    void aSummaryThatCannotBeWritten_isAWarning() {
        assertThat(run(
                                Map.of(
                                        "GITHUB_STEP_SUMMARY",
                                        output.resolve("no/such/file").toString()),
                                DisabledTestCase.class)
                        .byListener())
                .contains("[llm-load] warning: GITHUB_STEP_SUMMARY cannot be written");
    }

    @LlmEndpoint(url = LoadTestKit.QUICK)
    static class PassingTestCase {
        @LlmLoad(concurrency = 2, requests = 10)
        void load(LoadResult result) {}
    }

    @LlmEndpoint(url = FAILING)
    static class BrokenTestCase {
        @LlmLoad(concurrency = 2, requests = 20)
        void load(LoadResult result) {}
    }

    @LlmEndpoint(url = LoadTestKit.QUICK)
    static class UndecidedTestCase {
        @LlmLoad(concurrency = 2, requests = 10)
        @Budget("ttft p99 < 10 s")
        void load(LoadResult result) {}
    }

    @LlmEndpoint(url = LoadTestKit.QUICK)
    static class MisspeltTestCase {
        @LlmLoad(concurrency = 2, requests = 10)
        @Budget("tftt p99 < 10 s")
        void load(LoadResult result) {}
    }

    @Disabled("on purpose")
    static class DisabledTestCase {
        @LlmLoad(concurrency = 2)
        void load(LoadResult result) {}
    }

    @LlmEndpoint(url = LoadTestKit.QUICK)
    static class OneLevelTestCase {
        @LlmLoad(concurrency = 2, requests = 10)
        @Budget(value = "ttft p50 < 1 s", at = "2 users")
        void load(LoadResult result) {}
    }

    @LlmEndpoint(url = FAILING)
    static class BodyFailsTestCase {
        @LlmLoad(
                concurrency = {1, 2},
                requests = 20,
                scaling = false)
        void load(LoadResult result) {
            throw new IllegalStateException("expected more of it");
        }
    }

    static class NeverStartedTestCase {
        @BeforeAll
        static void prepare() {
            throw new IllegalStateException("the database is away");
        }

        @LlmLoad(concurrency = 2)
        void load(LoadResult result) {}
    }

    static class OrdinaryTestCase {
        @Test
        void adds() {}
    }
}
