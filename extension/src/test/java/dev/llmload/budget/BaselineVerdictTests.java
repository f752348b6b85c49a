package dev.llmload.budget;

import static dev.llmload.budget.Measured.latency;
import static dev.llmload.budget.Measured.requests;
import static dev.llmload.budget.Measured.upTo;
import static dev.llmload.result.Metric.E2E;
import static dev.llmload.result.Metric.SUCCESS_RATE;
import static dev.llmload.result.Metric.THROUGHPUT;
import static dev.llmload.result.Metric.TTFT;
import static dev.llmload.result.Verdict.FAIL;
import static dev.llmload.result.Verdict.INCONCLUSIVE;
import static dev.llmload.result.Verdict.NOT_MEASURED;
import static dev.llmload.result.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.budget.baseline.BaselineEntry;
import dev.llmload.budget.baseline.BaselineReference;
import dev.llmload.budget.baseline.BaselineRun;
import dev.llmload.budget.baseline.Change;
import dev.llmload.budget.baseline.Circumstances;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.result.Bias;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Verdict;
import dev.llmload.result.measured.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BudgetRules "of baseline": what may be compared, and what comes of it. */
class BaselineVerdictTests {
    private static final Circumstances THEN =
            new Circumstances(Map.of("release", "a", "model", "m"), Map.of("window", "steady", "max tokens", "128"));
    private static final Circumstances NOW =
            new Circumstances(Map.of("release", "b", "model", "m"), Map.of("window", "steady", "max tokens", "128"));

    private static double[] times(double factor) {
        return Arrays.stream(upTo(101, 200)).map(v -> v * factor).toArray();
    }

    private static BaselineRun run(LoadResult result, double prompt, double output) {
        BaselineRun run = BaselineRun.of(result, "2026-11-26T10:00:00Z");
        return new BaselineRun(
                run.at(), run.requests(), prompt, output, run.values(), run.distributions(), run.dispersions());
    }

    private static BaselineRun run(LoadResult result) {
        return run(result, 50, 100);
    }

    private static BaselineEntry entry(BaselineRun... runs) {
        return new BaselineEntry("a#b", "100 users", THEN, List.of(runs));
    }

    private static BudgetOutcome judge(String budget, LoadResult now, BaselineEntry then, BaselineRun... runs) {
        List<BaselineRun> all = new ArrayList<>(List.of(runs));
        if (all.isEmpty()) {
            all.add(run(now));
        }
        BaselineReference reference = new BaselineReference(Optional.of(then), "", NOW, all);
        return Judge.judge(now, BudgetParser.parseList(budget, "method"), reference)
                .outcomes()
                .get(0);
    }

    @ParameterizedTest
    @CsvSource({"1, PASS", "1.09, PASS", "1.11, FAIL", "1.2, FAIL", "0.5, PASS"})
    void aLatencyMayBeATenthLonger(double factor, Verdict verdict) {
        BudgetOutcome outcome = judge(
                "ttft p95 <= 110% of baseline",
                latency(TTFT, times(factor)).result(),
                entry(run(latency(TTFT, times(1)).result())));

        assertThat(outcome.verdict()).isEqualTo(verdict);
        assertThat(outcome.actual().orElseThrow()).isEqualTo(100 * factor, within(1e-9));
    }

    @Test
    void theReasonNamesBothValues_andTheRelease() {
        assertThat(judge(
                                "ttft p95 <= 110% of baseline",
                                latency(TTFT, times(1.2)).result(),
                                entry(run(latency(TTFT, times(1)).result())))
                        .reason())
                .isEqualTo(
                        "234 ms against 195 ms of release a (1 run of 2026-11-26); within this run: what differs from"
                                + " start to start is not in it");
    }

