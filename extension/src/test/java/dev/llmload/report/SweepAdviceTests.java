package dev.llmload.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.result.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One optimum: where the levels saturate below the highest that holds, that one is the capacity. */
class SweepAdviceTests {
    private static LevelVerdict holding(int users, double throughput) {
        return Levels.users(users)
                .succeeded(500)
                .throughput(throughput)
                .outcome("ttft p95 < 9 s", Verdict.PASS, 1.2, null, "")
                .judged();
    }

    private static List<String> advice(LevelVerdict... levels) {
        TestReport test = new TestReport("com.acme.ChatReleaseTest#chat", "chat()", List.of(levels), List.of());
        return new SweepAdvice(test, test.analysis()).sentences();
    }

    @Test
    void whereThroughputStillGrows_theHighestThatHoldsIsTheOptimum() {
        assertThat(advice(holding(8, 400), holding(16, 800)))
                .startsWith(
                        "optimum: 16 users, the highest level at which all budgets hold with at least 99 % success; it is"
                                + " the highest tested, so that the capacity may be higher",
                        "headroom: run it at 70–80 % of that, 11 to 12 users");
    }

    @Test
    void whereItNoLongerGrows_theOptimumIsWhereItSaturates() {
        assertThat(advice(holding(8, 400), holding(16, 800), holding(24, 810)))
                .startsWith(
                        "capacity: 24 users, the highest level at which all budgets hold with at least 99 % success; it is"
                                + " the highest tested, so that the capacity may be higher",
                        "optimum: 16 users, from which on more load adds latency and hardly any throughput")
                .noneMatch(sentence -> sentence.startsWith("headroom"))
                .filteredOn(sentence -> sentence.startsWith("optimum"))
                .hasSize(1);
    }
}
