package dev.llmload.budget;

import java.util.List;

/**
 * What a budget file says: the budgets of one model release. Immutable.
 *
 * @param release whose budgets they are, as the file names it; empty if it does not
 * @param budgets those of every level first, then those of single levels, in the order of the file
 */
public record ReleaseBudgets(String release, List<BudgetRule> budgets) {
    /** Copies the list. */
    public ReleaseBudgets {
        budgets = List.copyOf(budgets);
    }

    /**
     * Reads the text of a file.
     *
     * @param text YAML: {@code release}, {@code budgets}, {@code levels}
     * @param file how messages and reports name it
     * @throws IllegalArgumentException for the first mistake, with its line and column and, for a word, the nearest
     *     valid one
     */
    public static ReleaseBudgets parse(String text, String file) {
        return new BudgetFileReader(text, file).read();
    }
}
