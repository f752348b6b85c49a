package dev.llmload.budget;

import static dev.llmload.budget.Measured.latency;
import static dev.llmload.budget.Measured.requests;
import static dev.llmload.budget.Measured.split;
import static dev.llmload.budget.Measured.upTo;
import static dev.llmload.result.Metric.E2E;
import static dev.llmload.result.Metric.ITL;
import static dev.llmload.result.Metric.OUTPUT_SPEED;
import static dev.llmload.result.Metric.TTFT;
import static dev.llmload.result.Verdict.FAIL;
import static dev.llmload.result.Verdict.INCONCLUSIVE;
import static dev.llmload.result.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.measured.Values;
import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PercentileVerdictTests {
    @Test
    void nearestRankIsHeldAgainstTheLimit() {
        Measured level = latency(TTFT, upTo(1, 100));

        assertThat(level.judge("ttft p95 < 95.1 ms").verdict()).isEqualTo(PASS);
        assertThat(level.judge("ttft p95 < 94.9 ms").verdict()).isEqualTo(FAIL);
        assertThat(level.judge("ttft p95 < 1000 ms").actual()).hasValue(95);
        assertThat(level.judge("ttft p95 < 1 s").ofSuccesses()).isEmpty();
        assertThat(level.judge("ttft p90 < 0.0901 s").actual()).hasValue(0.09);
        assertThat(level.judge("ttft min < 1.1 ms").verdict()).isEqualTo(PASS);
        assertThat(level.judge("ttft max < 100 ms").verdict()).isEqualTo(FAIL);
    }

    @Test
    void oneNanosecondDecides() {
        double[] nanos = new double[20];
        Arrays.fill(nanos, 1_500_000_001L);
        Measured level = requests(20, 0, 0).with(TTFT, Values.of(nanos, 0));

        assertThat(level.judge("ttft p95 <= 1500 ms").verdict()).isEqualTo(FAIL);
        assertThat(level.judge("ttft p95 <= 1500.000001 ms").verdict()).isEqualTo(PASS);
        assertThat(level.judge("ttft p95 < 1500.000001 ms").verdict()).isEqualTo(FAIL);
        assertThat(level.judge("ttft p95 <= 1.5 s").actual()).hasValue(1.500000001);
    }

    @Test
    void equalityHoldsWhereTheComparatorIncludesIt() {
        double[] same = new double[400];
        Arrays.fill(same, 100);
        Measured level = latency(TTFT, same);

        assertThat(level.judge("ttft p95 <= 100 ms").verdict()).isEqualTo(PASS);
        assertThat(level.judge("ttft p95 >= 100 ms").verdict()).isEqualTo(PASS);
        assertThat(level.judge("ttft p95 > 100 ms").verdict()).isEqualTo(FAIL);
        BudgetOutcome strict = level.judge("ttft p95 < 100 ms");
        assertThat(strict.verdict()).isEqualTo(FAIL);
        assertThat(strict.reason())
                .isEqualTo("equals the limit, which < does not include;"
                        + " within noise: the 95 % interval contains the limit");
    }

    @Nested
    class Failures {
        @Test
        void rankAboveEveryLatency() {
            // rank 95 of 100 is the 95th of 95 successes
            BudgetOutcome outcome = requests(95, 5, 0).with(TTFT, upTo(1, 95)).judge("ttft p95 < 1 s");

            assertThat(outcome.verdict()).isEqualTo(PASS);
            assertThat(outcome.actual()).hasValue(0.095);
            assertThat(outcome.ofSuccesses()).hasValue(0.091);
        }

        @Test
        void tenPercentBreakAP95_howeverFastTheOthersAre() {
            BudgetOutcome outcome =
                    requests(450, 50, 0).with(TTFT, upTo(1, 450)).judge("ttft p95 < 60 s");

            assertThat(outcome.verdict()).isEqualTo(FAIL);
            assertThat(outcome.actual()).isEmpty();
            assertThat(outcome.ofSuccesses()).hasValue(0.428);
            assertThat(outcome.reason()).isEqualTo("rank 475 of 500 falls on a failed request (50 failed)");
            assertThat(outcome.interval().orElseThrow())
                    .containsExactly(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        }

        @Test
        void rankBelowEverySpeed() {
            Measured level = requests(90, 10, 0).with(OUTPUT_SPEED, upTo(11, 100));

            BudgetOutcome slowest = level.judge("output_speed p5 >= 1 tok/s");
            assertThat(slowest.verdict()).isEqualTo(FAIL);
            assertThat(slowest.actual()).isEmpty();
            assertThat(slowest.reason())
                    .isEqualTo("rank 5 of 100 falls on a failed request (10 failed);"
                            + " within noise: the 95 % interval contains the limit");
            assertThat(level.judge("output_speed p20 >= 20 tok/s").actual()).hasValue(20);
            assertThat(level.judge("output_speed p20 >= 20 tok/s").verdict()).isEqualTo(PASS);
        }

        @Test
        void neverCountForALimitAgainstTheSense() {
            BudgetOutcome latency = requests(90, 10, 0).with(TTFT, upTo(1, 90)).judge("ttft p95 > 1 ms");
            assertThat(latency.verdict()).isEqualTo(INCONCLUSIVE);
            assertThat(latency.reason()).isEqualTo("rank 95 of 100 falls on a failed request (10 failed)");
            assertThat(requests(90, 10, 0)
                            .with(OUTPUT_SPEED, upTo(1, 90))
                            .judge("output_speed p5 < 100 tok/s")
                            .verdict())
                    .isEqualTo(INCONCLUSIVE);
        }

        @Test
        void areTheMaximumOfALatencyAndTheMinimumOfASpeed() {
            assertThat(requests(99, 1, 0)
                            .with(TTFT, upTo(1, 99))
                            .judge("ttft max < 60 s")
                            .verdict())
                    .isEqualTo(FAIL);
            assertThat(requests(99, 1, 0)
                            .with(TTFT, upTo(1, 99))
                            .judge("ttft min < 60 s")
                            .verdict())
                    .isEqualTo(PASS);
            assertThat(requests(99, 1, 0)
                            .with(OUTPUT_SPEED, upTo(1, 99))
                            .judge("output_speed min > 0 tok/s")
                            .verdict())
                    .isEqualTo(FAIL);
            assertThat(requests(99, 1, 0)
                            .with(OUTPUT_SPEED, upTo(1, 99))
                            .judge("output_speed max > 98 tok/s")
                            .verdict())
                    .isEqualTo(PASS);
        }

        @Test
        void areLeftOutOfAMean_whichSaysSo() {
            BudgetOutcome outcome = requests(3, 1, 0).with(TTFT, 100, 200, 600).judge("ttft mean <= 300 ms");

            assertThat(outcome.verdict()).isEqualTo(PASS);
            assertThat(outcome.actual()).hasValue(300);
            assertThat(outcome.reason()).isEqualTo("mean of the 3 successes; the 1 failed have no value");
        }

        @Test
        void withoutAnySuccessALatencyBudgetIsBroken() {
            Measured level = requests(0, 3, 0).with(TTFT);

            for (String statistic : new String[] {"mean", "min", "max", "p50", "p99.9"}) {
                BudgetOutcome outcome = level.judge("ttft " + statistic + " < 60 s");
                assertThat(outcome.verdict()).as(statistic).isEqualTo(FAIL);
                assertThat(outcome.actual()).isEmpty();
                assertThat(outcome.reason()).isEqualTo("no request succeeded, 3 failed");
            }
            assertThat(level.judge("e2e p95 < 1 s").verdict()).isEqualTo(FAIL);
            assertThat(level.judge("output_speed p5 > 1 tok/s").verdict()).isEqualTo(FAIL);
            assertThat(level.judge("ttft p95 > 1 s").verdict()).isEqualTo(INCONCLUSIVE);
        }
    }

    @Nested
    class Samples {
        @Test
        void p95NeedsTwentyToPass() {
            assertThat(latency(TTFT, upTo(1, 20)).judge("ttft p95 < 1 s").verdict())
                    .isEqualTo(PASS);
            BudgetOutcome few = latency(TTFT, upTo(1, 19)).judge("ttft p95 < 1 s");
            assertThat(few.verdict()).isEqualTo(INCONCLUSIVE);
            assertThat(few.actual()).hasValue(0.019);
            assertThat(few.reason()).isEqualTo("19 values are too few to judge ttft p95: it takes 20");
        }

        @Test
        void p99NeedsAHundred_p999AThousand() {
            assertThat(latency(TTFT, upTo(1, 99)).judge("ttft p99 < 1 s").verdict())
                    .isEqualTo(INCONCLUSIVE);
            assertThat(latency(TTFT, upTo(1, 100)).judge("ttft p99 < 1 s").verdict())
                    .isEqualTo(PASS);
            assertThat(latency(TTFT, upTo(1, 999)).judge("ttft p99.9 < 9 s").reason())
                    .isEqualTo("999 values are too few to judge ttft p99.9: it takes 1000");
            assertThat(latency(TTFT, upTo(1, 1000)).judge("ttft p99.9 < 9 s").verdict())
                    .isEqualTo(PASS);
        }

        @Test
        void aLowerLimitIsAboutTheLowerTail() {
            assertThat(requests(19, 0, 0)
                            .with(OUTPUT_SPEED, upTo(11, 29))
                            .judge("output_speed p5 > 1 tok/s")
                            .verdict())
                    .isEqualTo(INCONCLUSIVE);
            assertThat(requests(20, 0, 0)
                            .with(OUTPUT_SPEED, upTo(11, 30))
                            .judge("output_speed p5 > 1 tok/s")
                            .verdict())
                    .isEqualTo(PASS);
        }

        @Test
        void meanMinMaxAndP100TakeOne() {
            for (String statistic : new String[] {"mean", "min", "max", "p100"}) {
                assertThat(latency(TTFT, 5)
                                .judge("ttft " + statistic + " < 6 ms")
                                .verdict())
                        .as(statistic)
                        .isEqualTo(PASS);
            }
        }

        @Test
        void withFewerItFailsOnlyWhenTheShareAboveIsCertain() {
            // lower bound of 1 of 10 is 0.5 %, of 2 of 10 3.7 %, of 3 of 10 8.7 %: only the last exceeds 5 %
            assertThat(latency(TTFT, split(9, 1)).judge("ttft p95 < 1 s").verdict())
                    .isEqualTo(INCONCLUSIVE);
            assertThat(latency(TTFT, split(8, 2)).judge("ttft p95 < 1 s").reason())
                    .isEqualTo("10 values are too few to judge ttft p95: it takes 20");
            assertThat(latency(TTFT, split(7, 3)).judge("ttft p95 < 1 s").verdict())
                    .isEqualTo(FAIL);
        }

        @Test
        void failedRequestsCountAmongThem() {
            assertThat(requests(7, 3, 0)
                            .with(TTFT, upTo(1, 7))
                            .judge("ttft p95 < 1 s")
                            .verdict())
                    .isEqualTo(FAIL);
            assertThat(requests(9, 1, 0)
                            .with(TTFT, upTo(1, 9))
                            .judge("ttft p95 < 1 s")
                            .verdict())
                    .isEqualTo(INCONCLUSIVE);
        }

        @Test
        void valueThatEqualsAStrictLimitCountsAsBeyondIt() {
            double[] atTheLimit = {1, 1, 1, 1, 1, 1, 1, 1000, 1000, 1000};

            assertThat(latency(TTFT, atTheLimit).judge("ttft p95 < 1 s").verdict())
                    .isEqualTo(FAIL);
            assertThat(latency(TTFT, atTheLimit).judge("ttft p95 <= 1 s").verdict())
                    .isEqualTo(INCONCLUSIVE);
        }
    }

    @Nested
    class Intervals {
        @Test
        void orderStatisticsBoundThePercentile() {
            // 500 values, p95: the ranks that hold it with 95 %
            long[] ranks = dev.llmload.analysis.Binomial.percentileRanks(500, 0.95, 0.95);
            BudgetOutcome outcome = latency(TTFT, upTo(1, 500)).judge("ttft p95 < 600 ms");

            assertThat(outcome.interval().orElseThrow()).containsExactly(ranks[0], ranks[1]);
            assertThat(outcome.reason()).isEmpty();
        }

        @Test
        void limitInsideIsWithinNoise_whateverTheVerdict() {
            assertThat(latency(TTFT, upTo(1, 500)).judge("ttft p95 < 480 ms"))
                    .returns(PASS, BudgetOutcome::verdict)
                    .returns("within noise: the 95 % interval contains the limit", BudgetOutcome::reason);
            assertThat(latency(TTFT, upTo(1, 500)).judge("ttft p95 < 470 ms"))
                    .returns(FAIL, BudgetOutcome::verdict)
                    .returns("within noise: the 95 % interval contains the limit", BudgetOutcome::reason);
        }

        @Test
        void smallSampleLeavesTheUpperEndOpen() {
            assertThat(latency(TTFT, upTo(1, 20))
                            .judge("ttft p95 < 1 s")
                            .interval()
                            .orElseThrow()[1])
                    .isInfinite();
        }

        @Test
        void speedsHaveTheirFailuresAtTheLowerEnd() {
            BudgetOutcome outcome =
                    requests(97, 3, 0).with(OUTPUT_SPEED, upTo(4, 100)).judge("output_speed p5 > 1 tok/s");
            long[] ranks = dev.llmload.analysis.Binomial.percentileRanks(100, 0.05, 0.95);

            assertThat(ranks[0]).isLessThanOrEqualTo(3);
            assertThat(outcome.interval().orElseThrow()).containsExactly(0, ranks[1]);
        }

        @Test
        void meanMinAndMaxHaveNone() {
            assertThat(latency(TTFT, upTo(1, 50)).judge("ttft mean < 1 s").interval())
                    .isEmpty();
            assertThat(latency(TTFT, upTo(1, 50)).judge("ttft max < 1 s").interval())
                    .isEmpty();
            assertThat(latency(TTFT, upTo(1, 50)).judge("ttft p100 < 1 s").interval())
                    .isEmpty();
        }
    }

    @Test
    void histogramsAreJudgedToo() {
        Histogram gaps = new Histogram(3);
        for (int i = 1; i <= 1000; i++) {
            gaps.recordValue(i <= 990 ? 1000 : 2000);
        }
        Measured level = requests(10, 0, 0).with(ITL, Values.ofHistogram(gaps, 1, 0));

        assertThat(level.judge("itl p99 <= 1 us").verdict()).isEqualTo(PASS);
        assertThat(level.judge("itl p99.1 <= 1 us").verdict()).isEqualTo(FAIL);
        assertThat(level.judge("itl p99 < 1 us").actual()).hasValue(1);
    }

    @Test
    void absentLatencyIsInconclusive_withTheReason() {
        Measured level = requests(50, 0, 0).with(ITL, Values.absent("the stream was buffered"));

        assertThat(level.judge("itl p50 < 1 s"))
                .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                .returns("the stream was buffered", BudgetOutcome::reason);
        assertThat(requests(48, 2, 0).with(E2E).judge("e2e p50 < 1 s").reason())
                .isEqualTo("no successful request has a value for e2e");
    }

    @Test
    void nothingAttemptedIsInconclusive() {
        assertThat(requests(0, 0, 0).judge("ttft p50 < 1 s"))
                .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                .returns("no request was attempted", BudgetOutcome::reason);
        assertThat(requests(0, 0, 4).judge("ttft p50 < 1 s").reason())
                .isEqualTo("no request ended: all 4 were cut off");
    }
}
