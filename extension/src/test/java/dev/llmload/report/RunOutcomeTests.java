package dev.llmload.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.result.Verdict;
import dev.llmload.spi.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run came to as a whole, and the sentences that say it. */
class RunOutcomeTests {
    private static final LevelVerdict ONE = Levels.users(1)
            .outcome("ttft p95 < 1 s", Verdict.INCONCLUSIVE, 0.5, null, "few")
            .judged();
    private static final LevelVerdict TEN =
            Levels.users(10).measured("ttft p95 < 1500 ms").latency(80, 8, 0.2).judged();
    private static final LevelVerdict HUNDRED = Levels.hundredUsers().judged();

    private static TestReport test(LevelVerdict... levels) {
        return new TestReport("com.acme.ChatReleaseTest#chat", "chat()", List.of(levels), List.of());
    }

    @Test
    void theHeadline_namesTheGravestLevel_notTheFirstThatIsNoPass() {
        assertThat(Findings.sweep(test(ONE, HUNDRED))).isEqualTo("TTFT p95 breaks at 100 users");
        assertThat(Findings.sweep(test(ONE))).isEqualTo("TTFT p95 is inconclusive at 1 user");
    }

    @Test
    void theHeadline_saysWhatElseIsWrong_whereAllBudgetsHold() {
        LevelVerdict holding = Levels.users(10)
                .outcome("ttft p95 < 1500 ms", Verdict.PASS, 109, null, "")
                .judged();
        InvocationOutcome failed =
                InvocationOutcome.of(holding).and(List.of(new Cause(Cause.Kind.BODY, Status.FAIL, "no")), "no");

        assertThat(Findings.sweep(test(holding))).isEqualTo("All budgets hold at 10 users");
        assertThat(Findings.sweep(test(holding).with(List.of(failed))))
                .isEqualTo("All budgets hold at 10 users; but FAIL at 10 users");
    }

    @Test
    void theGravestDecides_andEachInvocationHasItsFirstReasonBeforeAnySecondOne() {
        RunOutcome run = RunOutcome.of(List.of(test(ONE, HUNDRED)));

        assertThat(run.headline()).isEqualTo("✘ FAIL: 1 FAIL, 1 INCONCLUSIVE");
        assertThat(run.reasons(2))
                .containsExactly(
                        "✘ ChatReleaseTest.chat @ 100 users: ttft p95 1620 ms, budget < 1500 ms, +8.0 %",
                        "? ChatReleaseTest.chat @ 1 user: ttft p95 0.500 s, budget < 1 s: few");
        assertThat(run.reasons(9)).hasSize(3);
    }

    @Test
    void aLongOrHostileAssertion_isOneLine() {
        Cause cause =
                new Cause(Cause.Kind.BODY, Status.FAIL, "\nExpecting:\n  5\r\nto be \u001B[31m7\n" + "x".repeat(900));

        assertThat(cause.sentence())
                .startsWith("Expecting: 5 to be ")
                .hasSize(600)
                .doesNotContain("\n", "\u001B");
    }

    @Test
    void whatIsSkippedBesideAPass_isNoReasonToDoubt() {
        InvocationOutcome skipped = new InvocationOutcome("20 users", Status.SKIPPED, "disabled");

        assertThat(test(TEN).with(List.of(skipped)).status()).isEqualTo(Status.of(TEN.verdict()));
        assertThat(new RunOutcome(List.of()).status()).isEqualTo(Status.SKIPPED);
    }
}
