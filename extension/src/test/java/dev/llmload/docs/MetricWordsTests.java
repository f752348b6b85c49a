package dev.llmload.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.Unit;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The words of the pages are those of the registry of metrics. */
class MetricWordsTests {
    @Test
    void theTableOfBudgetWords_isTheRegistry() throws IOException {
        String table = "| metric | statistic | unit | what it is |\n|---|---|---|---|\n"
                + Metric.budgetable().stream().map(MetricWordsTests::row).collect(Collectors.joining("\n"));

        Page.of("docs/budgets.md").generated("words", table);
    }

    private static String row(Metric metric) {
        return "| `" + metric.word() + "` | " + (metric.isDistribution() ? "yes" : "no") + " | "
                + String.join(", ", Unit.symbolsOf(metric)) + " | " + metric.meaning()
                + (metric.isOfSweep() ? " Judged in the last invocation." : "")
                + (metric.needsSource() ? " Needs " + metric.source().what() + "." : "") + " |";
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void eachHasADefinition(Metric metric) {
        assertThat(words("docs/metrics.md", "metrics")).contains(metric.word());
    }

    @Test
    void theReadmesTenWords_areBudgets() {
        List<String> budgets = cells("README.md", "words");

        assertThat(budgets)
                .hasSize(10)
                .allSatisfy(budget -> assertThat(BudgetParser.parse(budget, "README", List.of(), 0)
                                .text())
                        .isNotEmpty());
    }

    @Test
    void everyKindOfFailure_hasADefinition() {
        String page = Page.of("docs/metrics.md").text();
        assertThat(Arrays.stream(Outcome.values())
                        .filter(outcome -> outcome != Outcome.OK)
                        .map(outcome -> "`" + outcome.name() + "`"))
                .allMatch(page::contains);
    }

    private static List<String> words(String page, String table) {
        return cells(page, table).stream()
                .flatMap(cell -> Arrays.stream(cell.split(",")))
                .map(String::strip)
                .toList();
    }

    private static List<String> cells(String page, String table) {
        return Page.of(page)
                .between("<!-- " + table + " -->", "<!-- /" + table + " -->")
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|")[1].replace("`", "").strip())
                .toList();
    }
}
