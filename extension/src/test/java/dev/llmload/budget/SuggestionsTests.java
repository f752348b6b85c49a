package dev.llmload.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.Bias;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTests {
    private static List<String> of(Measured level) {
        return Suggestions.of(level.result()).stream().map(BudgetRule::text).toList();
    }

    private static Measured latencies(int count) {
        return Measured.latency(Metric.TTFT, Measured.upTo(1, count));
    }

    @Test
    void aLatencyGetsATenth_roundedUpToTwoDigits() {
        assertThat(of(latencies(100))).contains("ttft p95 < 110 ms"); // 95 · 1.1 = 104.5
        assertThat(of(Measured.latency(Metric.TTFT, 1000, 1000))).contains("ttft p50 < 1100 ms"); // exactly
        assertThat(of(Measured.latency(Metric.TTFT, 1.001, 1.001))).contains("ttft p50 < 1.2 ms"); // 1.1011
    }

    @Test
    void whatIsBetterWhenHigher_getsATenthBelow_roundedDown() {
        assertThat(of(latencies(100).value(Metric.THROUGHPUT, 1457.8))).contains("throughput >= 1300 tok/s"); // 1312
        assertThat(of(latencies(100).value(Metric.MFU, 0.156))).contains("mfu >= 14 %"); // 14.04
        assertThat(of(latencies(100).value(Metric.TOKENS_PER_JOULE, 5.67)))
                .contains("tokens_per_joule >= 5.1 tok/J"); // 5.103
    }

    @Test
    void costsGetATenthAbove() {
        assertThat(of(latencies(100).value(Metric.COST_PER_MILLION, 0.52))).contains("cost_per_million < 0.58 $");
    }

    @Test
    void thePercentileIsTheHighestThatTheRequestsCanDecide() {
        assertThat(of(latencies(20))).contains("ttft p95 < 21 ms"); // rank 19
        assertThat(of(latencies(19))).contains("ttft p90 < 20 ms"); // rank 18
        assertThat(of(latencies(9))).contains("ttft p50 < 5.5 ms"); // rank 5
    }

    @Test
    void aPercentileOnAFailedRequest_isNotSuggested() {
        assertThat(of(Measured.requests(94, 6, 0).with(Metric.TTFT, Measured.upTo(1, 94))))
                .containsExactly("ttft p90 < 99 ms"); // and no success rate below 95 %
    }

    @Test
    void aSuccessRateMayLoseTwiceWhatItLost_butAtLeast1Percent() {
        assertThat(of(Measured.requests(1000, 0, 0))).containsExactly("success_rate >= 99 %");
        assertThat(of(Measured.requests(996, 4, 0))).containsExactly("success_rate >= 99 %");
        assertThat(of(Measured.requests(990, 10, 0))).containsExactly("success_rate >= 98 %");
        assertThat(of(Measured.requests(975, 25, 0))).containsExactly("success_rate >= 95 %");
        assertThat(of(Measured.requests(974, 26, 0))).isEmpty();
    }

    @Test
    void whatABrokenCheckMakesUncertain_isNotSuggested() {
        Measured doubtful = latencies(100)
                .value(Metric.THROUGHPUT, 1457.8)
                .broken("load was what it claims", "88 of 100 users", Metric.TTFT, Bias.DOWN);
        assertThat(of(doubtful)).contains("throughput >= 1300 tok/s").noneMatch(text -> text.startsWith("ttft"));
    }

    @Test
    void anUpperBoundIsNoValue() {
        assertThat(of(latencies(100).with(Metric.MFU, Quantity.atMost(Metric.MFU, 0.156))))
                .noneMatch(text -> text.startsWith("mfu"));
    }

    @Test
    void everySuggestion_holdsAtTheVeryResult() {
        LoadResult result = latencies(200)
                .with(Metric.TPOT, Measured.upTo(1, 200))
                .with(Metric.E2E, Measured.upTo(1000, 1199))
                .value(Metric.THROUGHPUT, 99.99)
                .value(Metric.COST_PER_MILLION, 0.0099)
                .result();
        List<BudgetRule> budgets = Suggestions.of(result);
        assertThat(budgets).hasSize(6);
        assertThat(Judge.judge(result, budgets).outcomes())
                .allSatisfy(outcome -> assertThat(outcome.verdict()).isEqualTo(Verdict.PASS));
    }
}
