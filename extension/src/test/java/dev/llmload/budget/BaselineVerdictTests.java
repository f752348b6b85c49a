package dev.llmload.budget;

import static dev.llmload.budget.Measured.latency;
import static dev.llmload.budget.Measured.requests;
import static dev.llmload.budget.Measured.upTo;
import static dev.llmload.result.Metric.E2E;
import static dev.llmload.result.Metric.THROUGHPUT;
import static dev.llmload.result.Metric.TTFT;
import static dev.llmload.result.Verdict.FAIL;
import static dev.llmload.result.Verdict.INCONCLUSIVE;
import static dev.llmload.result.Verdict.NOT_MEASURED;
import static dev.llmload.result.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.result.Bias;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Budgets "of baseline": what may be compared, and what comes of it. */
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
        return new BaselineRun(run.at(), run.requests(), prompt, output, run.values(), run.distributions());
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
                .isEqualTo("234 ms against 195 ms of release a (1 run of 2026-11-26)");
    }

    @Test
    void ofSeveralRuns_theMediansAreCompared_andTheSpreadIsShown() {
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
                .isEqualTo("205 ms (199–293) against 195 ms (176–585) of release a (3 runs, newest 2026-11-26)");
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
                .containsExactly("against the baseline, release a (1 run of 2026-11-26), changed: release a → b:"
                        + " better throughput +10.0 %; worse ttft p50 +20.0 %, ttft p95 +20.0 %");
    }
}
