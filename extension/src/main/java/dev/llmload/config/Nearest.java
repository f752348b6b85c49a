package dev.llmload.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The word that was probably meant. */
public final class Nearest {
    /** A part of a word that is shorter says nothing. */
    private static final int LEAST_PART = 3;

    private Nearest() {}

    /**
     * The nearest word, letters' case ignored: one that holds what was written, else the one with the fewest edits, in which
     * two neighbours that changed places count once. Of equals the first.
     *
     * @param word what was written
     * @param known not empty
     */
    public static String to(String word, Collection<String> known) {
        String lower = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.comparing((String candidate) -> !holds(candidate, lower))
                        .thenComparingInt(candidate -> edits(word, candidate)))
                .orElseThrow(() -> new IllegalArgumentException("no known words"));
    }

    /**
     * The same, if it is near.
     *
     * @param word what was written
     * @param known may be empty
     * @return empty if no word holds what was written, nor is at most half of the longer one edited
     */
    public static Optional<String> near(String word, Collection<String> known) {
        if (known.isEmpty()) {
            return Optional.empty();
        }
        String nearest = to(word, known);
        String lower = word.toLowerCase(Locale.ROOT);
        int edits = edits(word, nearest);
        int longer = Math.max(lower.length(), nearest.length());
        boolean near = holds(nearest, lower) || edits <= Math.max(2, longer / 2) && edits < longer;
        return near ? Optional.of(nearest) : Optional.empty();
    }

    /**
     * The word with the fewest edits, letters' case ignored, if they are few: at most a third of the word.
     *
     * @param word what was written
     * @param known may be empty
     */
    static Optional<String> closest(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> edits(word, candidate)))
                .filter(candidate -> edits(word, candidate) <= Math.max(1, word.length() / 3));
    }

    /** How many letters are put in, left out, replaced or exchanged with their neighbour, letters' case ignored. */
    static int edits(String a, String b) {
        return distance(a.toLowerCase(Locale.ROOT), b.toLowerCase(Locale.ROOT));
    }

    private static boolean holds(String candidate, String lower) {
        return lower.length() >= LEAST_PART
                && candidate.toLowerCase(Locale.ROOT).contains(lower);
    }

    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int changed = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + changed);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
