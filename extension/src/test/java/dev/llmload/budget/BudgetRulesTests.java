package dev.llmload.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.result.Level;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetRulesTests {
    private static BudgetRule budget(String source, String text, String... at) {
        return BudgetParser.parse(text, source, List.of(at), 0);
    }

    @Nested
    class Merging {
        @Test
        void differentNumbersAddUp() {
            assertThat(BudgetRules.merge(List.of(
                            List.of(budget("file", "ttft p95 < 1 s")),
                            List.of(budget("class C", "ttft p99 < 1 s")),
                            List.of(budget("method", "e2e p95 < 1 s")))))
                    .extracting(BudgetRule::source)
                    .containsExactly("file", "class C", "method");
        }

        @Test
        void nearerWinsForTheSameNumber_whateverItsLimit() {
            assertThat(BudgetRules.merge(List.of(
                            List.of(budget("file", "ttft p95 < 1 s")),
                            List.of(budget("class C", "ttft p95 < 2 s")),
                            List.of(budget("method", "ttft p95 <= 3 s")),
                            List.of(budget("key llmload.budgets", "ttft p95 < 9 s")))))
                    .containsExactly(budget("key llmload.budgets", "ttft p95 < 9 s"));
        }

        @Test
        void budgetsOfOneLayerStayBeside() {
            assertThat(BudgetRules.merge(List.of(List.of(
                            budget("method", "request_rate > 1 req/s"), budget("method", "request_rate < 9 req/s")))))
                    .hasSize(2);
        }

        @Test
        void nearerWinsAtItsLevelsOnly() {
            assertThat(BudgetRules.merge(List.of(
                            List.of(budget("file", "ttft p95 < 1 s", "10 users", "50 users")),
                            List.of(budget("method", "ttft p95 < 2 s", "50 users")))))
                    .containsExactly(
                            budget("file", "ttft p95 < 1 s", "10 users"),
                            budget("method", "ttft p95 < 2 s", "50 users"));
        }

        @Test
        void nearerForEveryLevelWinsAtEach() {
            assertThat(BudgetRules.merge(List.of(
                            List.of(budget("file", "ttft p95 < 1 s", "10 users")),
                            List.of(budget("key llmload.budgets", "ttft p95 < 2 s")))))
                    .containsExactly(budget("key llmload.budgets", "ttft p95 < 2 s"));
        }

        @Test
        void fartherForEveryLevelYieldsWhereTheNearerApplies() {
            List<BudgetRule> merged = BudgetRules.merge(List.of(
                    List.of(budget("class C", "ttft p95 < 1 s")),
                    List.of(budget("method", "ttft p95 < 2 s", "100 users"))));

            assertThat(BudgetRules.forLevel(merged, Level.users(10), 0))
                    .containsExactly(budget("class C", "ttft p95 < 1 s"));
            assertThat(BudgetRules.forLevel(merged, Level.users(100), 0))
                    .containsExactly(budget("method", "ttft p95 < 2 s", "100 users"));
        }
    }

    @Nested
    class ForALevel {
        @Test
        void onlyItsOwnApply_andNoneOfTheSweep() {
            List<BudgetRule> all = List.of(
                    budget("method", "ttft p95 < 1 s"),
                    budget("method", "ttft p95 < 2 s", "100 users"),
                    budget("method", "mfu > 1%", "10 users"),
                    budget("method", "capacity > 5 users"));

            assertThat(BudgetRules.forLevel(all, Level.users(100), 0))
                    .extracting(BudgetRule::text)
                    .containsExactly("ttft p95 < 1 s", "ttft p95 < 2 s");
        }

        @Test
        void successRateIsImplied() {
            assertThat(BudgetRules.forLevel(List.of(), Level.users(1), 99))
                    .containsExactly(budget("implied", "success_rate >= 99 %"));
            assertThat(BudgetRules.forLevel(List.of(), Level.users(1), 99.5))
                    .extracting(BudgetRule::text)
                    .containsExactly("success_rate >= 99.5 %");
        }

        @Test
        void successRateIsNotImpliedWhereOneIsDeclared() {
            List<BudgetRule> declared = List.of(budget("method", "success_rate >= 90%", "10 users"));

            assertThat(BudgetRules.forLevel(declared, Level.users(10), 99)).isEqualTo(declared);
            assertThat(BudgetRules.forLevel(declared, Level.users(50), 99))
                    .extracting(BudgetRule::source)
                    .containsExactly("implied");
        }

        @Test
        void zeroImpliesNothing() {
            assertThat(BudgetRules.forLevel(List.of(), Level.users(1), 0)).isEmpty();
        }

        @Test
        void anyPercentageCanBeImplied_moreThanAllCannot() {
            assertThat(BudgetRules.forLevel(List.of(), Level.users(1), 0.5))
                    .extracting(BudgetRule::text)
                    .containsExactly("success_rate >= 0.5 %");
            assertThatThrownBy(() -> BudgetRules.forLevel(List.of(), Level.users(1), 100.1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("`minSuccess` must be a percentage up to 100, or 0 (off), but was 100.1");
        }
    }

    @Nested
    class StrictestPercentile {
        @Test
        void decidesAnOpenNumberOfRequests() {
            List<BudgetRule> budgets = BudgetParser.parseList("ttft p95 < 1 s; e2e p90 < 1 s; mfu > 1%", "method");

            assertThat(BudgetRules.openRequests(budgets)).isEqualTo(200);
        }

        @Test
        void isExact() {
            assertThat(BudgetRules.openRequests(BudgetParser.parseList("e2e p90 < 1 s", "method")))
                    .isEqualTo(100);
            assertThat(BudgetRules.openRequests(BudgetParser.parseList("e2e p99 < 1 s", "method")))
                    .isEqualTo(1000);
            assertThat(BudgetRules.openRequests(BudgetParser.parseList("e2e p99.9 < 1 s", "method")))
                    .isEqualTo(10000);
        }

        @Test
        void lowerLimitCountsByItsLowerTail() {
            assertThat(BudgetRules.openRequests(
                            BudgetParser.parseList("output_speed p5 > 1 tok/s; ttft p90 < 1 s", "method")))
                    .isEqualTo(200);
        }

        @Test
        void thatNoRunCanReach_asksForAsManyAsThereAreNumbers() {
            assertThat(BudgetRules.openRequests(BudgetParser.parseList("ttft p99.99999999 < 1 s", "method")))
                    .isEqualTo(Integer.MAX_VALUE);
        }

        @ParameterizedTest
        @CsvSource({"ttft p90 < 1 s, 180", "ttft p95 < 1 s, 390", "ttft p99 < 1 s, 1960", "success_rate >= 99%, 1960"})
        void underAStatisticalGate_areAsManyAsItTakesToPassWell(String budget, int requests) {
            List<BudgetRule> gated = BudgetRules.withConfidence(BudgetParser.parseList(budget, "method"), 0.95);

            assertThat(BudgetRules.openRequests(gated)).isEqualTo(requests);
        }

        @Test
        void withConfidence_isGivenToWhatHasAGateOnly() {
            List<BudgetRule> budgets =
                    BudgetParser.parseList("ttft p95 < 1 s; ttft mean < 1 s; throughput > 1 tok/s", "method");

            assertThat(BudgetRules.withConfidence(budgets, 0.9))
                    .extracting(BudgetRule::confidence)
                    .containsExactly(0.9, 0.0, 0.0);
        }

        @Test
        void otherStatisticsAndP100HaveNone() {
            List<BudgetRule> budgets = BudgetParser.parseList("ttft p100 < 1 s; ttft max < 1 s; mfu > 1%", "method");

            assertThat(BudgetRules.openRequests(budgets)).isZero();
        }
    }
}
