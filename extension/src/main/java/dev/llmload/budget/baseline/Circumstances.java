package dev.llmload.budget.baseline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Under what a level was measured, in words by name. Immutable.
 *
 * @param subject what is compared and may change from release to release: model, release, server, labels, host
 * @param conditions what must be the same for a comparison to say anything: load, prompts, limits, GPUs, window
 */
public record Circumstances(Map<String, String> subject, Map<String, String> conditions) {
    /** Copies the maps, sorted by name. */
    public Circumstances {
        subject = Collections.unmodifiableMap(new TreeMap<>(subject));
        conditions = Collections.unmodifiableMap(new TreeMap<>(conditions));
    }

    /** Why these cannot be compared with those of a baseline, one phrase each; empty if they can. */
    List<String> differencesFrom(Circumstances baseline) {
        return compare(baseline.conditions, conditions);
    }

    /** What is another subject than that of a baseline, one phrase each. */
    List<String> changesFrom(Circumstances baseline) {
        return compare(baseline.subject, subject);
    }

    private static List<String> compare(Map<String, String> before, Map<String, String> now) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        List<String> phrases = new ArrayList<>();
        for (String name : names) {
            String was = before.get(name);
            String is = now.get(name);
            if (!Objects.equals(was, is)) {
                phrases.add(name + " " + shown(was) + " → " + shown(is));
            }
        }
        return phrases;
    }

    private static String shown(@org.jspecify.annotations.Nullable String value) {
        return value == null || value.isEmpty() ? "none" : value;
    }
}
