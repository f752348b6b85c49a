package dev.llmload.budget;

import dev.llmload.budget.grammar.Cursor;
import java.util.ArrayList;
import java.util.List;

/** A text that holds several entries. A comma between digits sets off thousands and separates nothing. */
public final class Entries {
    private Entries() {}

    /**
     * Each entry that is not blank, in its place, so that columns count in the whole text.
     *
     * @param separators each of which ends an entry
     */
    public static List<Cursor> of(String text, String separators) {
        List<Cursor> entries = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            int end = start;
            while (end < text.length() && !separates(text, end, separators)) {
                end++;
            }
            if (!text.substring(start, end).isBlank()) {
                entries.add(new Cursor(text, start, end));
            }
            start = end + 1;
        }
        return entries;
    }

    private static boolean separates(String text, int at, String separators) {
        boolean thousands = text.charAt(at) == ','
                && at > 0
                && at + 1 < text.length()
                && Character.isDigit(text.charAt(at - 1))
                && Character.isDigit(text.charAt(at + 1));
        return !thousands && separators.indexOf(text.charAt(at)) >= 0;
    }
}
