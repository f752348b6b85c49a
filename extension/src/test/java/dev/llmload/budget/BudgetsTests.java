package dev.llmload.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.result.Level;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetsTests {
    private static Budget budget(String source, String text, String... at) {
        return BudgetParser.parse(text, source, List.of(at), 0);
    }

    @Nested
    class Merging {
        @Test
        void differentNumbersAddUp() {
            assertThat(Budgets.merge(List.of(
                            List.of(budget("file", "ttft p95 < 1 s")),
                            List.of(budget("class C", "ttft p99 < 1 s")),
                            List.of(budget("method", "e2e p95 < 1 s")))))
                    .extracting(Budget::source)
                    .containsExactly("file", "class C", "method");
        }

        @Test
        void nearerWinsForTheSameNumber_whateverItsLimit() {
            assertThat(Budgets.merge(List.of(
                            List.of(budget("file", "ttft p95 < 1 s")),
                            List.of(budget("class C", "ttft p95 < 2 s")),
                            List.of(budget("method", "ttft p95 <= 3 s")),
                            List.of(budget("key llmload.budgets", "ttft p95 < 9 s")))))
                    .containsExactly(budget("key llmload.budgets", "ttft p95 < 9 s"));
        }

        @Test
        void budgetsOfOneLayerStayBeside() {
            assertThat(Budgets.merge(List.of(List.of(
                            budget("method", "request_rate > 1 req/s"), budget("method", "request_rate < 9 req/s")))))
                    .hasSize(2);
        }

        @Test
        void nearerWinsAtItsLevelsOnly() {
            assertThat(Budgets.merge(List.of(
                            List.of(budget("file", "ttft p95 < 1 s", "10 users", "50 users")),
                            List.of(budget("method", "ttft p95 < 2 s", "50 users")))))
                    .containsExactly(
                            budget("file", "ttft p95 < 1 s", "10 users"),
                            budget("method", "ttft p95 < 2 s", "50 users"));
        }

        @Test
        void nearerForEveryLevelWinsAtEach() {
            assertThat(Budgets.merge(List.of(
                            List.of(budget("file", "ttft p95 < 1 s", "10 users")),
                            List.of(budget("key llmload.budgets", "ttft p95 < 2 s")))))
                    .containsExactly(budget("key llmload.budgets", "ttft p95 < 2 s"));
        }

        @Test
        void fartherForEveryLevelYieldsWhereTheNearerApplies() {
            List<Budget> merged = Budgets.merge(List.of(
                    List.of(budget("class C", "ttft p95 < 1 s")),
                    List.of(budget("method", "ttft p95 < 2 s", "100 users"))));

            assertThat(Budgets.forLevel(merged, Level.users(10), 0))
                    .containsExactly(budget("class C", "ttft p95 < 1 s"));
            assertThat(Budgets.forLevel(merged, Level.users(100), 0))
                    .containsExactly(budget("method", "ttft p95 < 2 s", "100 users"));
        }
    }

    @Nested
    class ForALevel {
        @Test
        void onlyItsOwnApply_andNoneOfTheSweep() {
            List<Budget> all = List.of(
                    budget("method", "ttft p95 < 1 s"),
                    budget("method", "ttft p95 < 2 s", "100 users"),
                    budget("method", "mfu > 1%", "10 users"),
                    budget("method", "capacity > 5 users"));

            assertThat(Budgets.forLevel(all, Level.users(100), 0))
                    .extracting(Budget::text)
                    .containsExactly("ttft p95 < 1 s", "ttft p95 < 2 s");
        }

        @Test
        void successRateIsImplied() {
            assertThat(Budgets.forLevel(List.of(), Level.users(1), 99))
                    .containsExactly(budget("implied", "success_rate >= 99 %"));
            assertThat(Budgets.forLevel(List.of(), Level.users(1), 99.5))
                    .extracting(Budget::text)
                    .containsExactly("success_rate >= 99.5 %");
        }

        @Test
        void successRateIsNotImpliedWhereOneIsDeclared() {
            List<Budget> declared = List.of(budget("method", "success_rate >= 90%", "10 users"));

            assertThat(Budgets.forLevel(declared, Level.users(10), 99)).isEqualTo(declared);
            assertThat(Budgets.forLevel(declared, Level.users(50), 99))
                    .extracting(Budget::source)
                    .containsExactly("implied");
        }

        @Test
        void zeroImpliesNothing() {
            assertThat(Budgets.forLevel(List.of(), Level.users(1), 0)).isEmpty();
        }

        @Test
        void anyPercentageCanBeImplied_moreThanAllCannot() {
            assertThat(Budgets.forLevel(List.of(), Level.users(1), 0.5))
                    .extracting(Budget::text)
                    .containsExactly("success_rate >= 0.5 %");
            assertThatThrownBy(() -> Budgets.forLevel(List.of(), Level.users(1), 100.1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("`minSuccess` must be a percentage up to 100, or 0 (off), but was 100.1");
        }
    }

    @Nested
    class StrictestPercentile {
        @Test
        void decidesAnOpenNumberOfRequests() {
            List<Budget> budgets = BudgetParser.parseList("ttft p95 < 1 s; e2e p90 < 1 s; mfu > 1%", "method");

            assertThat(Budgets.openRequests(budgets)).isEqualTo(200);
        }

        @Test
        void isExact() {
            assertThat(Budgets.openRequests(BudgetParser.parseList("e2e p90 < 1 s", "method")))
                    .isEqualTo(100);
            assertThat(Budgets.openRequests(BudgetParser.parseList("e2e p99 < 1 s", "method")))
                    .isEqualTo(1000);
            assertThat(Budgets.openRequests(BudgetParser.parseList("e2e p99.9 < 1 s", "method")))
                    .isEqualTo(10000);
        }

        @Test
        void lowerLimitCountsByItsLowerTail() {
            assertThat(Budgets.openRequests(
                            BudgetParser.parseList("output_speed p5 > 1 tok/s; ttft p90 < 1 s", "method")))
                    .isEqualTo(200);
        }

        @Test
        void thatNoRunCanReach_asksForAsManyAsThereAreNumbers() {
            assertThat(Budgets.openRequests(BudgetParser.parseList("ttft p99.99999999 < 1 s", "method")))
                    .isEqualTo(Integer.MAX_VALUE);
        }

        @ParameterizedTest
        @CsvSource({"ttft p90 < 1 s, 180", "ttft p95 < 1 s, 390", "ttft p99 < 1 s, 1960", "success_rate >= 99%, 1960"})
        void underAStatisticalGate_areAsManyAsItTakesToPassWell(String budget, int requests) {
            List<Budget> gated = Budgets.withConfidence(BudgetParser.parseList(budget, "method"), 0.95);

            assertThat(Budgets.openRequests(gated)).isEqualTo(requests);
        }

        @Test
        void withConfidence_isGivenToWhatHasAGateOnly() {
            List<Budget> budgets =
                    BudgetParser.parseList("ttft p95 < 1 s; ttft mean < 1 s; throughput > 1 tok/s", "method");

            assertThat(Budgets.withConfidence(budgets, 0.9))
                    .extracting(Budget::confidence)
                    .containsExactly(0.9, 0.0, 0.0);
        }

        @Test
        void otherStatisticsAndP100HaveNone() {
            List<Budget> budgets = BudgetParser.parseList("ttft p100 < 1 s; ttft max < 1 s; mfu > 1%", "method");

            assertThat(Budgets.openRequests(budgets)).isZero();
        }
    }
}