    @Test
    void ofSeveralRuns_allRequestsAreCompared_andTheSpreadIsShown() {
        BudgetOutcome outcome = judge(
                "ttft p95 <= 110% of baseline",
                latency(TTFT, times(1.05)).result(),
                entry(
                        run(latency(TTFT, times(1)).result()),
                        run(latency(TTFT, times(3)).result()),
                        run(latency(TTFT, times(0.9)).result())),
                run(latency(TTFT, times(1.05)).result()),
                run(latency(TTFT, times(1.5)).result()),
                run(latency(TTFT, times(1.02)).result()));

        assertThat(outcome.verdict()).isEqualTo(PASS);
        assertThat(outcome.reason())
                .isEqualTo("278 ms (199–293) against 555 ms (176–585) of release a (3 runs, newest 2026-11-26);"
                        + " within noise: open above (too few requests, or failed ones)");
    }

    /** Judged as the three runs of a level. */
    private static BudgetOutcome ofRuns(double... factors) {
        List<LoadResult> runs = Arrays.stream(factors)
                .mapToObj(factor -> latency(TTFT, times(factor)).result())
                .toList();
        BaselineReference reference = new BaselineReference(
                Optional.of(entry(run(latency(TTFT, times(1)).result()))),
                "",
                NOW,
                runs.stream().map(BaselineVerdictTests::run).toList());
        List<BudgetRule> budgets = BudgetParser.parseList("ttft p50 <= 105% of baseline", "method");
        return Judge.judge(PooledRuns.of(runs), runs, budgets, reference)
                .outcomes()
                .get(0);
    }

    @Test
    void whatMostRunsBreak_neverPasses_andWhatOneBreaksNamesIt() {
        assertThat(ofRuns(1.06, 1.06, 0.9))
                .returns(FAIL, BudgetOutcome::verdict)
                .extracting(BudgetOutcome::reason)
                .asString()
                .contains("runs 1 (106 %), 2 (106 %) of 3 break it, though all together hold it");
        assertThat(ofRuns(1.07, 1, 1))
                .returns(PASS, BudgetOutcome::verdict)
                .extracting(BudgetOutcome::reason)
                .asString()
                .contains("run 1 (107 %) of 3 breaks it");
        assertThat(ofRuns(1, 1, 1).reason()).doesNotContain("break");
    }

    @Test
    void otherConditions_areInconclusive_andListed() {
        Circumstances other =
                new Circumstances(THEN.subject(), Map.of("window", "whole run", "max tokens", "128", "gpu", "1 × A40"));
        BaselineEntry then = new BaselineEntry(
                "a#b", "100 users", other, List.of(run(latency(TTFT, times(1)).result())));

        assertThat(judge("ttft p95 <= 110% of baseline", latency(TTFT, times(1)).result(), then))
                .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                .returns(
                        "other conditions than the baseline's: gpu 1 × A40 → none, window whole run → steady",
                        BudgetOutcome::reason);
    }

    @ParameterizedTest
    @CsvSource({
        "50, 100, PASS",
        "51, 105, PASS",
        "51.1, 100, INCONCLUSIVE",
        "50, 105.1, INCONCLUSIVE",
        "50, 94.9, INCONCLUSIVE",
        "NaN, 100, INCONCLUSIVE"
    })
    void shorterAnswersAreNotAFasterServer(double prompt, double output, Verdict verdict) {
        LoadResult now = latency(E2E, times(0.9)).with(TTFT, times(0.9)).result();
        BaselineEntry then =
                entry(run(latency(E2E, times(1)).with(TTFT, times(1)).result()));

        assertThat(judge("e2e p95 <= 110% of baseline", now, then, run(now, prompt, output))
                        .verdict())
                .isEqualTo(verdict);
        assertThat(judge("ttft p95 <= 110% of baseline", now, then, run(now, prompt, output))
                        .verdict())
                .isEqualTo(PASS);
    }

    @Test
    void aThroughputIsHeldFromBelow() {
        BaselineEntry then =
                entry(run(requests(100, 0, 0).value(THROUGHPUT, 1000).result()));

        assertThat(judge(
                                "throughput >= 95% of baseline",
                                requests(100, 0, 0).value(THROUGHPUT, 949.9).result(), then)
                        .verdict())
                .isEqualTo(FAIL);
        assertThat(judge(
                                "throughput >= 95% of baseline",
                                requests(100, 0, 0).value(THROUGHPUT, 950).result(), then)
                        .verdict())
                .isEqualTo(PASS);
    }

