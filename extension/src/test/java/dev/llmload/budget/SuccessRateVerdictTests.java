package dev.llmload.budget;

import static dev.llmload.budget.Measured.requests;
import static dev.llmload.result.Verdict.FAIL;
import static dev.llmload.result.Verdict.INCONCLUSIVE;
import static dev.llmload.result.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SuccessRateVerdictTests {
    @Test
    void wholeNumbersAreCompared() {
        assertThat(requests(495, 5, 0).judge("success_rate >= 99%").verdict()).isEqualTo(PASS);
        assertThat(requests(494, 6, 0).judge("success_rate >= 99%").verdict()).isEqualTo(FAIL);
        assertThat(requests(999, 1, 0).judge("success_rate >= 99.9%").verdict()).isEqualTo(PASS);
        // in doubles 0.07 · 100 is above 7
        assertThat(requests(7, 93, 0).judge("success_rate >= 7%").verdict()).isEqualTo(PASS);
        assertThat(requests(2, 1, 0).judge("success_rate >= 66.6666666666667%").verdict())
                .isEqualTo(FAIL);
        assertThat(requests(2, 1, 0).judge("success_rate >= 66.6666666666666%").verdict())
                .isEqualTo(PASS);
    }

    @Test
    void equalityNeedsAComparatorThatIncludesIt() {
        BudgetOutcome outcome = requests(99, 1, 0).judge("success_rate > 99%");

        assertThat(outcome.verdict()).isEqualTo(FAIL);
        assertThat(outcome.reason()).startsWith("equals the limit, which > does not include");
    }

    @Test
    void valueAndIntervalAreInPercent() {
        BudgetOutcome outcome = requests(495, 5, 0).judge("success_rate >= 90%");

        assertThat(outcome.actual()).hasValue(99);
        assertThat(outcome.interval().orElseThrow()[0]).isEqualTo(97.6819, within(0.0001));
        assertThat(outcome.interval().orElseThrow()[1]).isEqualTo(99.6745, within(0.0001));
        assertThat(outcome.reason()).isEmpty();
    }

    @Test
    void limitInsideTheIntervalIsWithinNoise() {
        assertThat(requests(100, 0, 0).judge("success_rate >= 99%"))
                .returns(PASS, BudgetOutcome::verdict)
                .returns("within noise: the 95 % interval contains the limit", BudgetOutcome::reason);
        // 500 of 500: the lower end is 99.26 %
        assertThat(requests(500, 0, 0).judge("success_rate >= 99%").reason()).isEmpty();
    }

    @Test
    void whatWasCutIsInNoRate() {
        BudgetOutcome outcome = requests(495, 0, 5).judge("success_rate >= 100%");

        assertThat(outcome.verdict()).isEqualTo(PASS);
        assertThat(outcome.actual()).hasValue(100);
    }

    @Test
    void moreThanOnePercentCutIsInconclusive_unlessItCouldNotMatter() {
        assertThat(requests(494, 0, 6).judge("success_rate >= 99%"))
                .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                .returns("6 of 500 requests were cut off, more than 1 %", BudgetOutcome::reason);
        assertThat(requests(494, 0, 6).judge("success_rate >= 98%").verdict()).isEqualTo(PASS);
        assertThat(requests(400, 94, 6).judge("success_rate >= 90%").verdict()).isEqualTo(FAIL);
        assertThat(requests(444, 50, 6).judge("success_rate >= 90%").verdict()).isEqualTo(INCONCLUSIVE);
    }

    @Test
    void nothingEndedIsInconclusive() {
        assertThat(requests(0, 0, 0).judge("success_rate >= 99%"))
                .returns(INCONCLUSIVE, BudgetOutcome::verdict)
                .returns("no request was attempted", BudgetOutcome::reason);
        assertThat(requests(0, 0, 3).judge("success_rate >= 99%").reason())
                .isEqualTo("no request ended: all 3 were cut off");
    }

    @Test
    void confidenceJudgesTheBound() {
        // lower bounds at one-sided 95 %: 500 of 500 99.40 %, 495 of 500 97.91 %
        assertThat(requests(500, 0, 0).judge("success_rate >= 99%", 0.95).verdict())
                .isEqualTo(PASS);
        BudgetOutcome open = requests(495, 5, 0).judge("success_rate >= 99%", 0.95);
        assertThat(open.verdict()).isEqualTo(INCONCLUSIVE);
        assertThat(open.reason())
                .isEqualTo("495 of 500 succeeded: with 95 % confidence at least 97.9 %, at most 99.6 %");
        assertThat(requests(470, 30, 0).judge("success_rate >= 99%", 0.95).verdict())
                .isEqualTo(FAIL);
    }
}
