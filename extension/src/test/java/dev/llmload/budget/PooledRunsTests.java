package dev.llmload.budget;

import static dev.llmload.budget.Measured.latency;
import static dev.llmload.budget.Measured.requests;
import static dev.llmload.budget.Measured.upTo;
import static dev.llmload.result.Metric.E2E;
import static dev.llmload.result.Metric.GOOD_FRACTION;
import static dev.llmload.result.Metric.MFU;
import static dev.llmload.result.Metric.THROUGHPUT;
import static dev.llmload.result.Metric.TTFT;
import static dev.llmload.result.Verdict.FAIL;
import static dev.llmload.result.Verdict.INCONCLUSIVE;
import static dev.llmload.result.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.baseline.BaselineReference;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.result.Bias;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Outcome;
import dev.llmload.result.Quantity;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Verdict;
import dev.llmload.result.measured.Values;
import dev.llmload.result.time.InTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Several runs of a level are one: which numbers are of all of them, which one is shown, and what is left out. */
class PooledRunsTests {
    private static LoadResult run(double ttft) {
        return latency(TTFT, ttft, ttft, ttft).result();
    }

    private static LoadResult broken(double ttft) {
        return latency(TTFT, ttft, ttft, ttft)
                .broken("client keeps up", "too slow", TTFT, Bias.UP)
                .result();
    }

    private static int median(double... ttft) {
        return PooledRuns.shown(
                Arrays.stream(ttft).mapToObj(PooledRunsTests::run).toList());
    }

    @Nested
    class Shown {
        @Test
        void itIsTheMiddleOneByTheMedianTtft() {
            assertThat(median(30, 10, 20)).isEqualTo(2);
            assertThat(median(10, 20, 30, 40, 50)).isEqualTo(2);
            assertThat(median(7)).isZero();
        }

        @Test
        void ofAnEvenNumber_itIsTheFasterOfTheTwo() {
            assertThat(median(40, 10, 30, 20)).isEqualTo(3);
            assertThat(median(20, 10)).isEqualTo(1);
        }

        @Test
        void equalRuns_keepTheirOrder() {
            assertThat(median(10, 10, 10)).isEqualTo(1);
        }

        @Test
        void aRunWhoseMedianIsAFailure_orThatHasNone_isTheSlowest() {
            LoadResult failing = requests(1, 3, 0).with(TTFT, 1).result();
            LoadResult without = latency(E2E, 1, 2, 3).result();

            assertThat(PooledRuns.shown(List.of(failing, run(30), run(20)))).isEqualTo(1);
            assertThat(PooledRuns.shown(List.of(without, failing, run(20)))).isZero();
        }
    }

    @Nested
    class Numbers {
        @Test
        void percentilesAndShares_areOfAllRequests() {
            LoadResult pooled = PooledRuns.of(List.of(
                    requests(3, 1, 0)
                            .with(TTFT, 1, 2, 30)
                            .value(GOOD_FRACTION, 0.5)
                            .result(),
                    requests(4, 0, 0)
                            .with(TTFT, 3, 4, 5, 6)
                            .value(GOOD_FRACTION, 1)
                            .result()));

            assertThat(pooled.requests().attempted()).isEqualTo(8);
            assertThat(pooled.requests().failures()).containsOnlyKeys(Outcome.HTTP_5XX);
            assertThat(pooled.successRate().value()).isEqualTo(7 / 8.0);
            assertThat(pooled.quantity(GOOD_FRACTION).value()).isEqualTo(6 / 8.0);
            assertThat(pooled.ttft().p50()).isEqualTo(Duration.ofMillis(4));
            assertThat(pooled.distribution(TTFT).failed()).isEqualTo(1);
        }

        @Test
        void theCachedShare_isThatOfTheTokensOfAllRuns() {
            LoadResult pooled = PooledRuns.of(List.of(
                    requests(4, 0, 0).cached(900, 1000).result(),
                    requests(4, 0, 0).cached(0, 3000).result()));

            assertThat(pooled.cachedShare().value()).isEqualTo(0.225);
        }