    @Test
    void tooFewValues_decideNothing() {
        assertThat(judge(
                        "ttft p95 <= 110% of baseline",
                        latency(TTFT, upTo(1, 19)).result(),
                        entry(run(latency(TTFT, upTo(1, 100)).result()))))
                .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                .extracting(BudgetOutcome::reason)
                .asString()
                .startsWith("19 values are too few to compare ttft p95: it takes 20");
    }

    @Test
    void aRankOnAFailedRequest_breaksIt_butNotIfItIsTheBaselines() {
        LoadResult failing = requests(80, 20, 0).with(TTFT, upTo(1, 80)).result();
        LoadResult whole = latency(TTFT, upTo(1, 100)).result();

        assertThat(judge("ttft p95 <= 110% of baseline", failing, entry(run(whole)))
                        .verdict())
                .isEqualTo(FAIL);
        assertThat(judge("ttft p95 <= 110% of baseline", whole, entry(run(failing)))
                        .verdict())
                .isEqualTo(INCONCLUSIVE);
    }

    @Test
    void whatOneSideDoesNotHave_isInconclusive() {
        LoadResult ttft = latency(TTFT, times(1)).result();
        LoadResult e2e = latency(E2E, times(1)).result();

        assertThat(judge("ttft p95 <= 110% of baseline", e2e, entry(run(ttft))))
                .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                .returns("ttft was not measured in this run", BudgetOutcome::reason);
        assertThat(judge("ttft p95 <= 110% of baseline", ttft, entry(run(e2e))))
                .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                .returns("ttft is not in the baseline", BudgetOutcome::reason);
    }

    @Test
    void withoutABaseline_nothingIsMeasured() {
        LoadResult now = latency(TTFT, times(1)).result();
        assertThat(Judge.judge(
                                now,
                                BudgetParser.parseList("ttft p95 <= 110% of baseline", "method"),
                                BaselineReference.none("x.json has nothing of it"))
                        .outcomes()
                        .get(0))
                .returns(NOT_MEASURED, BudgetOutcome::verdict)
                .returns("no baseline: x.json has nothing of it", BudgetOutcome::reason);
    }

    @Test
    void aBiasThatCouldHaveTippedIt_makesItInconclusive() {
        LoadResult now = latency(TTFT, times(1.2))
                .broken("client keeps up", "too slow", TTFT, Bias.UP)
                .result();

        assertThat(judge(
                                "ttft p95 <= 110% of baseline",
                                now, entry(run(latency(TTFT, times(1)).result())))
                        .verdict())
                .isEqualTo(INCONCLUSIVE);
    }

    @Test
    void whatGotBetterAndWorse_isNoted_withWhatChanged() {
        LoadResult now = latency(TTFT, times(1.2)).value(THROUGHPUT, 1100).result();
        BaselineEntry then =
                entry(run(latency(TTFT, times(1)).value(THROUGHPUT, 1000).result()));

        assertThat(new BaselineReference(Optional.of(then), "", NOW, List.of(run(now)))
                        .annotate(now)
                        .notes())
                .containsExactly(
                        "against the baseline, release a (1 run of 2026-11-26), changed: release a → b:"
                                + " within this run ttft p50 +20.0 % (95 % CI +8.7 % to +32.5 %),"
                                + " ttft p95 +20.0 % (95 % CI +15.7 % to +24.4 %), throughput +10.0 %",
                        "ttft of any request against any of the baseline: +30.1 ms (Hodges–Lehmann, 95 % CI +20.4 to"
                                + " +39.8 ms), Mann–Whitney p < 0.001");
    }

