package dev.llmload.report.console;

import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.budget.Suggestions;
import dev.llmload.report.TestReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Budgets with some room from a test's own values, ready to paste as annotations or as a release's YAML file. */
public final class SuggestedBudgets {
    private SuggestedBudgets() {}

    /**
     * The text; says so where a level decides nothing.
     *
     * @param test a test that ran
     * @param release name of the release, or empty
     */
    public static String render(TestReport test, String release) {
        Map<String, List<BudgetRule>> levels = new LinkedHashMap<>();
        for (LevelVerdict level : test.levels()) {
            levels.put(level.result().level().name(), Suggestions.of(level.result()));
        }
        StringBuilder text = new StringBuilder("Suggested budgets of " + TestReport.shortName(test.id())
                + ": 10 to 21 % beyond this run's values"
                + (test.simulated() ? ", which are SIMULATED: no limits for a real server" : "") + "\n\n");
        levels.forEach((name, budgets) -> {
            if (budgets.isEmpty()) {
                text.append("// nothing for ")
                        .append(name)
                        .append(": too few requests, too many failures, or a broken check\n");
            }
            budgets.forEach(budget -> text.append("@Budget(value = \"")
                    .append(budget.text())
                    .append("\", at = \"")
                    .append(name)
                    .append("\")\n"));
        });
        levels.values().removeIf(List::isEmpty);
        if (!levels.isEmpty()) {
            text.append("\n# or, in the file of @BudgetFile:\n");
            text.append(release.isEmpty() ? "" : "release: \"" + release + "\"\n")
                    .append("levels:\n");
            levels.forEach((name, budgets) -> text.append("  \"")
                    .append(name)
                    .append("\":\n")
                    .append(budgets.stream()
                            .map(budget -> "    - " + budget.text() + "\n")
                            .collect(Collectors.joining())));
        }
        return text.toString();
    }
}
