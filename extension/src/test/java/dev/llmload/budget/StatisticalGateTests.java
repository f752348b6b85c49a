package dev.llmload.budget;

import static dev.llmload.budget.Measured.latency;
import static dev.llmload.budget.Measured.requests;
import static dev.llmload.budget.Measured.split;
import static dev.llmload.budget.Measured.upTo;
import static dev.llmload.result.Metric.E2E;
import static dev.llmload.result.Metric.ITL;
import static dev.llmload.result.Metric.OUTPUT_SPEED;
import static dev.llmload.result.Metric.THROUGHPUT;
import static dev.llmload.result.Metric.TTFT;
import static dev.llmload.result.Verdict.FAIL;
import static dev.llmload.result.Verdict.INCONCLUSIVE;
import static dev.llmload.result.Verdict.NOT_MEASURED;
import static dev.llmload.result.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.Verdict;
import dev.llmload.result.measured.Values;
import dev.llmload.result.time.ValuesInTime;
import org.HdrHistogram.Histogram;
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

    /** 500 requests over 50 slices of time: so many slow ones in each of so many slices, from the first on. */
    private static BudgetOutcome together(int slices, int slowEach, int of) {
        double[] values = new double[500];
        int[] slice = new int[500];
        for (int i = 0; i < values.length; i++) {
            slice[i] = i * of / values.length;
            boolean slow = slice[i] < slices && i % (500 / of) < slowEach;
            values[i] = slow ? 2e9 : 1e6;
        }
        return requests(500, 0, 0)
                .with(TTFT, Values.inTime(values, slice, new int[of]))
                .judge("ttft p95 < 1 s", 0.95);
    }

    @Test
    void slowRequestsThatComeTogether_countForFewer() {
        assertThat(together(10, 1, 50)).returns(PASS, BudgetOutcome::verdict);
        assertThat(together(1, 10, 50))
                .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                .extracting(BudgetOutcome::reason)
                .asString()
                .startsWith("10 of 500 beyond the limit (effective N 45 by their dispersion in time, 10.2): with 95 %");
    }

    /** The same of gaps between tokens, of which only a histogram and coarse counts by time are kept. */
    private static BudgetOutcome gapsTogether(int slices, int slowEach) {
        Histogram gaps = new Histogram(3);
        ValuesInTime inTime = new ValuesInTime();
        for (int i = 0; i < 500; i++) {
            boolean slow = i / 10 < slices && i % 10 < slowEach;
            long gap = slow ? 2_000_000_000L : 1_000_000L;
            gaps.recordValue(gap);
            inTime.add((i / 10) << 24, gap);
        }
        return requests(50, 0, 0)
                .with(ITL, Values.ofHistogram(gaps, 1, 0, inTime.slices(1, 1)))
                .judge("itl p95 < 1 s", 0.95);
    }

    @Test
    void gapsThatComeTogether_countForFewerToo() {
        assertThat(gapsTogether(10, 1)).returns(PASS, BudgetOutcome::verdict);
        assertThat(gapsTogether(1, 10))
                .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                .extracting(BudgetOutcome::reason)
                .asString()
                .startsWith("10 of 500 beyond the limit (effective N 45 by their dispersion in time, 10.2): with 95 %");
    }

    @Test
    void amongFewBlocksOfTime_oneSlowOneDecidesNothing() {
        assertThat(together(1, 10, 5))
                .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                .extracting(BudgetOutcome::reason)
                .asString()
                .startsWith(
                        "10 of 500 beyond the limit (most of them in one of 5 blocks of time: too few to tell a rule)");
    }

    @Test
    void failuresThatComeTogether_countForFewer_inTheSuccessRateToo() {
        double[] values = new double[475];
        int[] slice = new int[475];
        int[] failed = new int[50];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1e6;
            slice[i] = i / 10;
        }
        failed[48] = 5;
        failed[49] = 10;
        failed[47] = 10;

        BudgetOutcome outcome = requests(475, 25, 0)
                .with(E2E, Values.inTime(values, slice, failed))
                .judge("success_rate >= 97%", 0.95);
        assertThat(outcome.verdict()).isEqualTo(INCONCLUSIVE);
        assertThat(outcome.reason()).contains("475 of 500 succeeded (effective N ");
        assertThat(requests(475, 25, 0).judge("success_rate >= 97%", 0.95).verdict())
                .isEqualTo(FAIL);
    }
}
