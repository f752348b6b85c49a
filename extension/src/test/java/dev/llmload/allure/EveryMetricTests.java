package dev.llmload.allure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.report.Csv;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.Levels;
import dev.llmload.report.ShortTables;
import dev.llmload.report.ShownNumbers;
import dev.llmload.report.TestReport;
import dev.llmload.report.file.HistoryEntry;
import dev.llmload.report.file.OpenMetrics;
import dev.llmload.report.file.ResultsCsv;
import dev.llmload.report.file.ResultsJson;
import dev.llmload.result.Metric;
import dev.llmload.result.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A metric that a level has is in every output, under the names that the registry gives it. */
class EveryMetricTests {
    private static final LevelVerdict LEVEL = Levels.perSecond(10).everyMetric().judged();
    private static final TestReport TEST =
            new TestReport("com.acme.ChatReleaseTest#chat", "chat", List.of(LEVEL), List.of());
    private static final List<Double> PERCENTILES = List.of(50.0, 95.0);

    static Stream<Metric> ofOneLevel() {
        return Arrays.stream(Metric.values()).filter(metric -> !metric.isOfSweep());
    }

    @ParameterizedTest
    @MethodSource("ofOneLevel")
    void resultsJson(Metric metric) throws IOException {
        JsonNode level = new ObjectMapper()
                .readTree(ResultsJson.render(List.of(TEST), false))
                .at("/tests/0/levels/0");
        JsonNode place = metric.place() == Metric.Place.LEVEL
                ? level
                : level.path(metric.place().key());

        JsonNode value = place.path(metric.jsonKey());
        assertThat(metric.isDistribution() ? value.path("p95").asDouble() : value.asDouble())
                .isEqualTo(metric.isDistribution() ? 95 : metric.kind().inFile(0.5));
    }

    @ParameterizedTest
    @MethodSource("ofOneLevel")
    void resultsCsv(Metric metric) {
        String[] lines = ResultsCsv.render(List.of(TEST)).split("\n");
        int column = Arrays.asList(lines[0].split(",")).indexOf(key(metric, "p95"));

        assertThat(Double.parseDouble(lines[1].split(",", -1)[column]))
                .isEqualTo(metric.isDistribution() ? 95 : metric.kind().inFile(0.5));
    }

    @ParameterizedTest
    @MethodSource("ofOneLevel")
    void metricsProm(Metric metric) {
        String text = OpenMetrics.render(List.of(TEST), "", Instant.EPOCH, PERCENTILES);
        double base = metric.isDistribution() ? 95 / metric.kind().inUnit(1) : 0.5;

        String sample = text.lines()
                .filter(line -> line.startsWith(metric.prometheusName() + "{"))
                .filter(line -> !metric.isDistribution() || line.contains("quantile=\"0.95\""))
                .findFirst()
                .orElseThrow();
        assertThat(Double.parseDouble(sample.substring(sample.lastIndexOf(' '))))
                .isEqualTo(metric.kind().inPrometheus(base));
    }

    @ParameterizedTest
    @MethodSource("ofOneLevel")
    void history(Metric metric) {
        HistoryEntry entry = HistoryEntry.of(
                new HistoryEntry.Run("2026-11-26T12:00:00.250Z", "", ""), LEVEL, InvocationOutcome.of(LEVEL));

        assertThat(entry.values())
                .containsEntry(
                        key(metric, "p95"),
                        metric.isDistribution() ? 95 : metric.kind().inFile(0.5));
    }

    @ParameterizedTest
    @MethodSource("ofOneLevel")
    void allurePerf(Metric metric, @TempDir Path results) throws IOException {
        PerfFile.write(results, LEVEL.result(), Instant.EPOCH);
        try (Stream<Path> files = Files.list(results)) {
            JsonNode values =
                    new ObjectMapper().readTree(files.findFirst().orElseThrow().toFile());
            String suffix = "." + metric.word() + (metric.isDistribution() ? ".p95" : "");

            assertThat(values)
                    .filteredOn(value -> value.path("key").asText().endsWith(suffix))
                    .singleElement()
                    .satisfies(value -> {
                        assertThat(value.path("value").asDouble())
                                .isEqualTo(
                                        metric.isDistribution()
                                                ? 95
                                                : metric.kind().inUnit(0.5));
                        assertThat(value.path("unit").asText())
                                .isEqualTo(metric.kind().unit());
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("ofOneLevel")
    void tableOfALevel(Metric metric) {
        assertThat(Csv.table(ShortTables.level(LEVEL)))
                .contains("\n" + metric.word() + "," + metric.kind().unit() + ",");
        assertThat(ShownNumbers.of(metric, 0.5 / metric.kind().inUnit(1))).contains("0.5");
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void grammar(Metric metric) {
        if (metric.isBudgetable()) {
            for (Unit unit : metric.kind().units()) {
                String text = metric.word() + (metric.isDistribution() ? " p50" : "") + " <= 1 " + unit.symbol();
                BudgetRule budget = BudgetParser.parse(text, "method", List.of(), 0);
                assertThat(budget.metric()).isEqualTo(metric);
                assertThat(budget.text()).isEqualTo(text);
            }
        }
    }

    private static String key(Metric metric, String statistic) {
        return metric.isDistribution() ? metric.fileKey(statistic) : metric.fileKey();
    }
}
