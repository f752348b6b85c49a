package dev.llmload.budget;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the valid word that was most likely meant. */
final class Words {
    /** What people write who know another tool; tried before the distance. */
    private static final Map<String, String> SYNONYMS = Map.ofEntries(
            Map.entry("avg", "mean"),
            Map.entry("average", "mean"),
            Map.entry("median", "p50"),
            Map.entry("minimum", "min"),
            Map.entry("maximum", "max"),
            Map.entry("latency", "e2e"),
            Map.entry("qps", "request_rate"),
            Map.entry("rps", "req/s"),
            Map.entry("tps", "tok/s"),
            Map.entry("tokens/s", "tok/s"),
            Map.entry("sec", "s"),
            Map.entry("seconds", "s"),
            Map.entry("milliseconds", "ms"),
            Map.entry("percent", "%"),
            Map.entry("usd", "$"));

    private Words() {}

    /** The nearest of the candidates, the first of several; empty if none is near. */
    static Optional<String> nearest(String word, Collection<String> candidates) {
        String lower = word.toLowerCase(Locale.ROOT);
        String synonym = SYNONYMS.get(lower);
        if (synonym != null && candidates.contains(synonym)) {
            return Optional.of(synonym);
        }
        String best = "";
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int distance = distance(lower, candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        int longer = Math.max(lower.length(), best.length());
        return bestDistance <= Math.max(2, longer / 2) && bestDistance < longer ? Optional.of(best) : Optional.empty();
    }

    /** Levenshtein distance in which two neighbours that changed places count once. */
    static int distance(String a, String b) {
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
