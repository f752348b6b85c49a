package dev.llmload.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.analysis.Range;
import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.LevelRepeat;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.budget.Statistic;
import dev.llmload.budget.baseline.Change;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.report.Levels;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailureMessageTests {
    private static final Path RUN = Path.of("target/llm-load/2026-11-22T05-31-07Z");

    @Test
    void saysEverythingThatIsNeeded_inColumns() {
        assertThat(FailureMessage.render(Levels.hundredUsers().judged(), RUN)).isEqualTo("""
                        LLM load budget violated: ChatReleaseTest.chat @ 100 users
                          ✘ ttft p95          1620 ms    < 1500 ms    +8.0 %    95 % CI 1571–1702 ms
                          ✘ success_rate      97.0 %     >= 99 %      -2.0 pt   15 failed: 12× HTTP_5XX (503), 3× TIMEOUT_FIRST_TOKEN
                          1 budget holds   measurement error p99 0.6 ms
                          http://gpu-host:8000/v1/chat/completions, llama-3-8b, 500 requests, 40.1 s
                          report: target/llm-load/2026-11-22T05-31-07Z/""");
    }

    @Test
    void whatImprovedAgainstTheBaseline_andHowFarTheRunsAreApart_areSaid() {
        LevelVerdict once = Levels.hundredUsers().judged();
        Change faster = new Change(
                Metric.TTFT, Statistic.percentile(95), 200e6, 164e6, Optional.of(new Range(0.759, 0.89)), 0.95, 3);
        Change same = new Change(
                Metric.TPOT, Statistic.percentile(50), 20e6, 20.1e6, Optional.of(new Range(0.99, 1.02)), 0.95, 3);
        LevelVerdict several = new LevelVerdict(
                        once.result(), once.outcomes(), once.verdict(), List.of(), List.of(faster, same))
                .of(List.of(
                        new LevelRepeat(1, once.result(), Verdict.FAIL, true, ""),
                        new LevelRepeat(2, once.result(), Verdict.FAIL, false, "client keeps up (broken)")));

        assertThat(FailureMessage.render(several, RUN))
                .contains("  improved: ttft p95 -18.0 % (95 % CI -24.1 % to -11.0 %)\n")
                .contains(
                        "  the requests of 2 runs are judged together, but for what run 2 did not measure truly; all runs: ttft");
    }

    @Test
    void aValueAndItsBrokenLimit_neverLookAlike() {
        var level = Levels.users(10)
                .outcome("ttft p95 < 1500 ms", Verdict.FAIL, 1500.0004, null, "")
                .judged();

        assertThat(FailureMessage.render(level, RUN))
                .contains("✘ ttft p95          1500.0004 ms    < 1500 ms    +0.00003 %");
    }

    @Test
    void whereTheRankFallsOnAFailure_theSuccessesAreBeside() {
        var level = Levels.users(10)
                .failed(Outcome.TIMEOUT_TOTAL, 60, 0)
                .outcome(
                        "ttft p95 < 1500 ms",
                        "method",
                        Verdict.FAIL,
                        Double.NaN,
                        null,
                        "rank 518 of 545 falls on a failed request (60 failed)",
                        1544.6)
                .judged();

        assertThat(FailureMessage.render(level, RUN))
                .contains(
                        "✘ ttft p95          failed     < 1500 ms    rank 518 of 545 falls on a failed request (60 failed); of the successes\n"
                                + "      alone 1545 ms\n  60 failed: 60× TIMEOUT_TOTAL\n");
    }

    @Test
    void inconclusive_saysSoAndWhy() {
        var level = Levels.users(10)
                .outcome(
                        "ttft p99 < 1500 ms",
                        Verdict.INCONCLUSIVE,
                        1320.0,
                        null,
                        "50 values are too few to judge ttft p99: it takes 100")
                .check("load was what it claims", ValidityCheck.Status.BROKEN, "8.1 of 10 users in session")
                .judged();

        assertThat(FailureMessage.render(level, RUN))
                .startsWith("LLM load inconclusive: ChatReleaseTest.chat @ 10 users")
                .contains(
                        "\n  ? ttft p99          1320 ms    < 1500 ms    50 values are too few to judge ttft p99: it takes 100\n")
                .contains("\n  ! load was what it claims: 8.1 of 10 users in session\n");
    }

    @Test
    void notMeasured_hasNoValueButAReason() {
        var level = Levels.users(10)
                .outcome("mfu >= 12 %", Verdict.NOT_MEASURED, Double.NaN, null, "the GPU is on another host: set dcgm")
                .judged();

        assertThat(FailureMessage.render(level, RUN))
                .startsWith("LLM load budget not measured: ")
                .contains(
                        "\n  – mfu               not measured    >= 12 %      the GPU is on another host: set dcgm\n");
    }

    @Test
    void anImpliedBudget_isMarked_andSeveralStatusesAreListed() {
        var level = Levels.users(10)
                .succeeded(50)
                .failed(Outcome.HTTP_4XX, 2, 404)
                .failed(Outcome.RATE_LIMITED, 5, 429)
                .failed(Outcome.HTTP_5XX, 3, 502)
                .cut(1)
                .outcome("success_rate >= 99 %", "implied", Verdict.FAIL, 83.3, null, "", Double.NaN)
                .judged();

        assertThat(FailureMessage.render(level, RUN).replaceAll("\\n +", " "))
                .contains("10 failed: 5× RATE_LIMITED, 3× HTTP_5XX (502), 2× HTTP_4XX (404), 1 cut off; implied");
    }

    @Test
    void whatIsBroken_comesFirst() {
        var level = Levels.users(10)
                .outcome("mfu >= 12 %", Verdict.NOT_MEASURED, Double.NaN, null, "no GPU")
                .outcome("e2e p95 < 5 s", Verdict.PASS, 1.2, null, "")
                .outcome("ttft p95 < 90 ms", Verdict.FAIL, 101, null, "")
                .judged();

        assertThat(FailureMessage.render(level, RUN).lines().skip(1).map(line -> line.substring(0, 7)))
                .containsExactly("  ✘ ttf", "  – mfu", "  1 bud", "  http:", "  repor");
    }

    @Test
    void amongTheBroken_whatOnlyShowsThatRequestsFailed_comesLast() {
        var level = Levels.users(10)
                .failed(Outcome.HTTP_5XX, 60, 500)
                .outcome("ttft p95 < 1500 ms", "method", Verdict.FAIL, Double.NaN, null, "rank 518 of 545", 102)
                .outcome("success_rate >= 99 %", Verdict.FAIL, 89.0, null, "")
                .judged();

        assertThat(FailureMessage.render(level, RUN).lines().skip(1).map(line -> line.substring(0, 7)))
                .containsExactly("  ✘ suc", "  ✘ ttf", "  measu", "  repor");
    }

    @Test
    void anEndThatTheSampleDoesNotBound_isLeftOut() {
        double[] open = {98.5, Double.POSITIVE_INFINITY};
        double[] none = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        var level = Levels.users(10)
                .failed(Outcome.TIMEOUT_TOTAL, 60, 0)
                .outcome("ttft p95 < 800 ms", Verdict.INCONCLUSIVE, 102, open, "few")
                .outcome("e2e p95 < 5 s", "method", Verdict.FAIL, Double.NaN, none, "rank 518 of 545 failed", 1.2)
                .judged();

        assertThat(FailureMessage.render(level, RUN))
                .contains("95 % CI from 98.5 ms; few\n", "rank 518 of 545 failed; of the successes alone 1.20 s\n");
    }

    @Test
    void aBudgetFromElsewhereThanTheMethod_saysFromWhere() {
        var level = Levels.users(10)
                .outcome("ttft p95 < 90 ms", "key llmload.budgets", Verdict.FAIL, 101, null, "", Double.NaN)
                .judged();

        assertThat(FailureMessage.render(level, RUN)).contains("< 90 ms      +12.2 %   from key llmload.budgets\n");
    }

    @Test
    void theStatusOfAStreamThatStalled_isNoServerError() {
        var level = Levels.users(10)
                .failed(Outcome.HTTP_5XX, 9, 500)
                .failed(Outcome.TIMEOUT_STALLED, 4, 200)
                .outcome("ttft p95 < 90 ms", Verdict.FAIL, 101, null, "")
                .judged();

        assertThat(FailureMessage.render(level, RUN)).contains("13 failed: 9× HTTP_5XX (500), 4× TIMEOUT_STALLED\n");
    }

    @Test
    void aClientThatDoesNotKeepUp_hasItsOwnLine() {
        var level = Levels.users(10)
                .client(ValidityCheck.Status.BROKEN, "the loop delay p99 is above 10 ms (loop delay p99 30 ms)")
                .outcome("ttft p95 < 90 ms", Verdict.FAIL, 101, null, "")
                .judged();

        assertThat(FailureMessage.render(level, RUN))
                .contains("\n  ! client keeps up: the loop delay p99 is above 10 ms (loop delay p99 30 ms)\n")
                .doesNotContain("client keeps up (");
    }

    @Test
    void aClientThatOnlyMayHaveBeenTooSlow_isSaidBesideTheMeasurementError() {
        var level = Levels.users(10).outcome("ttft p95 < 90 ms", Verdict.FAIL, 101, null, "");

        assertThat(FailureMessage.render(level.judged(), RUN))
                .contains("\n  measurement error p99 0.6 ms   http")
                .doesNotContain("keeps up");
        level.client(ValidityCheck.Status.WARNING, "up to 30 of 101 ms of ttft p95 may be the client's own: …");
        assertThat(FailureMessage.render(level.sentinel(4100).judged(), RUN))
                .contains("\n  measurement error p99 4.1 ms, client keeps up (warning)\n  http");
        assertThat(FailureMessage.render(level.withoutSentinel().judged(), RUN))
                .contains("\n  client keeps up (warning)   http")
                .doesNotContain("measurement error");
    }

    @Test
    void simulatedAndShortRuns_areMarked() {
        var level = Levels.users(1)
                .simulated()
                .wholeRun()
                .succeeded(1)
                .outcome("ttft p50 < 1 s", Verdict.FAIL, 1.2, null, "")
                .judged();

        assertThat(FailureMessage.render(level, RUN).lines())
                .startsWith("LLM load budget violated: ChatReleaseTest.chat @ 1 user")
                .contains(
                        "  SIMULATED, http://gpu-host:8000/v1/chat/completions, llama-3-8b, 1 request, 40.1 s, whole run");
    }

    @Test
    void isAtMost120ColumnsWide_whateverIsInIt() {
        String long1 = "the limit lies within what is not known of ".repeat(12);
        var level = Levels.users(10)
                .failed(Outcome.HTTP_5XX, 60, 500)
                .outcome("ttft p95 < 1500 ms", Verdict.INCONCLUSIVE, 1320.0, null, long1)
                .outcome("success_rate >= 99 %", Verdict.FAIL, 89.0, null, "x".repeat(300))
                .outcome("e2e p95 < 5 s", Verdict.PASS, 1.2, null, long1)
                .check("load was what it claims", ValidityCheck.Status.BROKEN, long1)
                .judged();
        BudgetRule removed = BudgetParser.parse("ttft p95 < 1 s", "method", List.of("3 users"), 0);

        String message = FailureMessage.render(level, List.of(removed), RUN);

        assertThat(message.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
        assertThat(message)
                .contains("\n  – ttft p95 < 1 s at 3 users: not measured, a key removed that level\n")
                .contains("\n  1 budget holds   ")
                .doesNotContain("✔", "e2e p95");
        assertThat(message.replaceAll("\\n +", " ")).contains(long1.strip());
    }
}