        @Test
        void whatARunHasOneOf_isTheMedianOfTheRuns() {
            LoadResult[] runs = {
                latency(TTFT, 1).value(THROUGHPUT, 900).result(),
                latency(TTFT, 1).value(THROUGHPUT, 100).result(),
                latency(TTFT, 1).value(THROUGHPUT, 500).result(),
                latency(TTFT, 1).value(THROUGHPUT, 600).result()
            };

            assertThat(PooledRuns.of(List.of(runs[0], runs[1], runs[2]))
                            .throughput()
                            .value())
                    .isEqualTo(500);
            assertThat(PooledRuns.of(List.of(runs)).throughput().value()).isEqualTo(550);
        }

        @Test
        void anUpperBoundInOneRun_isOneOfAll() {
            LoadResult pooled = PooledRuns.of(List.of(
                    latency(TTFT, 1).with(MFU, Quantity.atMost(MFU, 0.2)).result(),
                    latency(TTFT, 1).value(MFU, 0.1).result(),
                    latency(TTFT, 1).value(MFU, 0.3).result()));

            assertThat(pooled.mfu().value()).isEqualTo(0.2);
            assertThat(pooled.mfu().isUpperBound()).isTrue();
        }

        @Test
        void whatMostRunsDidNotMeasure_isAbsent() {
            LoadResult with = latency(TTFT, 1).value(MFU, 0.2).result();
            LoadResult without =
                    latency(TTFT, 1).with(MFU, Quantity.absent(MFU, "no GPU")).result();

            assertThat(PooledRuns.of(List.of(with, without, without)).mfu().absentReason())
                    .isEqualTo("no GPU");
            assertThat(PooledRuns.of(List.of(with, with, without)).mfu().value())
                    .isEqualTo(0.2);
        }

        @Test
        void aRunThatDidNotMeasureTruly_isLeftOutOfWhatItDidNot() {
            LoadResult pooled = PooledRuns.of(List.of(run(10), run(20), broken(30)));

            assertThat(pooled.distribution(TTFT).count()).isEqualTo(6);
            assertThat(pooled.requests().attempted()).isEqualTo(9);
        }

        @Test
        void slicesOfTime_followEachOther() {
            LoadResult first = requests(2, 1, 0)
                    .with(TTFT, Values.inTime(new double[] {5, 1}, new int[] {0, 1}, new int[] {1, 0}))
                    .result();
            LoadResult second = requests(2, 0, 0)
                    .with(TTFT, Values.inTime(new double[] {3, 9}, new int[] {0, 1}, new int[] {0, 0}))
                    .result();
            InTime when = Values.of(PooledRuns.of(List.of(first, second)).distribution(TTFT))
                    .inTime()
                    .orElseThrow();

            // of 1, 3, 5, 9 those from 5 on
            assertThat(when.above(4)).containsExactly(new long[][] {{1, 0}, {0, 1}});
            assertThat(when.failures()).isEqualTo(new long[][] {{1, 0}, {0, 0}});
        }
    }

    @Nested
    class Broken {
        private BudgetOutcome judge(String budget, double confidence, LoadResult... runs) {
            return Judge.judge(
                            PooledRuns.of(List.of(runs)),
                            List.of(runs),
                            List.of(BudgetParser.parse(budget, "method", List.of(), confidence)),
                            BaselineReference.none("none"))
                    .outcomes()
                    .get(0);
        }

        private LoadResult successes(int succeeded) {
            return requests(succeeded, 200 - succeeded, 0).result();
        }

        @Test
        void theSuccessRateIsThatOfAllRuns() {
            // the run in the middle has 100 %, and 45 of 600 requests failed
            assertThat(judge("success_rate >= 99%", 0, successes(181), successes(200), successes(174)))
                    .returns(FAIL, BudgetOutcome::verdict)
                    .returns(OptionalDouble.of(92.5), BudgetOutcome::actual)
                    .extracting(BudgetOutcome::reason)
                    .asString()
                    .contains("runs 1 (90.5 %), 3 (87.0 %) of 3 break it");
        }

