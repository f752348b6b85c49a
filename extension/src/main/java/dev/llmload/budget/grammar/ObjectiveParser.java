package dev.llmload.budget.grammar;

import dev.llmload.budget.Entries;
import dev.llmload.result.request.Objective;
import java.util.List;

/**
 * Reads what makes a good answer: {@code metric comparator limit}, several separated by commas or semicolons. The words and
 * units are those of budgets; there is no statistic, for each answer has one value. Every mistake is a
 * {@link BudgetSyntaxException}. Pure functions, safe for any thread.
 */
public final class ObjectiveParser {
    private ObjectiveParser() {}

    /**
     * Reads a list of objectives; empty entries are skipped. The column of a mistake counts in the whole text.
     *
     * @param text for example {@code "ttft < 500 ms, tpot < 50 ms"}
     * @return in their order; empty for a blank text
     * @throws BudgetSyntaxException if an entry is no objective
     */
    public static List<Objective> parseList(String text) {
        return Entries.of(text, ",;").stream()
                .map(entry -> new BudgetReader(entry, "", "objective").readObjective())
                .toList();
    }
}
