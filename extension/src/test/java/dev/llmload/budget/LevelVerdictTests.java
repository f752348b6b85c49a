package dev.llmload.budget;

import static dev.llmload.budget.Measured.latency;
import static dev.llmload.budget.Measured.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.result.Metric;
import dev.llmload.result.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a level comes to that is offered again. */
class LevelVerdictTests {
    private static LevelVerdict attempt(Verdict verdict) {
        return new LevelVerdict(latency(Metric.TTFT, upTo(1, 100)).result(), List.of(), verdict);
    }

    @Test
    void aFailedAttemptCounts_whateverComesAfterIt() {
        LevelVerdict failed = attempt(Verdict.FAIL);

        for (Verdict later : List.of(Verdict.PASS, Verdict.INCONCLUSIVE, Verdict.NOT_MEASURED)) {
            LevelVerdict both = attempt(later).after(failed, true);

            assertThat(both.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(both.result()).isSameAs(failed.result());
            assertThat(both.attempts()).containsExactly(Verdict.FAIL, later);
            assertThat(both.attempt()).isEqualTo(1);
        }
    }

    @Test
    void ofTwoFailedOnes_theLaterIsShown() {
        LevelVerdict last = attempt(Verdict.FAIL);
        LevelVerdict all = last.after(attempt(Verdict.FAIL), true);

        assertThat(all.result()).isSameAs(last.result());
        assertThat(all.attempt()).isEqualTo(2);
        assertThat(all.attemptsInWords()).isEqualTo("attempt 1 FAIL, attempt 2 FAIL: a failed attempt counts");
    }

    @Test
    void threeAttempts_keepTheirOrder() {
        LevelVerdict failed = attempt(Verdict.FAIL);
        LevelVerdict all = attempt(Verdict.PASS).after(attempt(Verdict.PASS).after(failed, true), true);

        assertThat(all.attempts()).containsExactly(Verdict.FAIL, Verdict.PASS, Verdict.PASS);
        assertThat(all.result()).isSameAs(failed.result());
        assertThat(all.attempt()).isEqualTo(1);
    }

    @Test
    void whatCouldNotBeTold_givesWayToALaterAttempt() {
        LevelVerdict passed = attempt(Verdict.PASS);
        LevelVerdict both = passed.after(attempt(Verdict.INCONCLUSIVE), false);

        assertThat(both.verdict()).isEqualTo(Verdict.PASS);
        assertThat(both.result()).isSameAs(passed.result());
        assertThat(both.attempt()).isEqualTo(2);
        assertThat(both.attemptsInWords())
                .isEqualTo("attempt 1 INCONCLUSIVE, attempt 2 PASS: the last one counts, as none failed");
    }

    @Test
    void anAttemptThatItsBodyFailed_counts_andTheNumbersAreOfTheLastOne() {
        LevelVerdict last = attempt(Verdict.PASS);
        LevelVerdict both = last.after(attempt(Verdict.PASS), true);

        assertThat(both.attempts()).containsExactly(Verdict.FAIL, Verdict.PASS);
        assertThat(both.attemptsInWords()).isEqualTo("attempt 1 FAIL, attempt 2 PASS: a failed attempt counts");
        assertThat(both.result()).isSameAs(last.result());
        assertThat(both.attempt()).isEqualTo(2);
    }

    @Test
    void oneAttempt_isNotTalkedOf() {
        assertThat(attempt(Verdict.FAIL).attempt()).isEqualTo(1);
        assertThat(attempt(Verdict.FAIL).attemptsInWords()).isEmpty();
    }
}
