package dev.llmload.budget;

import static dev.llmload.budget.Measured.latency;
import static dev.llmload.budget.Measured.requests;
import static dev.llmload.budget.Measured.upTo;
import static dev.llmload.result.Metric.TTFT;
import static dev.llmload.result.Verdict.FAIL;
import static dev.llmload.result.Verdict.INCONCLUSIVE;
import static dev.llmload.result.Verdict.NOT_MEASURED;
import static dev.llmload.result.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.analysis.Sweep;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.result.Bias;
import dev.llmload.result.Metric;
import dev.llmload.result.Verdict;
import dev.llmload.result.measured.Measurement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JudgeTests {
    @Test
    void everyBudgetIsJudged_andTheWorstDecides() {
        LevelVerdict level = latency(TTFT, upTo(1, 100))
                .judgeAll("ttft p50 < 1 ms; mfu > 1%; throughput > 1 tok/s; success_rate >= 9%");

        assertThat(level.outcomes())
                .extracting(BudgetOutcome::verdict)
                .containsExactly(FAIL, NOT_MEASURED, INCONCLUSIVE, PASS);
        assertThat(level.verdict()).isEqualTo(FAIL);
    }

    @Test
    void anAbortedLevel_passesNothing_andFailsWhatItFailed() {
        LevelVerdict level = Judge.judge(
                Measurement.from(latency(TTFT, upTo(1, 100)).result())
                        .aborted("ttft p95 was 95 ms")
                        .build(),
                BudgetParser.parseList("ttft p50 < 1 s; ttft p50 < 1 ms; mfu > 1%", "method"));

        assertThat(level.outcomes())
                .extracting(BudgetOutcome::verdict)
                .containsExactly(INCONCLUSIVE, FAIL, NOT_MEASURED);
        assertThat(level.outcomes().get(0).reason()).startsWith("the level was aborted");
        assertThat(level.verdict()).isEqualTo(FAIL);
        assertThat(Judge.judge(
                                Measurement.from(requests(100, 0, 0).result())
                                        .aborted("so")
                                        .build(),
                                List.of())
                        .verdict())
                .isEqualTo(INCONCLUSIVE);
    }

    @Test
    void inconclusiveGoesOverNotMeasured_whichGoesOverPass() {
        Measured level = latency(TTFT, upTo(1, 100));

        assertThat(level.judgeAll("mfu > 1%; throughput > 1 tok/s; ttft p50 < 1 s")
                        .verdict())
                .isEqualTo(INCONCLUSIVE);
        assertThat(level.judgeAll("mfu > 1%; ttft p50 < 1 s").verdict()).isEqualTo(NOT_MEASURED);
        assertThat(level.judgeAll("ttft p50 < 1 s").verdict()).isEqualTo(PASS);
    }

    @Test
    void halfTheRequestsFailed_theImpliedBudgetFails() {
        Measured level = requests(50, 50, 0);
        List<BudgetRule> budgets =
                BudgetRules.forLevel(List.of(), level.result().level(), 99);

        LevelVerdict verdict = Judge.judge(level.result(), budgets);

        assertThat(verdict.verdict()).isEqualTo(FAIL);
        assertThat(verdict.outcomes().get(0).budget().isImplied()).isTrue();
    }

    @Test
    void budgetsOfTheSweepAreSkippedAtALevel() {
        assertThat(latency(TTFT, 1)
                        .judgeAll("capacity >= 80 users; scaling_efficiency >= 60%")
                        .outcomes())
                .isEmpty();
    }

    @Nested
    class OfTheSweep {
        private final LevelVerdict ten = level(10, 100, PASS);
        private final LevelVerdict fifty = level(50, 450, PASS);
        private final LevelVerdict hundred = level(100, 700, FAIL);

        @Test
        void otherBudgetsAreSkipped() {
            assertThat(Judge.judgeSweep(
                            Sweep.of(List.of()), List.of(), BudgetParser.parseList("ttft p95 < 1 s", "method")))
                    .isEmpty();
        }

        @Test
        void efficiencyComparesTheLastLevelWithTheFirst() {
            BudgetOutcome outcome = judge("scaling_efficiency >= 70%", ten, fifty, hundred);

            assertThat(outcome.verdict()).isEqualTo(PASS);
            assertThat(outcome.actual()).hasValue(70);
            assertThat(judge("scaling_efficiency >= 70.1%", ten, fifty, hundred).verdict())
                    .isEqualTo(FAIL);
        }

        @Test
        void efficiencyNeedsTwoLevelsWithThroughput() {
            assertThat(judge("scaling_efficiency >= 70%", ten))
                    .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                    .returns("it compares levels, and fewer than two were measured", BudgetOutcome::reason);
            assertThat(judge("scaling_efficiency >= 70%", ten, level(50, Double.NaN, PASS)))
                    .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                    .returns("no throughput at 10 users or at 50 users", BudgetOutcome::reason);
        }

        @Test
        void biasOfTheFirstLevelCountsTheOtherWay() {
            assertThat(judge("scaling_efficiency >= 60%", biased(10, 100), fifty)
                            .reason())
                    .isEqualTo("10 users: client keeps up: busy");
            assertThat(judge("scaling_efficiency >= 60%", ten, biased(50, 450)).verdict())
                    .isEqualTo(PASS);
            assertThat(judge("scaling_efficiency >= 95%", biased(10, 100), fifty)
                            .verdict())
                    .isEqualTo(FAIL);
            assertThat(judge("scaling_efficiency >= 95%", ten, biased(50, 450)).verdict())
                    .isEqualTo(INCONCLUSIVE);
        }

        @Test
        void capacityIsTheHighestLevelThatHolds() {
            BudgetOutcome outcome = judge("capacity >= 50 users", hundred, ten, fifty);

            assertThat(outcome.verdict()).isEqualTo(PASS);
            assertThat(outcome.actual()).hasValue(50);
            assertThat(outcome.reason()).isEmpty();
            assertThat(judge("capacity >= 51 users", ten, fifty, hundred).verdict())
                    .isEqualTo(FAIL);
        }

        @Test
        void noLevelHolds() {
            assertThat(judge("capacity >= 5 users", hundred))
                    .returns(FAIL, BudgetOutcome::verdict)
                    .returns("no level holds all its budgets with 99 % success", BudgetOutcome::reason);
        }

        @Test
        void whatWasNotTestedIsNotKnown() {
            assertThat(judge("capacity >= 80 users", ten, fifty))
                    .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                    .returns("the highest level tested, 50 users, holds", BudgetOutcome::reason);
            assertThat(judge("capacity >= 50 users", ten, fifty).verdict()).isEqualTo(PASS);
            assertThat(judge("capacity >= 5 users").reason()).isEqualTo("no level was measured");
        }

        @Test
        void levelThatWasNotDecidedMayHoldOrNot() {
            LevelVerdict open = level(50, 450, INCONCLUSIVE);

            assertThat(judge("capacity >= 50 users", ten, open, hundred))
                    .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                    .returns("whether 50 users holds was not decided", BudgetOutcome::reason);
            assertThat(judge("capacity >= 10 users", ten, open, hundred).verdict())
                    .isEqualTo(PASS);
            assertThat(judge("capacity >= 80 users", ten, open, hundred).verdict())
                    .isEqualTo(FAIL);
        }

        @Test
        void passingLevelBelow99PercentSuccessDoesNotCount() {
            LevelVerdict loose = new LevelVerdict(requests(989, 11, 0).users(50).result(), List.of(), PASS);

            assertThat(judge("capacity >= 50 users", ten, loose, hundred).verdict())
                    .isEqualTo(FAIL);
        }

        @Test
        void wordsOfOtherWorkAreNotMeasured() {
            assertThat(judge("capacity >= 5 req/s", ten))
                    .returns(NOT_MEASURED, BudgetOutcome::verdict)
                    .returns("the levels of this test are numbers of users, not of req/s", BudgetOutcome::reason);
            assertThat(judge("scaling_efficiency >= 95% of baseline", ten, fifty)
                            .verdict())
                    .isEqualTo(NOT_MEASURED);
        }

        private static BudgetOutcome judge(String budget, LevelVerdict... levels) {
            Sweep sweep = Sweep.of(Stream.of(levels).map(LevelVerdict::result).toList());
            return Judge.judgeSweep(sweep, List.of(levels), BudgetParser.parseList(budget, "method"))
                    .get(0);
        }

        private static LevelVerdict level(int users, double throughput, Verdict verdict) {
            Measured measured = requests(100, 0, 0).users(users);
            return new LevelVerdict(
                    (Double.isNaN(throughput) ? measured : measured.value(Metric.THROUGHPUT, throughput)).result(),
                    List.of(),
                    verdict);
        }

        private static LevelVerdict biased(int users, double throughput) {
            return new LevelVerdict(
                    requests(100, 0, 0)
                            .users(users)
                            .value(Metric.THROUGHPUT, throughput)
                            .broken("client keeps up", "busy", Metric.THROUGHPUT, Bias.DOWN)
                            .result(),
                    List.of(),
                    PASS);
        }
    }
}
