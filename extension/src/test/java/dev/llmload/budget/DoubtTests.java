package dev.llmload.budget;

import static dev.llmload.budget.Measured.latency;
import static dev.llmload.budget.Measured.requests;
import static dev.llmload.budget.Measured.upTo;
import static dev.llmload.result.Metric.ENERGY;
import static dev.llmload.result.Metric.ITL;
import static dev.llmload.result.Metric.OUTPUT_SPEED;
import static dev.llmload.result.Metric.SUCCESS_RATE;
import static dev.llmload.result.Metric.THROUGHPUT;
import static dev.llmload.result.Metric.TOKENS_PER_JOULE;
import static dev.llmload.result.Metric.TPOT;
import static dev.llmload.result.Metric.TTFT;
import static dev.llmload.result.Verdict.FAIL;
import static dev.llmload.result.Verdict.INCONCLUSIVE;
import static dev.llmload.result.Verdict.NOT_MEASURED;
import static dev.llmload.result.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.budget.grammar.BudgetParserTests;
import dev.llmload.result.Bias;
import dev.llmload.result.GpuDevice;
import dev.llmload.result.GpuMeasurement;
import dev.llmload.result.GpuUse;
import dev.llmload.result.LoadResult;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Verdict;
import dev.llmload.result.measured.Measurement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubtTests {
    @ParameterizedTest(name = "{0} biased {1} is {2}")
    @CsvSource({
        "ttft p50 < 1 s,        UP,      PASS",
        "ttft p50 < 1 ms,       UP,      INCONCLUSIVE",
        "ttft p50 < 1 s,        DOWN,    INCONCLUSIVE",
        "ttft p50 < 1 ms,       DOWN,    FAIL",
        "ttft p50 < 1 s,        UNKNOWN, INCONCLUSIVE",
        "ttft p50 < 1 ms,       UNKNOWN, INCONCLUSIVE",
        "ttft p50 > 1 ms,       UP,      INCONCLUSIVE",
        "ttft p50 > 1 ms,       DOWN,    PASS",
        "throughput > 1 tok/s,  DOWN,    PASS",
        "throughput > 99 tok/s, DOWN,    INCONCLUSIVE",
        "throughput > 1 tok/s,  UP,      INCONCLUSIVE",
        "throughput > 99 tok/s, UP,      FAIL"
    })
    void verdictStandsOnlyIfItWouldBeTheSameDespiteTheBias(String budget, Bias bias, Verdict verdict) {
        Measured level = latency(TTFT, upTo(400, 500))
                .value(THROUGHPUT, 50)
                .broken(
                        "client keeps up",
                        "loop delay p99 30 ms",
                        BudgetParserTests.budget(budget).metric(),
                        bias);

        BudgetOutcome outcome = level.judge(budget);

        assertThat(outcome.verdict()).isEqualTo(verdict);
        assertThat(outcome.reason()).isEqualTo(verdict == INCONCLUSIVE ? "client keeps up: loop delay p99 30 ms" : "");
        assertThat(outcome.actual()).isPresent();
    }

    @Test
    void whatAnAbortLeftUnsent_takesBackNothingThatBroke() {
        Measured level = requests(80, 20, 10)
                .with(TTFT, upTo(401, 480))
                .broken("nothing was cut", "10 of 110 requests were cut off", SUCCESS_RATE, Bias.UNKNOWN)
                .broken("client keeps up", "loop delay p99 30 ms", TTFT, Bias.UP);
        String broken = "success_rate >= 99%; ttft p50 < 1 ms; ttft p99 < 1 s";

        assertThat(level.judgeAll(broken).outcomes())
                .extracting(BudgetOutcome::verdict)
                .containsExactly(FAIL, INCONCLUSIVE, FAIL); // 90 of 110 would be too few as well
        assertThat(Judge.judge(
                                Measurement.from(level.result()).aborted("so").build(),
                                BudgetParser.parseList(broken, "method"))
                        .outcomes())
                .extracting(BudgetOutcome::verdict)
                .containsExactly(FAIL, INCONCLUSIVE, FAIL); // the client's own slowness is no less in doubt
    }

    @Test
    void allBrokenChecksThatCouldTipItAreNamed() {
        BudgetOutcome outcome = latency(TTFT, upTo(400, 500))
                .broken("prompts were fresh", "9 % repeated", TTFT, Bias.DOWN)
                .broken("client keeps up", "busy", TTFT, Bias.UP)
                .broken("load was what it claims", "80 of 100 users", TTFT, Bias.DOWN)
                .judge("ttft p50 < 1 s");

        assertThat(outcome.reason())
                .isEqualTo("prompts were fresh: 9 % repeated; load was what it claims: 80 of 100 users");
    }

    @Test
    void otherMetricsAndOtherAnswersMoveNothing() {
        assertThat(latency(TTFT, upTo(400, 500))
                        .broken("client keeps up", "busy", ITL, Bias.UNKNOWN)
                        .check("prompts were fresh", ValidityCheck.Status.WARNING, "?", TTFT, Bias.UNKNOWN)
                        .check("telemetry is whole", ValidityCheck.Status.NOT_MEASURED, "?", TTFT, Bias.UNKNOWN)
                        .judge("ttft p50 < 1 s")
                        .verdict())
                .isEqualTo(PASS);
    }

    @Test
    void rankOnAFailedRequestStands() {
        assertThat(requests(60, 40, 0)
                        .with(TTFT, upTo(1, 60))
                        .broken("client keeps up", "busy", TTFT, Bias.UP)
                        .judge("ttft p95 < 1 s")
                        .verdict())
                .isEqualTo(FAIL);
    }

    @Test
    void whatWasNotMeasuredStaysNotMeasured() {
        assertThat(requests(10, 0, 0)
                        .broken("tokens are known", "2 % without usage", THROUGHPUT, Bias.UNKNOWN)
                        .judge("mfu > 1 %")
                        .verdict())
                .isEqualTo(NOT_MEASURED);
    }

    @Nested
    class CutOff {
        @Test
        void upToOnePercentDecideNothing() {
            assertThat(requests(99, 0, 1)
                            .with(TTFT, upTo(1, 99))
                            .judge("ttft p50 < 1 s")
                            .verdict())
                    .isEqualTo(PASS);
        }

        @Test
        void beyondThatTheSlowEndIsMissing() {
            Measured level = requests(98, 0, 2)
                    .with(TTFT, upTo(1, 98))
                    .with(OUTPUT_SPEED, upTo(1, 98))
                    .value(THROUGHPUT, 50);

            assertThat(level.judge("ttft p95 < 94.5 ms").verdict()).isEqualTo(INCONCLUSIVE);
            assertThat(level.judge("ttft mean < 1 s"))
                    .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                    .returns("2 of 100 requests were cut off, more than 1 %", BudgetOutcome::reason);
            assertThat(level.judge("ttft p50 < 1 ms").verdict()).isEqualTo(FAIL);
            assertThat(level.judge("throughput > 1 tok/s").verdict()).isEqualTo(PASS);
            assertThat(level.judge("throughput > 99 tok/s").verdict()).isEqualTo(INCONCLUSIVE);
            assertThat(level.judge("output_speed p20 > 18 tok/s").verdict()).isEqualTo(INCONCLUSIVE);
            assertThat(level.judge("output_speed p20 > 99 tok/s").verdict()).isEqualTo(FAIL);
        }

        /** 1 to 98 ms of 100: with the two at either end, p50 is 48 to 50 ms, p95 is 93 to 95 ms. */
        @ParameterizedTest(name = "{0} is {1}")
        @CsvSource({
            "ttft p50 < 47 ms,          FAIL",
            "ttft p50 < 48.5 ms,        INCONCLUSIVE",
            "ttft p50 < 50.5 ms,        PASS",
            "ttft p95 < 92 ms,          FAIL",
            "ttft p95 < 94 ms,          INCONCLUSIVE",
            "ttft p95 <= 95 ms,         PASS",
            "ttft max < 1 s,            INCONCLUSIVE",
            "ttft min > 0 ms,           INCONCLUSIVE",
            "output_speed p20 > 17 tok/s, PASS",
            "output_speed p20 > 19 tok/s, INCONCLUSIVE",
            "output_speed p20 > 20 tok/s, FAIL"
        })
        void aPercentileStands_whereTheyCouldNotHaveMovedItOverItsLimit(String budget, Verdict verdict) {
            assertThat(requests(98, 0, 2)
                            .with(TTFT, upTo(1, 98))
                            .with(OUTPUT_SPEED, upTo(1, 98))
                            .judge(budget)
                            .verdict())
                    .isEqualTo(verdict);
        }

        @Test
        void whatTheGpuSaid_isNotMovedByThem() {
            assertThat(requests(98, 0, 2)
                            .value(ENERGY, 50)
                            .judge("energy < 60 J")
                            .verdict())
                    .isEqualTo(PASS);
        }

        @Test
        void rankOnAFailedRequestStandsOnlyIfTheyCouldNotHaveMovedIt() {
            // 3 failed of 103: had the 100 succeeded, a p95 would not fall on a failed one, a p99 would
            Measured level = requests(0, 3, 100);

            assertThat(level.judge("ttft p95 < 1 s"))
                    .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                    .returns(
                            "100 of 103 requests were cut off, more than 1 %; no request succeeded, 3 failed",
                            BudgetOutcome::reason);
            assertThat(level.judge("ttft p99 < 1 s").verdict()).isEqualTo(FAIL);
            assertThat(level.judge("ttft mean < 1 s").verdict()).isEqualTo(INCONCLUSIVE);
            assertThat(level.judge("output_speed p5 > 1 tok/s").verdict()).isEqualTo(INCONCLUSIVE);
            assertThat(level.judge("output_speed p1 > 1 tok/s").verdict()).isEqualTo(FAIL);
        }

        @Test
        void levelIsInconclusiveEvenWithoutABudget() {
            assertThat(requests(98, 0, 2).judgeAll("").verdict()).isEqualTo(INCONCLUSIVE);
            assertThat(requests(99, 0, 1).judgeAll("").verdict()).isEqualTo(PASS);
        }
    }

    @Nested
    class ReasoningThatMayBeHidden {
        private final Measured level = latency(TPOT, upTo(50, 50)).hiddenFactor(2);

        // 50 ms is known to lie from 50 to 100 ms
        @ParameterizedTest
        @CsvSource({
            "tpot mean < 49 ms, FAIL",
            "tpot mean < 51 ms, INCONCLUSIVE",
            "tpot mean < 99 ms, INCONCLUSIVE",
            "tpot mean < 101 ms, PASS",
            "tpot mean > 99 ms, INCONCLUSIVE",
            "tpot mean > 49 ms, PASS",
            "tpot mean > 101 ms, FAIL"
        })
        void takesBackWhatItCouldHaveTipped(String budget, Verdict expected) {
            assertThat(level.judge(budget).verdict()).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource({
            "output_speed mean > 9 tok/s, PASS",
            "output_speed mean > 11 tok/s, INCONCLUSIVE",
            "output_speed mean > 19 tok/s, INCONCLUSIVE",
            "output_speed mean > 21 tok/s, FAIL"
        })
        void outputSpeedTheOtherWay(String budget, Verdict expected) {
            assertThat(requests(1, 0, 0)
                            .with(OUTPUT_SPEED, 20)
                            .hiddenFactor(2)
                            .judge(budget)
                            .verdict())
                    .isEqualTo(expected);
        }

        @Test
        void saysWhy() {
            assertThat(level.judge("tpot mean < 80 ms").reason())
                    .isEqualTo(
                            "the usage counts more tokens than events came and names no reasoning; if the rest was hidden"
                                    + " reasoning, tpot is up to 2.00 times too low, and the limit lies within that");
        }
    }

    @Nested
    class Energy {
        private Verdict judge(double uncertainty, String budget) {
            GpuUse use = new GpuUse(
                    new GpuDevice(0, "GPU-1", "NVIDIA A40"),
                    3000,
                    "counter",
                    uncertainty,
                    75,
                    20,
                    0.9,
                    1e9,
                    60,
                    Double.NaN);
            LoadResult result = Measurement.from(requests(100, 0, 0)
                            .value(ENERGY, 3000)
                            .value(TOKENS_PER_JOULE, 5)
                            .value(THROUGHPUT, 50)
                            .result())
                    .gpu(Optional.of(new GpuMeasurement("nvml", List.of(use), List.of())))
                    .check(new ValidityCheck("telemetry is whole", ValidityCheck.Status.OK, "", Map.of()))
                    .build();
            return Judge.judge(result, BudgetParser.parseList(budget, "method"))
                    .outcomes()
                    .get(0)
                    .verdict();
        }

        /** 3 kJ ± 2.9 % lies from 2913 to 3087 J. */
        @ParameterizedTest(name = "{0} is {1}")
        @CsvSource({
            "energy < 1000 kJ,        PASS",
            "energy < 3.09 kJ,        PASS",
            "energy < 3087 J,         INCONCLUSIVE",
            "energy <= 3087 J,        PASS",
            "energy < 3.01 kJ,        INCONCLUSIVE",
            "energy < 2.95 kJ,        INCONCLUSIVE",
            "energy < 2.91 kJ,        FAIL",
            "tokens_per_joule > 4 tok/J,    PASS",
            "tokens_per_joule > 4.87 tok/J, INCONCLUSIVE",
            "tokens_per_joule > 5.14 tok/J, INCONCLUSIVE",
            "tokens_per_joule > 5.15 tok/J, FAIL",
            "throughput > 49 tok/s,   PASS"
        })
        void aVerdictStands_whereTheTruthCannotLieBeyondTheLimit(String budget, Verdict verdict) {
            assertThat(judge(0.029, budget)).isEqualTo(verdict);
        }

        @Test
        void aSmallUncertainty_countsAsWellNearTheLimit() {
            assertThat(judge(0.01, "energy < 3.02 kJ")).isEqualTo(INCONCLUSIVE);
            assertThat(judge(0.01, "energy < 3.04 kJ")).isEqualTo(PASS);
        }

        @Test
        void energyThatIsKnownToMoreThanItself_mayBeNothing() {
            assertThat(judge(1.5, "energy < 1000 kJ")).isEqualTo(PASS);
            assertThat(judge(1.5, "energy < 7 kJ")).isEqualTo(INCONCLUSIVE);
            assertThat(judge(1.5, "tokens_per_joule > 1 tok/J")).isEqualTo(PASS);
            assertThat(judge(1.5, "tokens_per_joule > 3 tok/J")).isEqualTo(INCONCLUSIVE);
            assertThat(judge(1.5, "tokens_per_joule < 6 tok/J")).isEqualTo(INCONCLUSIVE);
        }
    }

    @Nested
    class TokensOfTheFirstEvent {
        @Test
        void limitWithinTheirBoundIsInconclusive() {
            Measured level = latency(TPOT, upTo(50, 50)).tpotBound(0.1);

            // 50 ms is known to lie from 50 to 55.6 ms: the first event holds one token at least
            assertThat(level.judge("tpot mean < 49 ms").verdict()).isEqualTo(FAIL);
            assertThat(level.judge("tpot mean > 49 ms").verdict()).isEqualTo(PASS);
            assertThat(level.judge("tpot mean < 51 ms").verdict()).isEqualTo(INCONCLUSIVE);
            assertThat(level.judge("tpot mean < 55 ms").verdict()).isEqualTo(INCONCLUSIVE);
            assertThat(level.judge("tpot mean < 56 ms").verdict()).isEqualTo(PASS);
            assertThat(level.judge("tpot mean < 0.055 s").reason())
                    .isEqualTo("how many tokens the first event held is not known, so tpot may be up to 11.1 % longer,"
                            + " and the limit lies within that");
        }

        @Test
        void outputSpeedIsMadeOfTheSameNumber() {
            assertThat(requests(1, 0, 0)
                            .with(OUTPUT_SPEED, 20)
                            .tpotBound(0.1)
                            .judge("output_speed mean > 19 tok/s")
                            .verdict())
                    .isEqualTo(INCONCLUSIVE);
        }

        @Test
        void otherMetricsDoNotCare() {
            assertThat(latency(TTFT, 50)
                            .tpotBound(0.1)
                            .judge("ttft mean < 51 ms")
                            .verdict())
                    .isEqualTo(PASS);
            assertThat(latency(TPOT, 50).judge("tpot mean < 51 ms").verdict()).isEqualTo(PASS);
        }
    }
}
