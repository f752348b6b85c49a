package dev.llmload.report.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Golden;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.Levels;
import dev.llmload.report.TestReport;
import dev.llmload.result.Distribution;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Verdict;
import dev.llmload.result.measured.Histograms;
import dev.llmload.result.measured.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsJsonTests {
    private static final String ID = "com.acme.ChatReleaseTest#chat";

    @Test
    void hasTheSchemaOfItsVersion_inAFixedOrder(@TempDir Path dir) throws IOException {
        LevelVerdict first = Levels.users(10)
                .succeeded(50)
                .latency(80, 8, 0.2)
                .throughput(184.1)
                .judged();
        LevelVerdict second = Levels.hundredUsers()
                .check("answers look like answers", ValidityCheck.Status.WARNING, "all cut at the token limit")
                .judged();
        TestReport test = new TestReport(ID, "chat()", List.of(first, second), List.of("200 users: a key removed it"));

        ResultsJson.write(dir, List.of(test), false);

        String text = Files.readString(dir.resolve("results.json"));
        Golden.matches("results.json", text.replaceAll("(\"histogram\": )\"[^\"]+\"", "$1\"…\""));
    }

    @Test
    void anUnusableEndpoint_leavesAFileThatSaysWhy() {
        assertThat(ResultsJson.render(List.of(TestReport.unusable(ID, "chat()", "no connection")), true))
                .isEqualTo("""
                        {
                          "schema": "llm-load/1",
                          "simulated": true,
                          "verdict": "ERROR",
                          "tests": [
                            {
                              "id": "com.acme.ChatReleaseTest#chat",
                              "verdict": "ERROR",
                              "outcome": [
                                {
                                  "kind": "ENDPOINT",
                                  "verdict": "ERROR",
                                  "sentence": "no connection"
                                }
                              ],
                              "error": "no connection",
                              "levels": []
                            }
                          ]
                        }
                        """);
    }

    @Test
    void actual_isNullWhereTheRankFallsOnAFailure_andAbsentWhereNothingWasMeasured() throws IOException {
        LevelVerdict level = Levels.users(10)
                .failed(Outcome.TIMEOUT_TOTAL, 60, 0)
                .outcome(
                        "ttft p95 < 1500 ms",
                        "method",
                        Verdict.FAIL,
                        Double.NaN,
                        new double[] {1571, Double.POSITIVE_INFINITY},
                        "",
                        1544.6)
                .outcome("mfu >= 12 %", Verdict.NOT_MEASURED, Double.NaN, null, "no GPU")
                .judged();

        JsonNode budgets = new ObjectMapper()
                .readTree(ResultsJson.render(level, InvocationOutcome.of(level)))
                .get("budgets");

        assertThat(budgets.get(0).toString())
                .isEqualTo(
                        "{\"budget\":\"ttft p95 < 1500 ms\",\"metric\":\"ttft\",\"statistic\":\"p95\",\"source\":\"method\","
                                + "\"verdict\":\"FAIL\",\"actual\":null,\"comparator\":\"<\",\"limit\":1500.0,\"unit\":\"ms\",\"interval\":[1571.0,null],\"of_successes\":1544.6,\"reason\":null}");
        assertThat(budgets.get(1).toString())
                .isEqualTo(
                        "{\"budget\":\"mfu >= 12 %\",\"metric\":\"mfu\",\"source\":\"method\",\"verdict\":\"NOT_MEASURED\","
                                + "\"comparator\":\">=\",\"limit\":12.0,\"unit\":\"%\",\"reason\":\"no GPU\"}");
    }

    @Test
    void distributionsOfALevelWithoutSuccess_areFailedThroughout() throws IOException {
        LevelVerdict level =
                Levels.users(10).succeeded(0).failed(Outcome.CONNECT, 50, 0).judged();

        JsonNode node = new ObjectMapper().readTree(ResultsJson.render(level, InvocationOutcome.of(level)));

        assertThat(node.get("ttft_ms").toString())
                .isEqualTo("{\"count\":0,\"failed\":50,\"mean\":\"failed\",\"min\":\"failed\",\"p50\":\"failed\","
                        + "\"p90\":\"failed\",\"p95\":\"failed\",\"p99\":\"failed\",\"max\":\"failed\"}");
        assertThat(node.has("throughput_tok_s")).isFalse();
        assertThat(node.has("tokens")).isFalse();
        assertThat(node.get("success_rate").asDouble()).isZero();
        assertThat(node.at("/requests/failures/CONNECT").asLong()).isEqualTo(50);
    }

    @Test
    void otherPercentiles_canBeAskedFor() throws IOException {
        TestReport test = new TestReport(ID, "chat()", List.of(Levels.users(10).judged()), List.of());

        JsonNode ttft = new ObjectMapper()
                .readTree(ResultsJson.render(List.of(test), false, List.of(99.9, 50.0, 99.9)))
                .at("/tests/0/levels/0/ttft_ms");

        List<String> keys = new ArrayList<>();
        ttft.fieldNames().forEachRemaining(keys::add);
        assertThat(keys).containsExactly("count", "mean", "min", "p50", "p99.9", "max", "histogram");
        assertThat(ttft.get("p99.9")).isEqualTo(ttft.get("max"));
    }

    @Test
    void aPercentileThatThereIsNot_isRefused() {
        assertThatThrownBy(() -> ResultsJson.render(List.of(), false, List.of(50.0, 100.1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a percentile must be above 0 and at most 100, but was 100.1");
    }

    @Test
    void aHistogram_comesBackAsItWas() {
        Distribution latency = Values.of(new double[] {1_000_000, 2_000_000, 2_000_000_000}, 4);
        String text = Histograms.encode(Metric.TTFT, latency);
        Distribution back = Histograms.decode(Metric.TTFT, text, 4);

        assertThat(Histograms.encode(Metric.TTFT, back)).isEqualTo(text);
        assertThat(back.count()).isEqualTo(3);
        assertThat(back.percentileFailuresAbove(28).orElseThrow()).isCloseTo(2_000_000, within(2000.0));
        assertThat(back.percentileFailuresAbove(99)).isEmpty();
    }

    @Test
    void aSpeed_isKeptInThousandths() {
        Distribution speed = Values.of(new double[] {0.018, 0.5}, 0);
        Distribution back = Histograms.decode(Metric.OUTPUT_SPEED, Histograms.encode(Metric.OUTPUT_SPEED, speed), 0);

        assertThat(back.min()).isCloseTo(0.018, within(1e-12));
        assertThat(back.max()).isEqualTo(0.5);
    }
}
