package dev.llmload.budget.grammar;

import dev.llmload.config.Nearest;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the valid word that was most likely meant. */
public final class Words {
    /** What people write who know another tool; tried before the distance. */
    private static final Map<String, String> SYNONYMS = Map.ofEntries(
            Map.entry("avg", "mean"),
            Map.entry("average", "mean"),
            Map.entry("median", "p50"),
            Map.entry("minimum", "min"),
            Map.entry("maximum", "max"),
            Map.entry("latency", "e2e"),
            // in open loop the plain words count from the scheduled instant
            Map.entry("scheduled_ttft", "ttft"),
            Map.entry("scheduled_ttfo", "ttfo"),
            Map.entry("scheduled_e2e", "e2e"),
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
    public static Optional<String> nearest(String word, Collection<String> candidates) {
        Optional<String> synonym = synonym(word, candidates);
        if (synonym.isPresent()) {
            return synonym;
        }
        return Nearest.near(word, candidates);
    }

    /** What a word of another tool is called here, if that is one of the candidates. */
    static Optional<String> synonym(String word, Collection<String> candidates) {
        return Optional.ofNullable(SYNONYMS.get(word.toLowerCase(Locale.ROOT))).filter(candidates::contains);
    }
}
