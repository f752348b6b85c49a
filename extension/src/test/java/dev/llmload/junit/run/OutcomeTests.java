package dev.llmload.junit.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.EngineFilter.includeEngines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LoadTestKit;
import dev.llmload.report.console.Printed;
import dev.llmload.result.LoadResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** However a test goes wrong: its verdict and its reason stand in every file, on the console, in Allure and beside the code. */
class OutcomeTests {
    private static final String SICK = LoadTestKit.QUICK + "&errorRate=50%";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path output;

    /** What a run left behind. */
    private record Ran(Path output, String console, String gate, List<String> allure, List<String> messages) {
        String file(String name) throws IOException {
            return Files.readString(output.resolve("latest").resolve(name));
        }

        JsonNode results() throws IOException {
            return JSON.readTree(file("results.json"));
        }

        List<String> history() throws IOException {
            Path file = output.resolve("history.jsonl");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        }

        /** In every file, and on the console. */
        Ran says(String verdict, String kind, String reason) throws IOException {
            String words = verdict.replace('_', ' ');
            assertThat(console.replaceAll("\\s*║\\R║\\s*", " ")).as("console").contains(words, reason);
            assertThat(lastLines()).as("last lines").hasSizeLessThanOrEqualTo(5);
            assertThat(lastLines().get(0)).matches("\\[llm-load] \\S [A-Z ]+: \\d .*");
            assertThat(file("summary.md").replace("&lt;", "<").replace("\\|", "|"))
                    .as("summary.md")
                    .contains(" " + words, reason);
            assertThat(file("report.html").replace("&lt;", "<").replace("&gt;", ">"))
                    .as("report.html")
                    .contains(words, reason);
            assertThat(causes(results()))
                    .as("results.json")
                    .anySatisfy(cause -> assertThat(cause).contains(kind + " " + verdict + " ", reason));
            assertThat(JSON.readTree(gate).findValuesAsText("sentence"))
                    .as("gate.json")
                    .anySatisfy(sentence -> assertThat(sentence).contains(reason));
            assertThat(file("results.csv").lines().skip(1))
                    .as("results.csv")
                    .anySatisfy(row -> assertThat(row).contains("," + verdict + ",", reason));
            assertThat(file("metrics.prom").lines())
                    .as("metrics.prom")
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("llmload_verdict_causes{")
                            .contains("cause=\"" + kind + "\"", "verdict=\"" + verdict + "\""));
            assertThat(allure).as("Allure").anySatisfy(test -> tells(test, reason));
            if (!verdict.equals("SKIPPED")) {
                assertThat(annotations())
                        .as("annotations")
                        .anySatisfy(line -> assertThat(line).contains("title=" + words + "%3A "))
                        .anySatisfy(line -> tells(line.replace("%25", "%"), reason));
            }
            return this;
        }

        /** In the message of a test, which build tools, IDEs and JUnit's XML show. */
        Ran throwsIt(String reason) {
            assertThat(messages).as("messages of the tests").anySatisfy(message -> tells(message, reason));
            return this;
        }

        /** A message has the parts of a sentence in columns. */
        private static void tells(String text, String reason) {
            assertThat(text)
                    .contains(Arrays.stream(reason.split("[\\s,]+"))
                            .filter(word -> word.length() > 1 && !word.equals("budget") && !word.endsWith("Exception:"))
                            .toList());
        }

        List<String> annotations() {
            return console.lines().filter(line -> line.startsWith("::")).toList();
        }

