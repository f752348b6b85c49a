package dev.llmload.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.budget.Judge;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.report.console.ConsoleTable;
import dev.llmload.report.file.ResultsJson;
import dev.llmload.result.Distribution;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.MeasurementError;
import dev.llmload.result.MeasurementError.Sentinel;
import dev.llmload.result.Metric;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Subject;
import dev.llmload.result.measured.Measurement;
import dev.llmload.result.measured.Values;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What readers see of the client's own part: 100 times to first token of 401 to 500 ms, of which 0.8 ms may be the client's. */
class MeasurementErrorShownTests {
    private static Distribution millis(double less) {
        return Values.of(
                IntStream.rangeClosed(401, 500)
                        .mapToDouble(i -> (i - less) * 1e6)
                        .toArray(),
                0);
    }

    private static LevelVerdict level(MeasurementError error) {
        LoadResult result = Measurement.of(
                        new Subject("com.acme.ChatTest#chat", "http://h/v1", "m", false), Level.users(10))
                .requests(new RequestCounts(100, 100, 0, 0, Map.of(), Map.of(), Map.of()))
                .distribution(Metric.TTFT, millis(0))
                .error(error)
                .build();
        return Judge.judge(result, BudgetParser.parseList("ttft p95 < 600 ms", "method"));
    }

    private static final MeasurementError SOME = new MeasurementError(
            Map.of(Metric.TTFT, millis(0.8)),
            Map.of(),
            0.0123,
            Optional.of(new Sentinel(240, 90_000, 300_000, 600_000, 2_000_000)));

    @Test
    void aBudgetsValueHasItBesideIt() {
        assertThat(BudgetLine.of(level(SOME))).singleElement().returns("495 ms (−0.8)", BudgetLine::value);
        assertThat(BudgetLine.of(level(MeasurementError.NONE))).singleElement().returns("495 ms", BudgetLine::value);
    }

    @Test
    void theConsoleHasItBelowTheLatency_andWhatTheSentinelMeasured() {
        assertThat(ConsoleTable.level(level(SOME)))
                .containsPattern("client's own, at most +−0\\.8 +−0\\.8 +−0\\.8 +−0\\.8 +−0\\.8 +−0\\.8")
                .contains("Measurement error: p50 0.09, p95 0.3, p99 0.6,");
        assertThat(ConsoleTable.level(level(MeasurementError.NONE)))
                .doesNotContain("client's own")
                .doesNotContain("Measurement error");
    }

    @Test
    void resultsJsonHasItBesideEachStatistic() throws Exception {
        LevelVerdict level = level(SOME);
        JsonNode json = new ObjectMapper().readTree(ResultsJson.render(level, InvocationOutcome.of(level)));
        assertThat(json.at("/ttft_ms/p95").doubleValue()).isEqualTo(495);
        assertThat(json.at("/ttft_ms/error/p95").doubleValue()).isEqualTo(0.8);
        assertThat(json.at("/ttft_ms/error/mean").doubleValue()).isEqualTo(0.8);
        assertThat(json.at("/client_share").doubleValue()).isEqualTo(0.0123);
        assertThat(json.at("/measurement_error_ms").toString())
                .isEqualTo("{\"count\":240,\"p50\":0.09,\"p95\":0.3,\"p99\":0.6,\"max\":2.0}");
    }

    @ParameterizedTest
    @CsvSource({"-0.8001, −0.81", "-0.8, −0.8", "4.1, +4.1", "-0.00123, −0.0013", "-123.4, −130"})
    void aPartIsRoundedUp(double part, String text) {
        assertThat(Numbers.signed(part)).isEqualTo(text);
    }
}