    @Test
    void aChangeThatNoIntervalShows_isNeitherBetterNorWorse() {
        LoadResult now = latency(TTFT, times(1.02)).result();

        assertThat(new BaselineReference(
                                Optional.of(entry(run(latency(TTFT, times(1)).result()))), "", NOW, List.of(run(now)))
                        .annotate(now)
                        .notes()
                        .get(0))
                .endsWith("no difference shown in ttft p50 +2.0 % (95 % CI -7.6 % to +12.6 %), ttft p95 +2.0 %"
                        + " (95 % CI -1.6 % to +5.8 %)");
    }

    @Nested
    class WithAConfidence {
        private BudgetOutcome gate(String budget, LoadResult now, BaselineEntry then, BaselineRun... runs) {
            List<BaselineRun> all = new ArrayList<>(List.of(runs));
            if (all.isEmpty()) {
                all.add(run(now));
            }
            BaselineReference reference = new BaselineReference(Optional.of(then), "", NOW, all);
            BudgetRule gated = BudgetParser.parse(budget, "method", List.of(), 0.95);
            return Judge.judge(now, List.of(gated), reference).outcomes().get(0);
        }

        private BudgetOutcome gate(String budget, double factor) {
            LoadResult now = latency(TTFT, times(factor)).result();
            return gate(budget, now, entry(run(latency(TTFT, times(1)).result())));
        }

        @Test
        void anIntervalBeyondTheLimit_breaksIt() {
            BudgetOutcome outcome = gate("ttft p50 <= 105% of baseline", 1.2);

            assertThat(outcome.verdict()).isEqualTo(FAIL);
            assertThat(Figures.interval(outcome)).isEqualTo("95 % CI 109–132 %");
        }

        @Test
        void anIntervalThatHoldsTheLimit_decidesNothing() {
            assertThat(gate("ttft p50 <= 105% of baseline", 1.07))
                    .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                    .returns(
                            "with 95 % confidence the change may lie on either side of the limit; 161 ms against 150 ms of"
                                    + " release a (1 run of 2026-11-26); within this run: what differs from start to start is"
                                    + " not in it",
                            BudgetOutcome::reason);
        }

        @Test
        void anIntervalWithinTheLimit_passes_howeverSureTheChange() {
            assertThat(gate("ttft p95 <= 130% of baseline", 1.2).verdict()).isEqualTo(PASS);
        }

        @Test
        void aDemandedImprovement_mustBeMissedBeyondDoubt() {
            assertThat(gate("ttft p95 <= 90% of baseline", 1).verdict()).isEqualTo(FAIL);
            assertThat(gate("ttft p95 <= 90% of baseline", 0.905).verdict()).isEqualTo(INCONCLUSIVE);
            assertThat(gate("ttft p95 <= 90% of baseline", 0.8).verdict()).isEqualTo(PASS);
        }

        /** Newcombe's difference of 100 of 100 and 80 of 100, with exact limits. */
        @Test
        void aShareOfRequests_needsNoRuns() {
            LoadResult whole = requests(100, 0, 0).value(SUCCESS_RATE, 1).result();
            LoadResult failing = requests(80, 20, 0).value(SUCCESS_RATE, 0.8).result();
            LoadResult nearly = requests(98, 2, 0).value(SUCCESS_RATE, 0.98).result();

            assertThat(gate("success_rate >= 99% of baseline", failing, entry(run(whole))))
                    .returns(FAIL, BudgetOutcome::verdict)
                    .returns("95 % CI 71.1–87.6 %", Figures::interval);
            assertThat(gate("success_rate >= 99% of baseline", nearly, entry(run(whole)))
                            .verdict())
                    .isEqualTo(INCONCLUSIVE);
        }

        @Test
        void aNumberPerRun_takesFourRunsOnEachSide() {
            BaselineRun[] before = runs(1000, 1010, 990, 1005);
            BaselineRun[] now = runs(800, 810, 790, 805);
            LoadResult judged = requests(100, 0, 0).value(THROUGHPUT, 800).result();

            assertThat(gate("throughput >= 95% of baseline", judged, entry(before), now))
                    .returns(FAIL, BudgetOutcome::verdict)
                    .extracting(outcome -> Figures.interval(outcome))
                    .isEqualTo("95 % CI 78.1–82.0 %");
            assertThat(gate("throughput >= 95% of baseline", judged, entry(before[0]), now[0]))
                    .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                    .extracting(BudgetOutcome::reason)
                    .asString()
                    .startsWith(
                            "1 run of the baseline and 1 run now show nothing with 95 % confidence: `repeat` gives more");
        }

