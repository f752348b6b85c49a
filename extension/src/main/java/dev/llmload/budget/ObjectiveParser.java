package dev.llmload.budget;

import dev.llmload.result.Objective;
import java.util.ArrayList;
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
        List<Objective> objectives = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int end = start;
            while (end < text.length() && !separates(text, end)) {
                end++;
            }
            if (!text.substring(start, end).isBlank()) {
                objectives.add(new BudgetReader(new Cursor(text, start, end), "", "objective").readObjective());
            }
            start = end + 1;
        }
        return List.copyOf(objectives);
    }

    // A comma between digits sets off thousands.
    private static boolean separates(String text, int at) {
        char c = text.charAt(at);
        boolean thousands = at > 0
                && at + 1 < text.length()
                && Character.isDigit(text.charAt(at - 1))
                && Character.isDigit(text.charAt(at + 1));
        return c == ';' || c == ',' && !thousands;
    }
}
