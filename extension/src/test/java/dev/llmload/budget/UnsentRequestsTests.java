package dev.llmload.budget;

import static dev.llmload.budget.Measured.requests;
import static dev.llmload.budget.Measured.upTo;
import static dev.llmload.result.Verdict.FAIL;
import static dev.llmload.result.Verdict.INCONCLUSIVE;
import static dev.llmload.result.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a limit of the client's own machine kept from being sent: never the endpoint's failure. */
class UnsentRequestsTests {
    @Test
    void theSuccessRate_isUndecided_whereTheUnsentOnesCouldHaveTippedIt() {
        assertThat(requests(490, 10, 0).unsent(10).judge("success_rate >= 99%"))
                .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                .returns(
                        "10 of 500 requests could not be sent, because of a limit of this machine (CLIENT_LIMIT)",
                        BudgetOutcome::reason);
        assertThat(requests(490, 10, 0).unsent(5).judge("success_rate >= 99%").verdict())
                .isEqualTo(INCONCLUSIVE);
    }

    @Test
    void whatTheEndpointBrokeItself_isBroken_andWhatHoldsAllTheSame_holds() {
        assertThat(requests(400, 100, 0).unsent(10).judge("success_rate >= 99%").verdict())
                .isEqualTo(FAIL);
        assertThat(requests(498, 2, 0).unsent(2).judge("success_rate >= 99%").verdict())
                .isEqualTo(PASS);
    }

    @Test
    void aPercentileWhoseRankFallsOnAnUnsentRequest_isUndecided() {
        assertThat(requests(80, 20, 0)
                        .unsent(20)
                        .with(Metric.TTFT, upTo(1, 80))
                        .judge("ttft p95 < 1 s")
                        .verdict())
                .isEqualTo(INCONCLUSIVE);
        assertThat(requests(80, 20, 0)
                        .unsent(2)
                        .with(Metric.TTFT, upTo(1, 80))
                        .judge("ttft p95 < 1 s")
                        .verdict())
                .isEqualTo(FAIL);
        assertThat(requests(0, 20, 0).unsent(20).judge("ttft p95 < 1 s").verdict())
                .isEqualTo(INCONCLUSIVE);
    }

    @Test
    void aLevelThatCouldNotSendOneInAHundred_isNoPass() {
        assertThat(Judge.judge(requests(980, 20, 0).unsent(20).result(), List.of())
                        .verdict())
                .isEqualTo(INCONCLUSIVE);
        assertThat(Judge.judge(requests(990, 10, 0).unsent(10).result(), List.of())
                        .verdict())
                .isEqualTo(PASS);
    }
}
