package dev.llmload.budget.grammar;

import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.Comparator;
import dev.llmload.budget.Entries;
import dev.llmload.result.Metric;
import dev.llmload.result.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads budgets: {@code metric [statistic] comparator limit}. White space is free, words may be in any case, {@code ≤}
 * and {@code ≥} are accepted, thousands may be set off by commas. Every mistake is a {@link BudgetSyntaxException}.
 * Pure functions, safe for any thread.
 */
public final class BudgetParser {
    private static final Pattern RAMP_ARROW = Pattern.compile("\\s*(?:->|→)\\s*");

    private BudgetParser() {}

    /**
     * Reads one budget.
     *
     * @param text for example {@code "ttft p95 < 1500 ms"}
     * @param source where it was declared; part of the budget and of messages
     * @param at display names of the levels it applies to; empty for every level
     * @param confidence of the statistical gate, above 0.5 and below 1, or 0 for none
     * @throws BudgetSyntaxException if the text is no budget
     * @throws IllegalArgumentException if the confidence is out of range
     */
    public static BudgetRule parse(String text, String source, List<String> at, double confidence) {
        List<String> levels = at.stream().map(BudgetParser::levelName).toList();
        return new BudgetReader(new Cursor(text, 0, text.length()), source).read(levels, confidence);
    }

    // The arrow of a ramp may be typed in ASCII.
    private static String levelName(String typed) {
        return RAMP_ARROW.matcher(typed).replaceAll(" → ");
    }

    /**
     * Reads a list of budgets, separated by semicolons; empty entries are skipped. The column of a mistake counts in
     * the whole text. The budgets apply to every level.
     *
     * @param text for example {@code "ttft p95 < 1500 ms; success_rate >= 99 %"}
     * @param source where it was declared; part of the budgets and of messages
     * @return the budgets in their order; empty for a blank text
     * @throws BudgetSyntaxException if an entry is no budget
     */
    public static List<BudgetRule> parseList(String text, String source) {
        return Entries.of(text, ";").stream()
                .map(entry -> new BudgetReader(entry, source).read(List.of(), 0))
                .toList();
    }

    /**
     * Reads conditions, which look like budgets and are called otherwise in messages. They are separated by commas or
     * semicolons; empty entries are skipped. The column of a mistake counts in the whole text.
     *
     * @param text for example {@code "success_rate < 90 %, ttft p95 > 10 s"}
     * @return in their order; empty for a blank text
     * @throws BudgetSyntaxException if an entry is no condition
     */
    public static List<BudgetRule> parseConditions(String text) {
        return Entries.of(text, ",;").stream()
                .map(entry -> new BudgetReader(entry, "", "condition").read(List.of(), 0))
                .toList();
    }

    /**
     * What is odd about a budget but allowed, one sentence each: a comparator against the metric's sense, a limit that
     * every value or no value holds, a level where none is needed.
     *
     * @param budget any
     */
    public static List<String> warnings(BudgetRule budget) {
        List<String> warnings = new ArrayList<>();
        String text = "budget \"" + budget.text() + "\" (" + budget.source() + ")";
        if (budget.metric().lowerIsBetter() != budget.comparator().isUpperLimit()) {
            warnings.add(text + " goes against the sense of " + budget.metric().word() + ": "
                    + (budget.metric().lowerIsBetter() ? "lower" : "higher")
                    + " is better, yet it fails when the value is "
                    + (budget.comparator().isUpperLimit() ? "high" : "low"));
        }
        boolean highestRatio = budget.unit().equals(Unit.PERCENT.symbol())
                && !budget.ofBaseline()
                && budget.metric() != Metric.SCALING_EFFICIENCY
                && budget.limit() == 100;
        if (budget.limit() == 0 && budget.comparator() == Comparator.LESS
                || highestRatio && budget.comparator() == Comparator.GREATER) {
            warnings.add(text + " can never hold");
        }
        if (budget.limit() == 0 && budget.comparator() == Comparator.AT_LEAST
                || highestRatio && budget.comparator() == Comparator.AT_MOST) {
            warnings.add(text + " always holds");
        }
        if (budget.isSweepBudget() && !budget.at().isEmpty()) {
            warnings.add(text + " is judged once over all levels; its level \"" + String.join("\", \"", budget.at())
                    + "\" has no effect");
        }
        return List.copyOf(warnings);
    }
}