        @Test
        void aBudgetThatSomeRunsBreak_isNamedWithThem() {
            assertThat(judge("ttft p50 <= 25 ms", 0, run(10), run(20), run(30)))
                    .returns(PASS, BudgetOutcome::verdict)
                    .extracting(BudgetOutcome::reason)
                    .asString()
                    .endsWith("run 3 (30.0 ms) of 3 breaks it");
        }

        @Test
        void aBudgetThatMostRunsBreak_neverPasses() {
            LoadResult fast = latency(TTFT, upTo(1, 100)).result();
            LoadResult slow = latency(TTFT, 130, 130, 130).result();

            assertThat(judge("ttft p50 <= 120 ms", 0, slow, fast, slow))
                    .returns(FAIL, BudgetOutcome::verdict)
                    .extracting(BudgetOutcome::reason)
                    .asString()
                    .startsWith("runs 1 (130 ms), 3 (130 ms) of 3 break it, though all together hold it");
            assertThat(judge("ttft p50 <= 120 ms", 0.95, slow, fast, slow).verdict())
                    .isEqualTo(INCONCLUSIVE);
        }

        @Test
        void aRunThatIsLeftOut_breaksNothing() {
            assertThat(judge("ttft p50 <= 25 ms", 0, run(10), run(20), broken(30)))
                    .returns(PASS, BudgetOutcome::verdict)
                    .extracting(BudgetOutcome::reason)
                    .asString()
                    .doesNotContain("break");
        }
    }

    @Nested
    class Doubt {
        private ValidityCheck check(LoadResult... runs) {
            LoadResult annotated = PooledRuns.of(List.of(runs));
            return annotated.validity().stream()
                    .filter(each -> each.check().equals("runs are valid"))
                    .findFirst()
                    .orElseThrow();
        }

        private Verdict verdict(String budget, LoadResult... runs) {
            LoadResult annotated = PooledRuns.of(List.of(runs));
            return Judge.judge(annotated, BudgetParser.parseList(budget, "method"))
                    .outcomes()
                    .get(0)
                    .verdict();
        }

        @Test
        void validRuns_areAllCounted() {
            assertThat(check(run(10), run(20), run(30)))
                    .returns(ValidityCheck.Status.OK, ValidityCheck::status)
                    .returns("all 3", ValidityCheck::detail);
        }

        @Test
        void oneOfThree_isAWarning_andMovesNoVerdict() {
            LoadResult[] runs = {run(10), run(20), broken(30)};

            assertThat(check(runs))
                    .returns(ValidityCheck.Status.WARNING, ValidityCheck::status)
                    .returns("left out: run 3: client keeps up (broken)", ValidityCheck::detail);
            assertThat(verdict("ttft max < 25 ms", runs)).isEqualTo(PASS);
        }

        @Test
        void twoOfThree_decideNothing_ofWhatTheyDidNotMeasureTruly() {
            LoadResult good = latency(TTFT, 20, 20, 20).with(E2E, 50, 50, 50).result();
            LoadResult[] runs = {broken(10), good, broken(30)};

            assertThat(check(runs).status()).isEqualTo(ValidityCheck.Status.BROKEN);
            assertThat(verdict("ttft max < 25 ms", runs)).isEqualTo(INCONCLUSIVE);
            assertThat(verdict("e2e max < 60 ms", runs)).isEqualTo(PASS);
        }

        @Test
        void aRunThatWasCutOff_isNamed() {
            LoadResult cut = requests(3, 0, 2).with(TTFT, 90, 90, 90).result();

            assertThat(check(run(10), run(20), cut).detail())
                    .startsWith("left out: run 3: ")
                    .contains("cut off");
        }

        @Test
        void aSingleRun_staysAsItIs() {
            LoadResult only = broken(1);

            assertThat(PooledRuns.of(List.of(only))).isSameAs(only);
            assertThat(Stream.of(only.validity()).flatMap(List::stream)).hasSize(1);
        }
    }
}
