package dev.llmload.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** The word that was probably meant. */
public final class Nearest {
    private Nearest() {}

    /**
     * The word with the fewest edits (Levenshtein, letters' case ignored); of equals the first.
     *
     * @param word what was written
     * @param known not empty
     */
    public static String to(String word, Collection<String> known) {
        String lower = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.comparingInt(candidate -> edits(lower, candidate.toLowerCase(Locale.ROOT))))
                .orElseThrow(() -> new IllegalArgumentException("no known words"));
    }

    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