        private BaselineRun[] runs(double... throughput) {
            return Arrays.stream(throughput)
                    .mapToObj(value ->
                            run(requests(100, 0, 0).value(THROUGHPUT, value).result()))
                    .toArray(BaselineRun[]::new);
        }
    }

    @Nested
    class Called {
        private LevelVerdict judge(double factor, int runs) {
            LoadResult now = latency(TTFT, times(factor)).result();
            BaselineRun[] before = new BaselineRun[runs];
            Arrays.fill(before, run(latency(TTFT, times(1)).result()));
            BaselineReference reference =
                    new BaselineReference(Optional.of(entry(before)), "", NOW, Collections.nCopies(runs, run(now)));
            return Judge.judge(now, BudgetParser.parseList("ttft p95 <= 110% of baseline", "method"), reference);
        }

        @Test
        void withThreeRunsASide_anImprovement_isSaidBesideTheBudget_andInItsChange() {
            LevelVerdict level = judge(0.8, 3);

            assertThat(level.outcomes().get(0).reason()).endsWith("; improved");
            assertThat(level.changes())
                    .extracting(Change::name, Change::kind)
                    .containsExactly(tuple("ttft p50", Change.Kind.BETTER), tuple("ttft p95", Change.Kind.BETTER));
            assertThat(level.changes().get(1).fraction()).isEqualTo(-0.2, within(1e-9));
            assertThat(judge(1.2, 3).changes())
                    .extracting(Change::kind)
                    .containsExactly(Change.Kind.WORSE, Change.Kind.WORSE);
        }

        @ParameterizedTest
        @CsvSource({"1", "2"})
        void withFewer_aChangeIsWithinTheRun(int runs) {
            assertThat(judge(1.2, runs).changes())
                    .extracting(Change::kind)
                    .containsExactly(Change.Kind.WITHIN_RUN, Change.Kind.WITHIN_RUN);
        }
    }

    /** A hundred requests of which the slow ones come in one of twenty-five slices of time say less than a hundred. */
    @Test
    void requestsThatAreSlowTogether_makeAnIntervalWider() {
        double[] values = new double[100];
        int[] apart = new int[100];
        int[] together = new int[100];
        for (int i = 0; i < values.length; i++) {
            values[i] = (101 + i) * 1e6;
            apart[i] = i % 25;
            together[i] = i / 4;
        }
        BaselineEntry then = entry(run(latency(TTFT, times(1)).result()));

        double[] independent = judge(
                        "ttft p50 <= 110% of baseline",
                        requests(100, 0, 0)
                                .with(TTFT, Values.inTime(values, apart, new int[25]))
                                .result(),
                        then)
                .interval()
                .orElseThrow();
        double[] correlated = judge(
                        "ttft p50 <= 110% of baseline",
                        requests(100, 0, 0)
                                .with(TTFT, Values.inTime(values, together, new int[25]))
                                .result(),
                        then)
                .interval()
                .orElseThrow();
        assertThat(correlated[1] - correlated[0]).isGreaterThan(1.4 * (independent[1] - independent[0]));
    }

    @Test
    void withoutAConfidence_theIntervalStandsBesideTheVerdict() {
        BudgetOutcome outcome = judge(
                "ttft p95 <= 110% of baseline",
                latency(TTFT, times(1.11)).result(),
                entry(run(latency(TTFT, times(1)).result())));

        assertThat(outcome.verdict()).isEqualTo(FAIL);
        assertThat(Figures.interval(outcome)).startsWith("95 % CI 107–115 %");
        assertThat(outcome.reason()).endsWith("; within noise: the 95 % interval contains the limit");
    }
}
