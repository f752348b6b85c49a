package dev.llmload.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.Judge;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.report.console.ConsoleTable;
import dev.llmload.report.console.SummaryTable;
import dev.llmload.report.picture.TimelineChart;
import dev.llmload.result.Bias;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.ValidityCheck.Status;
import dev.llmload.result.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Two numbers or words that stand side by side do not contradict each other. */
class OneStoryTests {
    @Nested
    class FailuresOverTime {
        @Test
        void areThoseOfTheRequestsBesideThem_andTheOthersAreSaidApart() {
            Levels level = Levels.users(100).failed(Outcome.HTTP_5XX, 15, 500).failing(8, 13);

            assertThat(TimelineChart.svg(level.judged()))
                    .contains("15 failures in the window at 100 users, and 6 outside it, which are not counted")
                    .contains("500 requests, 97.0 % successful");
        }

        @Test
        void ofAWholeRun_areAllThere() {
            Levels level = Levels.users(100)
                    .wholeRun()
                    .failed(Outcome.HTTP_5XX, 15, 500)
                    .failing(15);

            assertThat(TimelineChart.svg(level.judged()))
                    .contains("15 failures at 100 users")
                    .doesNotContain("outside");
        }
    }

    @Nested
    class ABudgetWithoutASource {
        private final BudgetRule budget = BudgetParser.parse("tokens_per_joule >= 2 tok/J", "method", List.of(), 0);

        private LoadResult without(ValidityCheck check) {
            LoadResult result = Levels.users(10)
                    .absent(Metric.TOKENS_PER_JOULE, "no GPU telemetry was recorded")
                    .checked(check)
                    .result();
            assertThat(result.quantity(Metric.TOKENS_PER_JOULE)).matches(quantity -> !quantity.isPresent());
            return result;
        }

        @Test
        void isNotMeasured_alsoWhereTheClientWasTooSlow() {
            ValidityCheck slow = new ValidityCheck(
                    "client keeps up",
                    Status.BROKEN,
                    "it stood still",
                    Map.of(Metric.TTFT, Bias.UNKNOWN, Metric.TOKENS_PER_JOULE, Bias.UNKNOWN));

            BudgetOutcome outcome =
                    Judge.judge(without(slow), List.of(budget)).outcomes().get(0);

            assertThat(outcome.verdict()).isEqualTo(Verdict.NOT_MEASURED);
            assertThat(outcome.reason()).isEqualTo("no GPU telemetry was recorded");
        }

        @Test
        void isInconclusive_whereTheSourceItselfBroke() {
            ValidityCheck lost = new ValidityCheck(
                    "telemetry is whole", Status.BROKEN, "it ended", Map.of(Metric.TOKENS_PER_JOULE, Bias.UNKNOWN));

            BudgetOutcome outcome =
                    Judge.judge(without(lost), List.of(budget)).outcomes().get(0);

            assertThat(outcome.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(outcome.reason()).isEqualTo("telemetry is whole: it ended");
        }
    }

    @Nested
    class TheComparison {
        private final LevelVerdict broken = Levels.users(10)
                .outcome("ttft p95 < 90 ms", Verdict.FAIL, 101, null, "")
                .judged();

        private RunSummary run(List<BudgetOutcome> sweep) {
            String id = "com.acme.ChatReleaseTest#chat";
            TestReport report = new TestReport(id, "chat()", List.of(broken), List.of(), sweep, "");
            InvocationOutcome last = new InvocationOutcome("scaling 10 → 20 users", dev.llmload.spi.Status.PASS, "");
            return new RunSummary(
                    List.of(new RunSummary.Test(id, Optional.of(report), List.of(InvocationOutcome.of(broken), last))),
                    List.of());
        }

        @Test
        void thatJudgedNothing_isNoPass_butCountedApart() {
            assertThat(SummaryTable.render(run(List.of())))
                    .contains("1 test, 2 invocations", "1 FAIL, 1 comparison ")
                    .contains("· scaling 10 → 20 users    compared, no budget of its own")
                    .doesNotContain("PASS");
        }

        @Test
        void thatJudgedABudget_saysWhich() {
            BudgetRule budget = BudgetParser.parse("capacity >= 5 users", "method", List.of(), 0);
            BudgetOutcome holds = new BudgetOutcome(
                    budget, Verdict.PASS, OptionalDouble.of(10), Optional.empty(), "", OptionalDouble.empty());

            assertThat(SummaryTable.render(run(List.of(holds))))
                    .contains("1 FAIL, 1 PASS ")
                    .containsPattern("✔ scaling 10 → 20 users +PASS")
                    .contains("✔ capacity 10 users, budget >= 5 users");
        }
    }

    @Nested
    class SpeedsOfALevelWithFailures {
        @Test
        void rankThem_andSayWhichAreOfTheSuccesses() {
            String table = ConsoleTable.level(Levels.users(10)
                    .succeeded(40)
                    .failed(Outcome.HTTP_5XX, 60, 500)
                    .judged());

            assertThat(table)
                    .containsPattern("Per request  p50 failed; of successes avg \\d+\\.\\d tok/s, p50 \\d+\\.\\d tok/s")
                    .containsPattern("After first  p50 failed; of successes avg ");
        }

        @Test
        void withoutAny_areAsTheyWere() {
            assertThat(ConsoleTable.level(Levels.users(10).succeeded(40).judged()))
                    .containsPattern("Per request  avg \\d+\\.\\d tok/s, p50 \\d+\\.\\d tok/s");
        }
    }
}
