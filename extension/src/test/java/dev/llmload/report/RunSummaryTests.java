package dev.llmload.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.console.FailureMessage;
import dev.llmload.report.console.Glyphs;
import dev.llmload.report.console.SummaryTable;
import dev.llmload.report.file.GithubAnnotations;
import dev.llmload.report.file.GithubAnnotations.Place;
import dev.llmload.report.file.StepSummary;
import dev.llmload.report.file.SummaryMarkdown;
import dev.llmload.result.Outcome;
import dev.llmload.result.Verdict;
import dev.llmload.spi.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The end of a run, on the console, beside the code, and in the summary of a CI job. */
class RunSummaryTests {
    private static final Path FOLDER = Path.of("/runs/2026-11-26T12-00-00Z");
    private static final LevelVerdict TEN = Levels.users(10)
            .succeeded(50)
            .latency(80, 8, 0.2)
            .throughput(184.1)
            .measured("ttft p95 < 1500 ms")
            .judged();
    private static final LevelVerdict FIFTY = Levels.users(50)
            .succeeded(200)
            .failed(Outcome.RESET, 50, 0)
            .outcome("tpot p99 < 50 ms", Verdict.INCONCLUSIVE, 41.2, null, "too few requests")
            .judged();
    private static final LevelVerdict HUNDRED = Levels.hundredUsers().judged();

    private static RunSummary.Test chat() {
        return new RunSummary.Test(
                "com.acme.ChatReleaseTest#chat",
                Optional.of(new TestReport(
                        "com.acme.ChatReleaseTest#chat", "chat()", List.of(TEN, FIFTY, HUNDRED), List.of())),
                List.of(
                        new InvocationOutcome("10 users", Status.PASS, ""),
                        InvocationOutcome.of(FIFTY).and(List.of(), FailureMessage.render(FIFTY, FOLDER)),
                        InvocationOutcome.of(HUNDRED).and(List.of(), FailureMessage.render(HUNDRED, FOLDER)),
                        new InvocationOutcome("scaling 10 → 100 users", Status.PASS, "")));
    }

    private static RunSummary.Test other(Status status, String message) {
        return new RunSummary.Test(
                "com.acme.OtherTest#load", Optional.empty(), List.of(new InvocationOutcome("", status, message)));
    }

    private static RunSummary run(RunSummary.Test... tests) {
        return new RunSummary(List.of(tests), List.of(FOLDER));
    }

    @Test
    void theGravestDecides() {
        assertThat(run().status()).isEqualTo(Status.SKIPPED);
        assertThat(run(other(Status.SKIPPED, "disabled")).status()).isEqualTo(Status.SKIPPED);
        assertThat(run(other(Status.ERROR, "no"), chat()).status()).isEqualTo(Status.FAIL);
        assertThat(run(other(Status.ERROR, "no"), other(Status.MISCONFIGURED, "no"))
                        .status())
                .isEqualTo(Status.MISCONFIGURED);
    }

    @Nested
    class Console {
        @Test
        void everyTestAndLevelHasItsVerdict_andWhatIsWrongIsBelowIt() {
            String table = SummaryTable.render(
                    run(
                            chat(),
                            other(
                                    Status.MISCONFIGURED,
                                    "Load test not configured: OtherTest.load\n  - `maxTokens` must be at least 1, but was 0")));
            Golden.matches("console-summary.txt", table);
            assertThat(table.lines()).allSatisfy(line -> assertThat(line).hasSize(78));
            assertThat(Glyphs.ASCII.of(table).lines())
                    .allSatisfy(line -> assertThat(line).hasSize(78));
        }

        @Test
        void whatTheBodySays_comesBeforeTheBudgets() {
            RunSummary.Test test = new RunSummary.Test(
                    "com.acme.ChatReleaseTest#chat",
                    Optional.of(new TestReport("com.acme.ChatReleaseTest#chat", "chat()", List.of(HUNDRED), List.of())),
                    List.of(InvocationOutcome.of(HUNDRED)
                            .and(
                                    List.of(new Cause(Cause.Kind.BODY, Status.FAIL, "\nexpected: 7\n but was: 8")),
                                    "\nexpected: 7\n but was: 8")));
            assertThat(SummaryTable.render(run(test)))
                    .containsSubsequence("expected: 7 but was: 8", "✘ ttft p95 1620 ms, budget < 1500 ms, +8.0 %");
        }
    }

    @Nested
    class OnGithub {
        private static Optional<Place> place(String id) {
            return id.contains("Chat")
                    ? Optional.of(new Place("gates/src/test/java/com/acme/ChatReleaseTest.java", 12))
                    : Optional.empty();
        }

        @Test
        void whatDidNotPass_isAnnotated_theGravestFirst() {
            List<String> lines = GithubAnnotations.render(
                    run(
                            other(Status.SKIPPED, "disabled"),
                            chat(),
                            other(Status.ERROR, "connection refused"),
                            other(Status.NOT_MEASURED, "no GPU")),
                    OnGithub::place);
            assertThat(lines).hasSize(4).allSatisfy(line -> assertThat(line).doesNotContain("\n", "\r"));
            assertThat(lines.get(0))
                    .startsWith("::error file=gates/src/test/java/com/acme/ChatReleaseTest.java,line=12,"
                            + "title=FAIL%3A ChatReleaseTest.chat @ 100 users::LLM load budget violated: ")
                    .contains("%0A  ✘ ttft p95", "97.0 %25");
            assertThat(lines.get(1)).isEqualTo("::error title=ERROR%3A OtherTest.load::connection refused");
            assertThat(lines.get(2)).startsWith("::warning file=").contains("INCONCLUSIVE%3A ChatReleaseTest.chat");
            assertThat(lines.get(3)).isEqualTo("::warning title=NOT MEASURED%3A OtherTest.load::no GPU");
        }

        @Test
        void whatWouldEndAProperty_isEscaped() {
            assertThat(GithubAnnotations.property("a:b,c%d\r\ne")).isEqualTo("a%3Ab%2Cc%25d%0D%0Ae");
            assertThat(GithubAnnotations.data("a:b,c%d\r\ne")).isEqualTo("a:b,c%25d%0D%0Ae");
        }
    }

    @Nested
    class InTheJobsSummary {
        @Test
        void budgetsAreAsInTheRunsFolder() {
            assertThat(StepSummary.render(run(chat())))
                    .isEqualTo(SummaryMarkdown.render(
                            List.of(chat().report().orElseThrow().with(chat().entries()))));
        }

        @Test
        void aTestThatWasNotMeasured_saysWhy() {
            assertThat(StepSummary.render(run(other(Status.MISCONFIGURED, "`maxTokens` must be at least 1"))))
                    .contains("## ✘ MISCONFIGURED · OtherTest.load", "- ✘ `maxTokens` must be at least 1");
        }

        @Test
        void aBodyThatFailed_isNotHiddenByBudgetsThatHold() {
            RunSummary.Test test = new RunSummary.Test(
                    "com.acme.ChatReleaseTest#chat",
                    Optional.of(new TestReport("com.acme.ChatReleaseTest#chat", "chat()", List.of(TEN), List.of())),
                    List.of(new InvocationOutcome("10 users", Status.FAIL, "\nexpected: 7\n but was: 8")));
            assertThat(StepSummary.render(run(test)))
                    .contains("**✘ FAIL: 1 FAIL**", "## ✘ FAIL · ChatReleaseTest.chat")
                    .endsWith("\n- ✘ 10 users: expected: 7 but was: 8\n");
        }
    }
}
