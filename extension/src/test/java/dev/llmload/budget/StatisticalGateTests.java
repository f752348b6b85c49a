package dev.llmload.budget;

import static dev.llmload.budget.Measured.latency;
import static dev.llmload.budget.Measured.requests;
import static dev.llmload.budget.Measured.split;
import static dev.llmload.budget.Measured.upTo;
import static dev.llmload.result.Metric.OUTPUT_SPEED;
import static dev.llmload.result.Metric.THROUGHPUT;
import static dev.llmload.result.Metric.TTFT;
import static dev.llmload.result.Verdict.FAIL;
import static dev.llmload.result.Verdict.INCONCLUSIVE;
import static dev.llmload.result.Verdict.NOT_MEASURED;
import static dev.llmload.result.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticalGateTests {
    @ParameterizedTest
    @CsvSource({"0, PASS", "16, PASS", "17, INCONCLUSIVE", "33, INCONCLUSIVE", "34, FAIL", "500, FAIL"})
    void p95OfFiveHundred(int above, Verdict verdict) {
        assertThat(latency(TTFT, split(500 - above, above))
                        .judge("ttft p95 < 1 s", 0.95)
                        .verdict())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"16, PASS", "17, INCONCLUSIVE", "33, INCONCLUSIVE", "34, FAIL"})
    void failedRequestsCount(int failed, Verdict verdict) {
        assertThat(requests(500 - failed, failed, 0)
                        .with(TTFT, split(500 - failed, 0))
                        .judge("ttft p95 < 1 s", 0.95)
                        .verdict())
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"p90, 28, 29", "p95, 58, 59", "p99, 298, 299"})
    void smallestSampleThatCanPass(String percentile, int tooFew, int enough) {
        String budget = "ttft " + percentile + " < 1 s";

        assertThat(latency(TTFT, upTo(1, tooFew)).judge(budget, 0.95).verdict()).isEqualTo(INCONCLUSIVE);
        assertThat(latency(TTFT, upTo(1, enough)).judge(budget, 0.95).verdict()).isEqualTo(PASS);
    }

    @Test
    void reasonGivesTheCountAndTheBounds() {
        assertThat(latency(TTFT, split(480, 20)).judge("ttft p95 < 1 s", 0.95).reason())
                .isEqualTo("20 of 500 beyond the limit: with 95 % confidence at least 2.67 %, at most 5.76 %,"
                        + " permitted 5 %");
    }

    @Test
    void speedsAreGatedAtTheirLowerEnd() {
        assertThat(requests(500, 0, 0)
                        .with(OUTPUT_SPEED, split(16, 484))
                        .judge("output_speed p5 >= 1000 tok/s", 0.95)
                        .verdict())
                .isEqualTo(PASS);
        assertThat(requests(466, 34, 0)
                        .with(OUTPUT_SPEED, split(0, 466))
                        .judge("output_speed p5 >= 1000 tok/s", 0.95)
                        .verdict())
                .isEqualTo(FAIL);
    }

    @Test
    void otherNumbersHaveNoGate() {
        assertThat(requests(500, 0, 0).value(THROUGHPUT, 100).judge("throughput >= 1 tok/s", 0.95))
                .returns(NOT_MEASURED, BudgetOutcome::verdict)
                .returns(
                        "no statistical gate for throughput: `confidence` applies to percentiles below p100 and to"
                                + " success_rate",
                        BudgetOutcome::reason);
        assertThat(latency(TTFT, upTo(1, 500)).judge("ttft mean < 9 s", 0.95).verdict())
                .isEqualTo(NOT_MEASURED);
        assertThat(latency(TTFT, upTo(1, 500)).judge("ttft p100 < 9 s", 0.95).verdict())
                .isEqualTo(NOT_MEASURED);
    }
}
