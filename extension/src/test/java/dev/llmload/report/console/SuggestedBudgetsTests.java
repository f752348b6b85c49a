package dev.llmload.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.budget.ReleaseBudgets;
import dev.llmload.budget.Suggestions;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.report.Golden;
import dev.llmload.report.Levels;
import dev.llmload.report.TestReport;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SuggestedBudgetsTests {
    private static final LevelVerdict TEN = Levels.users(10)
            .succeeded(50)
            .latency(80, 8, 0.2)
            .throughput(184.1)
            .quantity(Metric.MFU, 0.156)
            .judged();
    private static final LevelVerdict HALF = Levels.users(50)
            .succeeded(10)
            .failed(Outcome.RESET, 40, 0)
            .withoutTpot()
            .judged();
    private static final LevelVerdict NONE =
            Levels.users(100).succeeded(0).failed(Outcome.CONNECT, 40, 0).judged();

    private static String render(LevelVerdict... levels) {
        return SuggestedBudgets.render(
                new TestReport("com.acme.ChatReleaseTest#chat", "chat()", List.of(levels), List.of()),
                "llama-3-8b/2026-11");
    }

    @Test
    void theTextIsReadyToPaste() {
        Golden.matches("suggested-budgets.txt", render(TEN, NONE));
    }

    @Test
    void annotationsAndFile_sayTheSame() {
        String text = render(TEN, HALF);
        List<String> suggested =
                Suggestions.of(TEN.result()).stream().map(BudgetRule::text).toList();
        assertThat(suggested).hasSizeGreaterThan(4);
        assertThat(Pattern.compile("@Budget\\(value = \"([^\"]+)\", at = \"10 users\"\\)")
                        .matcher(text)
                        .results()
                        .map(found -> BudgetParser.parse(found.group(1), "method", List.of(), 0)
                                .text()))
                .isEqualTo(suggested);
        ReleaseBudgets file = ReleaseBudgets.parse(text.substring(text.indexOf("# or,")), "suggested.yaml");
        assertThat(file.release()).isEqualTo("llama-3-8b/2026-11");
        assertThat(file.budgets().stream()
                        .filter(budget -> budget.at().equals(List.of("10 users")))
                        .map(BudgetRule::text))
                .isEqualTo(suggested);
    }

    @Test
    void ofTheSimulator_itSaysThatTheyAreNoLimits() {
        assertThat(render(Levels.users(10).simulated().judged()))
                .contains("beyond this run's values, which are SIMULATED: no limits for a real server");
    }
}
