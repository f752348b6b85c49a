package dev.llmload.report.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Levels;
import dev.llmload.report.OpenMetricsGrammar;
import dev.llmload.report.OpenMetricsGrammar.Sample;
import dev.llmload.report.TestReport;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenMetricsTests {
    private static final String TEST = "com.acme.ChatReleaseTest#chat";
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00.250Z");
    private static final LevelVerdict TEN = Levels.users(10)
            .succeeded(50)
            .latency(80, 8, 0.2)
            .throughput(184.1)
            .quantity(Metric.MFU, 0.156)
            .quantity(Metric.GPU_MEMORY, 38.5)
            .measured("ttft p95 < 1500 ms")
            .judged();
    private static final LevelVerdict HALF_FAILED = Levels.users(50)
            .succeeded(50)
            .failed(Outcome.HTTP_5XX, 45, 503)
            .cut(5)
            .withoutTpot()
            .simulated()
            .measured("ttft p95 < 1500 ms")
            .check("load was what it claims", ValidityCheck.Status.BROKEN, "88.1 of 100 users in session")
            .judged();
    private static final List<TestReport> TESTS = List.of(
            new TestReport(TEST, "chat()", List.of(TEN, HALF_FAILED), List.of()),
            TestReport.unusable("com.acme.OtherTest#load", "load()", "connection refused"));

    private static List<Sample> read(List<TestReport> tests, String release) {
        return OpenMetricsGrammar.read(OpenMetrics.render(tests, release, NOON, List.of(50.0, 95.0, 99.9)));
    }

    private static double value(List<Sample> samples, String name, Map<String, String> labels) {
        List<Sample> found = samples.stream()
                .filter(s -> s.name().equals(name))
                .filter(s -> s.labels().entrySet().containsAll(labels.entrySet()))
                .toList();
        assertThat(found).as("%s%s", name, labels).hasSize(1);
        return found.get(0).value();
    }

    private static Set<String> names(List<Sample> samples) {
        return samples.stream().map(Sample::name).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aSampleSaysWhoseItIs() {
        assertThat(read(TESTS, "llama-3-8b/2026-11"))
                .filteredOn(s -> s.name().equals("llmload_success_ratio"))
                .extracting(Sample::labels)
                .containsExactly(
                        Map.of(
                                "test", TEST,
                                "level", "10 users",
                                "model", "llama-3-8b",
                                "release", "llama-3-8b/2026-11",
                                "simulated", "false"),
                        Map.of(
                                "test", TEST,
                                "level", "50 users",
                                "model", "llama-3-8b",
                                "release", "llama-3-8b/2026-11",
                                "simulated", "true"));
    }

    @Test
    void numbersAreInBaseUnits() {
        List<Sample> samples = read(TESTS, "");
        Map<String, String> ten = Map.of("level", "10 users");
        double p95 = TEN.result().distribution(Metric.TTFT).percentile(95);
        assertThat(value(samples, "llmload_ttft_seconds", MetricFamily.with(ten, "quantile", "0.95")))
                .isEqualTo(p95 / 1e9);
        assertThat(value(samples, "llmload_ttft_seconds_count", ten)).isEqualTo(50);
        assertThat(value(samples, "llmload_ttft_seconds_sum", ten))
                .isCloseTo(TEN.result().distribution(Metric.TTFT).mean() * 50 / 1e9, within(1e-8));
        assertThat(value(samples, "llmload_throughput_tokens_per_second", ten)).isEqualTo(184.1);
        assertThat(value(samples, "llmload_mfu_ratio", ten)).isEqualTo(0.156);
        assertThat(value(samples, "llmload_gpu_memory_bytes", ten)).isEqualTo(38_500_000_000.0);
        assertThat(value(samples, "llmload_run_start_timestamp_seconds", Map.of()))
                .isEqualTo(1_795_694_400.25);
    }

    private static org.assertj.core.data.Offset<Double> within(double offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }

    @Test
    void aQuantileThatFallsOnAFailedRequest_isBeyondEveryLimit() {
        List<Sample> samples = read(TESTS, "");
        Map<String, String> p95 = Map.of("level", "50 users", "quantile", "0.95");
        assertThat(value(samples, "llmload_ttft_seconds", p95)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(value(samples, "llmload_ttft_seconds", Map.of("level", "50 users", "quantile", "0.5")))
                .isFinite();
        List<Sample> speeds = read(
                List.of(new TestReport(
                        TEST,
                        "chat()",
                        List.of(Levels.users(2)
                                .succeeded(1)
                                .failed(Outcome.RESET, 9, 0)
                                .judged()),
                        List.of())),
                "");
        assertThat(value(speeds, "llmload_output_speed_tokens_per_second", Map.of("quantile", "0.5")))
                .isZero();
    }

    @Test
    void whatWasNotMeasured_isLeftOut() {
        List<Sample> samples = read(TESTS, "");
        assertThat(names(samples)).doesNotContain("llmload_power_watts", "llmload_goodput_requests_per_second");
        assertThat(samples)
                .filteredOn(s -> s.name().startsWith("llmload_tpot"))
                .isNotEmpty()
                .allSatisfy(s -> assertThat(s.labels()).containsEntry("level", "10 users"));
        assertThat(samples).noneMatch(s -> s.labels().containsKey("release"));
        assertThat(read(List.of(), "")).hasSize(1);
    }

    @Test
    void everyVerdictHasASeries_andOneOfThemIs1() {
        List<Sample> samples = read(TESTS, "");
        for (Verdict verdict : Verdict.values()) {
            assertThat(value(
                            samples,
                            "llmload_budget_verdict",
                            Map.of(
                                    "level", "50 users",
                                    "budget", "ttft p95 < 1500 ms",
                                    "verdict", verdict.name())))
                    .isEqualTo(verdict == Verdict.FAIL ? 1 : 0);
            assertThat(value(samples, "llmload_level_verdict", Map.of("level", "10 users", "verdict", verdict.name())))
                    .isEqualTo(verdict == Verdict.PASS ? 1 : 0);
        }
    }

    @Test
    void failuresBrokenChecksAndErrors_areCounted() {
        List<Sample> samples = read(TESTS, "");
        Map<String, String> level = Map.of("level", "50 users");
        assertThat(value(samples, "llmload_requests", MetricFamily.with(level, "outcome", "OK")))
                .isEqualTo(50);
        assertThat(value(samples, "llmload_requests", MetricFamily.with(level, "outcome", "HTTP_5XX")))
                .isEqualTo(45);
        assertThat(value(samples, "llmload_requests", MetricFamily.with(level, "outcome", "CUT")))
                .isEqualTo(5);
        assertThat(value(
                        samples,
                        "llmload_validity_check_broken",
                        MetricFamily.with(level, "check", "load was what it claims")))
                .isEqualTo(1);
        assertThat(value(samples, "llmload_test_error", Map.of("test", "com.acme.OtherTest#load")))
                .isEqualTo(1);
        assertThat(value(samples, "llmload_test_error", Map.of("test", TEST))).isZero();
    }

    @Test
    void whateverALabelHolds_theTextStaysReadable() {
        String release = "a \"b\" \\n c\\\nd";
        assertThat(read(TESTS, release))
                .filteredOn(s -> s.labels().containsKey("release"))
                .isNotEmpty()
                .allSatisfy(s -> assertThat(s.labels()).containsEntry("release", release));
    }

    @Test
    void aMetricWithoutItsUnitInTheName_isRefused() {
        assertThatThrownBy(() -> MetricFamily.gauge("llmload_power", "watts", "Power."))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a metric must end with its unit watts, but was llmload_power");
    }

    @Test
    void theFileIsWritten(@TempDir Path folder) throws IOException {
        OpenMetrics.write(folder, TESTS, "r", NOON, Percentiles.USUAL);
        assertThat(folder.resolve("metrics.prom")).hasContent(OpenMetrics.render(TESTS, "r", NOON, Percentiles.USUAL));
    }

    /** The sample alerts are about metrics and labels that there are. */
    @Test
    void theSampleAlerts_askForWhatIsThere() throws IOException {
        List<Sample> samples = read(TESTS, "r");
        JsonNode rules = new YAMLMapper()
                .readTree(Files.readString(alerts()))
                .path("groups")
                .path(0)
                .path("rules");
        assertThat(rules).hasSizeGreaterThan(4);
        for (JsonNode rule : rules) {
            String expression = rule.path("expr").asText();
            Matcher selector =
                    Pattern.compile("(llmload_\\w+)(?:\\{([^}]*)\\})?").matcher(expression);
            assertThat(selector.find()).as(expression).isTrue();
            assertThat(names(samples)).contains(selector.group(1));
            Set<String> labels = new TreeSet<>();
            Pattern.compile("(\\w+)=~?\"").matcher(expression).results().forEach(m -> labels.add(m.group(1)));
            Pattern.compile("\\$labels\\.(\\w+)")
                    .matcher(rule.path("annotations").toString())
                    .results()
                    .forEach(m -> labels.add(m.group(1)));
            assertThat(samples)
                    .as(expression)
                    .anyMatch(s -> s.name().equals(selector.group(1))
                            && s.labels().keySet().containsAll(labels));
        }
    }

    private static Path alerts() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("CONTRIBUTING.md"))) {
            folder = folder.getParent();
        }
        return folder.resolve("sample-tests/alerts/llm-load.rules.yml");
    }
}
