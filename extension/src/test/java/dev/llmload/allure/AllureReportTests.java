package dev.llmload.allure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Cause;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.Levels;
import dev.llmload.report.PhaseSpan;
import dev.llmload.report.TestReport;
import dev.llmload.result.Outcome;
import dev.llmload.result.Verdict;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.model.Attachment;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllureReportTests {
    private static final Instant START = Instant.parse("2026-11-22T05:31:07Z");
    private static final List<PhaseSpan> PHASES = List.of(
            new PhaseSpan("ramp-in", START, START.plusSeconds(2)),
            new PhaseSpan("window", START.plusSeconds(2), START.plusSeconds(40)));

    @TempDir
    Path results;

    private final MemoryResults memory = new MemoryResults();

    private AllureReport report(AllureLifecycle lifecycle) {
        return new AllureReport(new AllureBridge(lifecycle, results, true), sentence -> {});
    }

    private static Levels hundred() {
        return Levels.hundredUsers()
                .outcome("tpot p95 < 25 ms", Verdict.INCONCLUSIVE, 23.0, null, "too few")
                .outcome("mbu >= 40 %", Verdict.NOT_MEASURED, Double.NaN, null, "no GPU");
    }

    @Nested
    class OfALevel {
        private TestResult test = new TestResult();

        @BeforeEach
        void report() {
            test = memory.inTestCase(lifecycle -> AllureReportTests.this
                    .report(lifecycle)
                    .level(hundred().simulated().judged(), PHASES));
        }

        @Test
        void hasParametersAndLabels() {
            assertThat(test.getParameters())
                    .extracting(Parameter::getName, Parameter::getValue, Parameter::getExcluded)
                    .containsExactly(
                            tuple("UniqueId", "[test-template-invocation:#3]", true),
                            tuple("concurrency", "100", false),
                            tuple("endpoint", "http://gpu-host:8000/v1/chat/completions", true),
                            tuple("model", "llama-3-8b", true));
            assertThat(test.getLabels())
                    .extracting(Label::getName, Label::getValue)
                    .containsExactly(
                            tuple("tag", "llm-load"),
                            tuple("model", "llama-3-8b"),
                            tuple("tag", "SIMULATED"),
                            tuple("feature", "ChatReleaseTest.chat"),
                            tuple("story", "  100 users"),
                            tuple("level", "00100 users"));
            assertThat(test.getName()).isEqualTo("chat @   100 users");
        }

        @Test
        void hasAStepPerPhase_andOnePerBudgetWithItsVerdict() {
            assertThat(test.getSteps())
                    .extracting(StepResult::getName, StepResult::getStatus)
                    .containsExactly(
                            tuple("ramp-in", Status.PASSED),
                            tuple("steady window, ended by 500 requests sent", Status.PASSED),
                            tuple("ttft p95 1620 ms, budget < 1500 ms, +8.0 %", Status.FAILED),
                            tuple("success_rate 97.0 %, budget >= 99 %, -2.0 pt", Status.FAILED),
                            tuple("tpot p95 23.0 ms, budget < 25 ms", Status.BROKEN),
                            tuple("mbu not measured, budget >= 40 %", Status.SKIPPED),
                            tuple("mfu 15.6 %, budget >= 12 %", Status.PASSED));
            assertThat(test.getSteps().get(1).getStop() - test.getSteps().get(1).getStart())
                    .isEqualTo(38_000);
            assertThat(test.getSteps())
                    .allSatisfy(step -> assertThat(step.getStop()).isGreaterThanOrEqualTo(step.getStart()));
            assertThat(test.getSteps().get(3).getStatusDetails().getMessage())
                    .startsWith("15 failed: 12× HTTP_5XX (503)");
        }

        @Test
        void hasItsPictureItsTableItsPageAndItsResult() {
            assertThat(test.getAttachments())
                    .extracting(Attachment::getName, Attachment::getType)
                    .containsExactly(
                            tuple("Latency distribution", "image/svg+xml"),
                            tuple("Level over time", "image/svg+xml"),
                            tuple("Summary", "text/csv"),
                            tuple("Result page", "text/html"),
                            tuple("Result", "application/json"));
            assertThat(memory.text(test, "Latency distribution"))
                    .startsWith("<svg ")
                    .contains("SIMULATED");
            assertThat(memory.text(test, "Summary")).startsWith("metric,unit,avg,p50,p90,p95,p99,max\nttft,ms,,825,");
            assertThat(memory.text(test, "Result page")).startsWith("<!doctype html>");
            assertThat(memory.text(test, "Result")).startsWith("{\n  \"name\": \"100 users\",\n");
        }
    }

    @Test
    void sortedByName_theLevelsAreInOrder_andTheComparisonIsLast() {
        List<String> names = new ArrayList<>();
        for (Levels levels :
                List.of(Levels.users(10), Levels.users(100), Levels.users(50), Levels.users(1), Levels.users(2000))) {
            LevelVerdict level = levels.judged();
            String name = level.result().level().name();
            names.add(
                    memory.inTestCase(name, l -> report(l).level(level, PHASES)).getName());
        }
        TestReport sweep = new TestReport(
                "com.acme.ChatReleaseTest#chat", "chat()", List.of(hundred().judged()), List.of());
        names.add(memory.inTestCase("scaling 1 → 2000 users", l -> report(l).sweep(sweep))
                .getName());

        assertThat(names.stream().sorted().map(name -> name.replaceAll(" +", " ")))
                .containsExactly(
                        "chat @ 1 user",
                        "chat @ 10 users",
                        "chat @ 50 users",
                        "chat @ 100 users",
                        "chat @ 2000 users",
                        "chat @ scaling 1 → 2000 users");
    }

    @Test
    void anOpenLoopsLevels_sortByTheirRate() {
        LevelVerdict slow = Levels.perSecond(2.5).judged();
        LevelVerdict fast = Levels.perSecond(12).judged();

        assertThat(memory.inTestCase("2.5 req/s", l -> report(l).level(slow, PHASES))
                        .getName())
                .isEqualTo("chat @     2.5 req/s")
                .isLessThan(memory.inTestCase("12 req/s", l -> report(l).level(fast, PHASES))
                        .getName());
    }

    @Test
    void aSecondMethodOfAClass_standsBesideTheFirst_atEachLevelAndAtTheEnd() {
        MemoryResults other = new MemoryResults();
        LevelVerdict first = hundred().judged();
        LevelVerdict second = hundred().of("com.acme.ChatReleaseTest#other").judged();
        TestResult level = other.inTestCase(l -> {
            AllureBridge bridge = new AllureBridge(l, results, false);
            AllureReport report = new AllureReport(bridge, sentence -> {});
            report.level(first, PHASES);
            report.level(second, PHASES);
            report.sweep(new TestReport("com.acme.ChatReleaseTest#other", "other()", List.of(second), List.of()));
        });

        assertThat(level.getAttachments())
                .extracting(Attachment::getName)
                .containsSubsequence("Summary", "Result page", "Summary", "Side by side", "Comparison", "Side by side");
        assertThat(other.text(level, "Side by side"))
                .startsWith("level,number,chat (A),other (B),B against A (95 % CI),better\n100 users,");
    }

    @Test
    void theHistory_belongsToTestAndLevel() {
        TestResult hundred = memory.inTestCase(l -> report(l).level(hundred().judged(), PHASES));
        TestResult again =
                memory.inTestCase(l -> report(l).level(hundred().succeeded(400).judged(), List.of()));
        TestResult fifty =
                memory.inTestCase(l -> report(l).level(Levels.users(50).judged(), PHASES));

        assertThat(hundred.getHistoryId())
                .hasSize(32)
                .isEqualTo(again.getHistoryId())
                .isNotEqualTo(fifty.getHistoryId());
    }

    @Test
    void withoutPhases_theWindowIsTheStep() {
        TestResult test = memory.inTestCase(l -> report(l).level(Levels.users(1).judged(), List.of()));

        StepResult step = test.getSteps().get(0);
        assertThat(step.getName()).isEqualTo("steady window, ended by 500 requests sent");
        assertThat(step.getStop() - step.getStart()).isEqualTo(38_200);
    }

    @Test
    void withoutCharts_theRestIsThere() {
        TestResult level = memory.inTestCase(l -> new AllureReport(new AllureBridge(l, results, false), sentence -> {})
                .level(hundred().judged(), PHASES));
        assertThat(level.getAttachments())
                .extracting(Attachment::getName)
                .containsExactly("Summary", "Result page", "Result");

        TestReport report =
                new TestReport("com.acme.A#b", "b()", List.of(hundred().judged()), List.of());
        TestResult sweep = memory.inTestCase(
                l -> new AllureReport(new AllureBridge(l, results, false), sentence -> {}).sweep(report));
        assertThat(sweep.getAttachments()).extracting(Attachment::getName).containsExactly("Comparison");
    }

    @Test
    void theUsersOwnFeature_isKept() {
        TestResult test = memory.inTestCase(lifecycle -> {
            lifecycle.updateTestCase(
                    t -> t.getLabels().add(new Label().setName("epic").setValue("Release 7")));
            report(lifecycle).level(hundred().judged(), PHASES);
        });

        assertThat(test.getLabels()).extracting(Label::getName).doesNotContain("feature", "story");
    }

    @Test
    void theSweep_hasAStepPerLevel_andTheComparison() {
        TestReport report = new TestReport(
                "com.acme.ChatReleaseTest#chat",
                "chat()",
                List.of(
                        Levels.users(10).succeeded(50).throughput(184.1).judged(),
                        hundred().judged()),
                List.of("200 users: a key removed it"));

        TestResult test = memory.inTestCase(
                "scaling 10 → 100 users", lifecycle -> report(lifecycle).sweep(report));

        assertThat(test.getSteps())
                .extracting(StepResult::getName, StepResult::getStatus)
                .containsExactly(
                        tuple("10 users: PASS, 50 of 50 successful, 184 tok/s", Status.PASSED),
                        tuple("100 users: FAIL, 485 of 500 successful, 1458 tok/s", Status.FAILED),
                        tuple("not run: 200 users: a key removed it", Status.SKIPPED));
        assertThat(test.getName()).isEqualTo("chat @ scaling 10 → 100 users");
        assertThat(memory.text(test, "All levels at a glance")).contains("breaks at 100 users");
        assertThat(memory.text(test, "Throughput by level")).contains("No saturation seen up to 100 users");
        assertThat(memory.text(test, "Comparison").lines()).hasSize(3);
    }

    @Test
    void theTrend_isAttached() {
        TestResult test = memory.inTestCase(lifecycle -> report(lifecycle).trend("<svg/>"));
        assertThat(memory.text(test, "Trend over the runs")).isEqualTo("<svg/>");
    }

    @Test
    void whatDecidedBesidesBudgets_isAStepAndASentence_andInTheAttachments() {
        LevelVerdict level = Levels.users(10)
                .outcome("ttft p95 < 1500 ms", Verdict.PASS, 812, null, "")
                .judged();
        InvocationOutcome outcome = InvocationOutcome.of(level)
                .and(List.of(new Cause(Cause.Kind.BODY, dev.llmload.spi.Status.FAIL, "expected: 7 but was: 8")), "");

        TestResult test = memory.inTestCase(lifecycle -> report(lifecycle).level(level, outcome, PHASES));

        assertThat(test.getDescription()).contains("✘ expected: 7 but was: 8");
        assertThat(test.getSteps())
                .last()
                .returns("expected: 7 but was: 8", StepResult::getName)
                .returns(Status.FAILED, StepResult::getStatus);
        assertThat(memory.text(test, "Result")).contains("\"verdict\": \"FAIL\"", "expected: 7 but was: 8");
        assertThat(memory.text(test, "Result page")).contains("✘ expected: 7 but was: 8");
    }

    @Test
    void withoutAnOpenTestCase_nothingIsWritten() {
        AllureReport report = report(new AllureLifecycle(memory));
        report.trend("<svg/>");
        report.level(hundred().judged(), PHASES);
        report.sweep(new TestReport("a#b", "b()", List.of(), List.of()));

        assertThat(results).isEmptyDirectory();
    }

    @Test
    void theMetricsPage_getsOneValuePerMetricAndLevel() throws IOException {
        LevelVerdict level = Levels.users(10)
                .succeeded(90)
                .failed(Outcome.TIMEOUT_TOTAL, 10, 0)
                .withoutTpot()
                .judged();
        memory.inTestCase(lifecycle -> report(lifecycle).level(level, PHASES));

        List<Path> files;
        try (var list = Files.list(results)) {
            files = list.toList();
        }
        assertThat(files)
                .hasSize(1)
                .allSatisfy(f -> assertThat(f.getFileName().toString()).matches("[0-9a-f-]{36}-perf\\.json"));
        JsonNode values = new ObjectMapper().readTree(Files.readString(files.get(0)));
        List<String> keys = new ArrayList<>();
        values.forEach(v -> keys.add(v.get("key").asText()));
        assertThat(keys)
                .containsExactly(
                        "ChatReleaseTest.chat.10-users.ttft.p50",
                        "ChatReleaseTest.chat.10-users.ttft.p50.of_successes",
                        "ChatReleaseTest.chat.10-users.ttft.p95",
                        "ChatReleaseTest.chat.10-users.ttft.p95.of_successes",
                        "ChatReleaseTest.chat.10-users.ttft.p99",
                        "ChatReleaseTest.chat.10-users.ttft.p99.of_successes",
                        "ChatReleaseTest.chat.10-users.e2e.p50",
                        "ChatReleaseTest.chat.10-users.e2e.p50.of_successes",
                        "ChatReleaseTest.chat.10-users.e2e.p95",
                        "ChatReleaseTest.chat.10-users.e2e.p95.of_successes",
                        "ChatReleaseTest.chat.10-users.e2e.p99",
                        "ChatReleaseTest.chat.10-users.e2e.p99.of_successes",
                        "ChatReleaseTest.chat.10-users.success_rate",
                        "ChatReleaseTest.chat.10-users.throughput",
                        "ChatReleaseTest.chat.10-users.total_throughput",
                        "ChatReleaseTest.chat.10-users.request_rate");
        JsonNode failed = values.get(2);
        assertThat(failed.get("value").asDouble()).isEqualTo(1e12);
        assertThat(failed.get("title").asText()).isEqualTo("ChatReleaseTest.chat @ 10 users: ttft p95 (failed)");
        JsonNode last = values.get(12);
        assertThat(last.get("value").asDouble()).isEqualTo(90);
        assertThat(last.get("unit").asText()).isEqualTo("%");
        assertThat(last.get("better").asText()).isEqualTo("higher");
        assertThat(last.get("title").asText()).isEqualTo("ChatReleaseTest.chat @ 10 users: success_rate");
        assertThat(last.get("stop").asLong() - last.get("start").asLong()).isEqualTo(40_100);
        assertThat(last.get("id").asText()).isNotEmpty();
    }

    @Test
    void theEnvironment_keepsWhatOthersWrote() throws IOException {
        Files.writeString(results.resolve("environment.properties"), "GPU=NVIDIA A40\nModel=old\nDriver=\n");

        report(new AllureLifecycle(memory))
                .environment(Map.of(
                        "Model",
                        "llama-3-8b",
                        "Endpoint",
                        "http://gpu-host:8000",
                        "Time of day",
                        "früh",
                        "Release",
                        ""));

        assertThat(Files.readString(results.resolve("environment.properties")))
                .isEqualTo(
                        "Endpoint=http\\://gpu-host\\:8000\nGPU=NVIDIA A40\nModel=llama-3-8b\nTime\\ of\\ day=fr\\u00FCh\n");
    }

    @Test
    void twoEndpointsOfOneRun_standSideBySide_andReplaceThoseOfTheLast() throws IOException {
        Files.writeString(results.resolve("environment.properties"), "endpoint=old\n");
        AllureReport report = report(new AllureLifecycle(memory));

        report.environment(Map.of("endpoint", "current"));
        report.environment(Map.of("endpoint", "candidate"));
        report.environment(Map.of("endpoint", "current"));

        assertThat(Files.readString(results.resolve("environment.properties")))
                .isEqualTo("endpoint=current, candidate\n");
    }

    @Test
    void aLevelThatIsRunAgain_replacesItsMetrics() throws IOException {
        memory.inTestCase(lifecycle -> report(lifecycle).level(hundred().judged(), PHASES));
        memory.inTestCase(
                lifecycle -> report(lifecycle).level(hundred().throughput(1.5).judged(), PHASES));

        try (var list = Files.list(results)) {
            assertThat(list.toList())
                    .hasSize(1)
                    .first()
                    .satisfies(file -> assertThat(Files.readString(file)).contains("\"value\" : 1.5,"));
        }
    }

    @Test
    void aResultsFolderThatCannotBeWritten_failsNoTest() throws IOException {
        Path file = Files.writeString(results.resolve("file"), "");
        List<String> warnings = new ArrayList<>();

        new AllureReport(new AllureBridge(new AllureLifecycle(memory), file, true), warnings::add)
                .environment(Map.of("Model", "x"));

        assertThat(file).isEmptyFile();
        assertThat(warnings).singleElement().asString().startsWith("nothing was added to Allure: ");
    }

    @Test
    void withoutAllure_everyCallDoesNothing() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!Path.of(entry).getFileName().toString().startsWith("allure-")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader bare = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> report = bare.loadClass("dev.llmload.allure.AllureReport");

            assertThat(report.getMethod("available").invoke(null)).isEqualTo(false);
            Object created = report.getMethod("create", boolean.class, Consumer.class)
                    .invoke(null, true, (Consumer<String>) sentence -> {
                        throw new AssertionError(sentence);
                    });
            report.getMethod("environment", Map.class).invoke(created, Map.of("Model", "x"));
        }
        assertThat(AllureReport.available()).isTrue();
    }
}