        /** As a whole. */
        Ran came(String verdict) throws IOException {
            String words = verdict.replace('_', ' ');
            assertThat(results().path("verdict").asText()).isEqualTo(verdict);
            assertThat(results().at("/tests/0/verdict").asText()).isEqualTo(verdict);
            assertThat(JSON.readTree(gate).path("verdict").asText()).isEqualTo(verdict);
            assertThat(file("summary.md")).containsPattern("\\A# LLM load\n\n\\*\\*\\S " + words + ": ");
            assertThat(file("report.html"))
                    .containsPattern("class=\"banner " + verdict + "\"><h1><span class=\"verdict\">\\S " + words);
            assertThat(file("metrics.prom").lines())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("llmload_run_verdict{")
                            .contains("verdict=\"" + verdict + "\"")
                            .endsWith(" 1"));
            return this;
        }

        /** The last lines, after the table. */
        List<String> lastLines() {
            List<String> lines =
                    console.lines().filter(line -> !line.startsWith("::")).toList();
            int table =
                    lines.stream().map(line -> line.startsWith("╚")).toList().lastIndexOf(true);
            return lines.subList(table + 1, lines.size());
        }
    }

    private static List<String> causes(JsonNode results) {
        List<String> all = new ArrayList<>();
        results.findValues("outcome")
                .forEach(causes -> StreamSupport.stream(causes.spliterator(), false)
                        .forEach(cause -> all.add(cause.path("kind").asText() + " "
                                + cause.path("verdict").asText() + " "
                                + cause.path("sentence").asText())));
        return all;
    }

    private Ran run(Class<?> type, String... keysAndValues) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .filters(includeEngines("junit-jupiter"))
                .configurationParameter("llmload.output", output.toString())
                .configurationParameter(
                        "llmload.report.history",
                        output.resolve("history.jsonl").toString())
                .configurationParameter("llmload.url", LoadTestKit.QUICK)
                .configurationParameter("llmload.load.warmup", "1")
                .configurationParameter("llmload.report.charts", "false")
                .selectors(selectClass(type));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            request.configurationParameter(keysAndValues[i], keysAndValues[i + 1]);
        }
        Printed own = new Printed();
        PrintStream out = System.out;
        PrintStream err = System.err;
        System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        RunVerdict gate = new RunVerdict();
        AllureCases allure = new AllureCases(output.resolve("allure"));
        Messages messages = new Messages();
        try (allure) {
            LauncherFactory.create()
                    .execute(
                            request.build(),
                            new SummaryListener(own::printer, Map.of("GITHUB_ACTIONS", "true")),
                            gate,
                            allure,
                            messages);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return new Ran(output, own.toString(), gate.json(), allure.texts(), messages.all);
    }

    /** What the tests themselves ended with. */
    private static final class Messages implements TestExecutionListener {
        private final List<String> all = new ArrayList<>();

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            result.getThrowable().map(Throwable::getMessage).ifPresent(all::add);
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            all.add(reason);
        }
    }

    @Nested
    class Red {
        @Test
        void byABudget() throws IOException {
            Ran ran = run(LoadTestCase.class, "llmload.url", SICK)
                    .came("FAIL")
                    .says("FAIL", "BUDGET", ", budget >= 99 %, -")
                    .throwsIt("success_rate , budget >= 99 %");
            assertThat(causes(ran.results()))
                    .anySatisfy(cause -> assertThat(cause).contains("× HTTP_5XX (500)"));
            assertThat(ran.history()).singleElement().asString().contains("\"verdict\":\"FAIL\"", "budget >= 99 %");
            assertThat(ran.lastLines()).hasSize(3);
            assertThat(ran.lastLines().get(0)).isEqualTo("[llm-load] ✘ FAIL: 1 FAIL · SIMULATED");
            assertThat(ran.lastLines().get(1))
                    .matches(
                            "\\[llm-load] ✘ OutcomeTests\\.LoadTestCase\\.load @ 2 users: success_rate .* %, budget >= 99 %,"
                                    + " -.* pt: \\d+ failed: .*")
                    .hasSizeLessThanOrEqualTo(120);
            assertThat(ran.lastLines().get(2))
                    .startsWith("[llm-load] report: " + output)
                    .endsWith("Z/report.html");
            assertThat(ran.file("verdict.txt").lines().map(line -> "[llm-load] " + line))
                    .containsExactlyElementsOf(ran.lastLines());
        }

        @Test
        void byTheBody() throws IOException {
            Ran ran = run(BodyTestCase.class)
                    .came("FAIL")
                    .says("FAIL", "BODY", "expected more of it")
                    .throwsIt("expected more of it");
            assertThat(ran.history())
                    .singleElement()
                    .asString()
                    .contains("\"verdict\":\"FAIL\"", "expected more of it");
            assertThat(ran.results().at("/tests/0/levels/0/budgets/0/verdict").asText())
                    .isEqualTo("PASS");
        }

        @Test
        void byTheBodyAndABudget_andTheBodyComesFirst() throws IOException {
            Ran ran = run(BodyTestCase.class, "llmload.url", SICK)
                    .came("FAIL")
                    .says("FAIL", "BODY", "expected more of it")
                    .says("FAIL", "BUDGET", ", budget >= 99 %, -");
            assertThat(causes(ran.results()).get(0)).isEqualTo("BODY FAIL expected more of it");
        }

        @Test
        void byACallbackAfterTheBody() throws IOException {
            Ran ran = run(AfterTestCase.class)
                    .came("ERROR")
                    .says("ERROR", "BODY", "IllegalStateException: the table is locked");
            assertThat(ran.history()).singleElement().asString().contains("\"verdict\":\"ERROR\"");
        }

        @Test
        void byACallbackBeforeTheLoad() throws IOException {
            Ran ran = run(BeforeTestCase.class).came("ERROR").says("ERROR", "BODY", "IllegalStateException: no table");
            assertThat(ran.history()).isEmpty();
        }

        @Test
        void byALevelThatAKeyRemoved_asInCi() throws IOException {
            Ran ran = run(AtLevelTestCase.class, "llmload.concurrency", "3", "llmload.notMeasured", "fail")
                    .came("NOT_MEASURED")
                    .says(
                            "NOT_MEASURED",
                            "REMOVED_LEVEL",
                            "ttft p50 < 1 s at 2 users: not measured, a key removed that level")
                    .throwsIt("ttft p50 < 1 s at 2 users: not measured, a key removed that level");
            assertThat(ran.history())
                    .singleElement()
                    .asString()
                    .contains(
                            "\"verdict\":\"NOT_MEASURED\"",
                            "ttft p50 < 1 s at 2 users: not measured, a key removed that level");
            assertThat(ran.file("summary.md")).doesNotContain("✔ PASS");
        }

        @Test
        void byALevelThatAKeyRemoved_whereTheLevelsAreCompared() throws IOException {
            run(AtLevelTestCase.class, "llmload.concurrency", "3,4", "llmload.notMeasured", "fail")
                    .came("NOT_MEASURED")
                    .says(
                            "NOT_MEASURED",
                            "REMOVED_LEVEL",
                            "ttft p50 < 1 s at 2 users: not measured, a key removed that level");
        }

        @Test
        void byAnAbort_andWhatDidNotRunAfterIt() throws IOException {
            Ran ran = run(LostTestCase.class, "llmload.url", SICK)
                    .came("FAIL")
                    .says("FAIL", "ABORTED", "aborted: success_rate was ")
                    .says("SKIPPED", "NOT_RUN", "LostTestCase.load @ 6 users did not run: 3 users was aborted: ")
                    .throwsIt("aborted: success_rate was ")
                    .throwsIt("3 users was aborted: ");
            assertThat(ran.history())
                    .singleElement()
                    .asString()
                    .contains("\"verdict\":\"FAIL\"", "aborted: success_rate was ");
        }

        @Test
        void byAMistake() throws IOException {
            Ran ran = run(LoadTestCase.class, "llmload.budgets", "tftt p99 < 10 s")
                    .came("MISCONFIGURED")
                    .says("MISCONFIGURED", "CONFIGURATION", "unknown metric")
                    .throwsIt("unknown metric");
            assertThat(ran.history()).as("nothing was measured").isEmpty();
        }

        @Test
        void byAnEndpointThatCannotBeUsed() throws IOException {
            Ran ran = run(
                            LoadTestCase.class,
                            "llmload.url",
                            "http://127.0.0.1:1",
                            "llmload.model",
                            "m",
                            "llmload.endpoint.preflightWait",
                            "300ms")
                    .came("ERROR")
                    .says("ERROR", "ENDPOINT", "was not ready within 300 ms: CONNECT: ")
                    .throwsIt("was not ready within 300 ms: CONNECT: ");
            assertThat(ran.history()).as("nothing was measured").isEmpty();
        }

        @Test
        void byAMeasurementThatCannotDecide_whateverThePolicyMakesOfIt() throws IOException {
            for (String policy : List.of("fail", "abort", "warn")) {
                Ran ran = run(LoadTestCase.class, "llmload.budgets", "ttft p99 < 10 s", "llmload.inconclusive", policy)
                        .came("INCONCLUSIVE")
                        .says("INCONCLUSIVE", "BUDGET", "10 values are too few");
                if (policy.equals("warn")) {
                    assertThat(ran.messages()).as(policy).isEmpty();
                } else {
                    ran.throwsIt("10 values are too few");
                }
                assertThat(causes(ran.results())).as(policy).hasSize(1);
                assertThat(ran.history())
                        .last()
                        .asString()
                        .contains("\"verdict\":\"INCONCLUSIVE\"", "10 values are too few");
            }
        }
    }

    @Nested
    class Otherwise {
        @Test
        void aPass_hasNoCause() throws IOException {
            Ran ran = run(LoadTestCase.class).came("PASS");
            assertThat(causes(ran.results())).isEmpty();
            assertThat(ran.file("results.csv").lines()).hasSize(2);
        }

        @Test
        void aBodyThatAborts_isSkipped_andSaysWhy() throws IOException {
            run(AssumingTestCase.class).came("SKIPPED").says("SKIPPED", "BODY", "no table today");
        }
    }

    static class LoadTestCase {
        @LlmLoad(concurrency = 2, requests = 10)
        void load(LoadResult result) {}
    }

    static class BodyTestCase {
        @LlmLoad(concurrency = 2, requests = 10)
        void load(LoadResult result) {
            throw new AssertionError("expected more of it");
        }
    }

    static class AfterTestCase {
        @LlmLoad(concurrency = 2, requests = 10)
        void load() {}

        @AfterEach
        void clean() {
            throw new IllegalStateException("the table is locked");
        }
    }

    static class BeforeTestCase {
        @BeforeEach
        void fill() {
            throw new IllegalStateException("no table");
        }

        @LlmLoad(concurrency = 2, requests = 10)
        void load() {}
    }

    static class AssumingTestCase {
        @LlmLoad(concurrency = 2, requests = 10)
        void load() {
            Assumptions.abort("no table today");
        }
    }

    static class AtLevelTestCase {
        @LlmLoad(concurrency = 2, requests = 10)
        @Budget(value = "ttft p50 < 1 s", at = "2 users")
        void load() {}
    }

    static class LostTestCase {
        @LlmLoad(
                concurrency = {3, 6},
                requests = 2000,
                abortWhen = "success_rate < 90%")
        void load() {}
    }
}
