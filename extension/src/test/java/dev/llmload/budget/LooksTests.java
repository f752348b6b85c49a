package dev.llmload.budget;

import static dev.llmload.budget.Measured.latency;
import static dev.llmload.budget.Measured.requests;
import static dev.llmload.result.Metric.TTFT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.baseline.BaselineReference;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.result.LoadResult;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a level goes on, look by look. */
class LooksTests {
    private static Looks looks(double confidence, int planned, String... budgets) {
        return new Looks(
                List.of(budgets).stream()
                        .map(text -> BudgetParser.parse(text, "method", List.of(), confidence))
                        .toList(),
                planned);
    }

    private static int look(Looks looks, LoadResult soFar) {
        return looks.wanted(soFar, BaselineReference.none("none"));
    }

    /** So many of so many beyond 1 s. */
    private static LoadResult beyond(int slow, int of) {
        double[] values = new double[of];
        Arrays.fill(values, 500);
        Arrays.fill(values, 0, slow, 2000);
        return latency(TTFT, values).result();
    }

    @Nested
    class WithAConfidence {
        // at 97.5 %: 500 requests pass with 15 beyond a p95, and fail with 36
        @ParameterizedTest
        @CsvSource({"0, 0", "15, 0", "16, 750", "35, 750", "36, 0"})
        void itGoesOnWhileABudgetIsBetweenPassAndFail(int slow, int wanted) {
            assertThat(look(looks(0.95, 500, "ttft p95 < 1 s"), beyond(slow, 500)))
                    .isEqualTo(wanted);
        }

        @Test
        void eachLookHasHalfAsManyAgain_andSpendsItsPartOfTheError() {
            Looks looks = looks(0.95, 500, "ttft p95 < 1 s");

            assertThat(looks.spent().get(0).confidence()).isEqualTo(0.975);
            assertThat(look(looks, beyond(25, 500))).isEqualTo(750);
            assertThat(looks.spent().get(0).confidence()).isEqualTo(0.9875);
            assertThat(look(looks, beyond(37, 750))).isEqualTo(1125);
            assertThat(look(looks, beyond(56, 1125))).isEqualTo(1688);
            assertThat(look(looks, beyond(40, 1688))).isZero();
            assertThat(looks.spent().get(0).confidence()).isEqualTo(1 - 0.05 / 16);
            assertThat(looks.inWords())
                    .isEqualTo("sampling until it is decided: look 1, 500 requests: ttft p95 0.500 s undecided;"
                            + " look 2, 750 requests: ttft p95 0.500 s undecided;"
                            + " look 3, 1125 requests: ttft p95 0.500 s undecided; look 4, 1688 requests: decided");
        }

        @Test
        void whatNoRequestsDecide_isNotWaitedFor() {
            assertThat(look(looks(0.95, 500, "e2e p95 < 1 s"), beyond(25, 500))).isZero();
            assertThat(look(looks(0.95, 500, "throughput >= 1 tok/s"), beyond(25, 500)))
                    .isZero();
            assertThat(look(looks(0.95, 500, "ttft p95 <= 110% of baseline"), beyond(25, 500)))
                    .isZero();
        }

        @Test
        void oneBrokenBudget_decidesTheLevel() {
            Looks looks = looks(0.95, 500, "ttft p95 < 1 s", "ttft p50 < 10 ms");

            assertThat(look(looks, beyond(25, 500))).isZero();
            assertThat(looks.inWords()).endsWith("look 1, 500 requests: a budget is broken");
        }

        @Test
        void decidedAtOnce_thereIsNothingToSay() {
            Looks looks = looks(0.95, 500, "ttft p95 < 1 s");

            look(looks, beyond(0, 500));
            assertThat(looks.inWords()).isEmpty();
        }
    }

    @Nested
    class Plain {
        // of 200, the 95 % interval of a p95 are the values at ranks 184 and 197
        @ParameterizedTest
        @CsvSource({"3, 0", "4, 300", "10, 300", "11, 300", "16, 300", "17, 0"})
        void anIntervalThatContainsTheLimit_takesMore_passAndFailAlike(int slow, int wanted) {
            assertThat(look(looks(0, 200, "ttft p95 < 1 s"), beyond(slow, 200))).isEqualTo(wanted);
        }

        @Test
        void threeTimesThePlannedRequests_areTheEnd() {
            Looks looks = looks(0, 200, "ttft p95 < 1 s");

            assertThat(look(looks, beyond(10, 200))).isEqualTo(300);
            assertThat(look(looks, beyond(15, 300))).isEqualTo(450);
            assertThat(look(looks, beyond(22, 450))).isEqualTo(600);
            assertThat(look(looks, beyond(30, 600))).isZero();
        }

        @Test
        void withoutAnyFailure_aSuccessRateIsNoDoubt() {
            assertThat(look(
                            looks(0, 50, "success_rate >= 99%"),
                            requests(50, 0, 0).result()))
                    .isZero();
            assertThat(look(
                            looks(0, 200, "success_rate >= 99%"),
                            requests(199, 1, 0).result()))
                    .isEqualTo(300);
        }
    }

    @ParameterizedTest
    @CsvSource({"ttft p95 < 1 s, true", "success_rate >= 99%, true", "ttft mean < 1 s, false", "mfu >= 12%, false"})
    void sharesOfRequestsTakeMoreRequests_otherNumbersDoNot(String budget, boolean matter) {
        assertThat(Looks.matter(BudgetParser.parseList(budget, "method"))).isEqualTo(matter);
    }
}
