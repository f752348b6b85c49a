package dev.llmload.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds {@code llmload.*} keys that nobody reads, so that a misspelt key is an error and not silence. */
public final class KeyCheck {
    private KeyCheck() {}

    /**
     * One sentence for each unknown key, naming the nearest known one.
     *
     * @param keys names of configuration parameters and system properties
     * @param variables names of environment variables
     * @param endpoints names of the endpoints; an empty one for that without a name
     */
    public static List<String> unknown(Collection<String> keys, Collection<String> variables, Set<String> endpoints) {
        List<String> known = known(endpoints);
        List<String> mistakes = new ArrayList<>();
        for (String key : new TreeSet<>(keys)) {
            if (key.startsWith(Key.PREFIX) && !known.contains(key) && !key.startsWith(Key.LABEL_PREFIX)) {
                mistakes.add(sentence("configuration key", key, known, '.'));
            }
        }
        List<String> knownVariables =
                known.stream().map(Key::environmentVariable).toList();
        String labelPrefix = Key.environmentVariable(Key.LABEL_PREFIX);
        for (String variable : new TreeSet<>(variables)) {
            if (variable.startsWith("LLMLOAD_")
                    && !knownVariables.contains(variable)
                    && !variable.startsWith(labelPrefix)) {
                mistakes.add(sentence("environment variable", variable, knownVariables, '_'));
            }
        }
        return mistakes;
    }

    private static List<String> known(Set<String> endpoints) {
        List<String> known = new ArrayList<>();
        Arrays.stream(Key.values()).map(Key::key).forEach(known::add);
        for (String endpoint : endpoints) {
            known.addAll(new EndpointKeys(endpoint).all());
        }
        return known;
    }

    private static String sentence(String what, String name, List<String> known, char separator) {
        return "unknown " + what + " `" + name + "`: did you mean `" + nearest(name, known, separator) + "`?";
    }

    /** The subject of a key is what is most often left out or mixed up, so that its last word is looked at alone. */
    private static String nearest(String name, List<String> known, char separator) {
        String word = lastWord(name, separator);
        return Nearest.closest(
                        word,
                        known.stream().map(key -> lastWord(key, separator)).toList())
                .flatMap(last -> known.stream()
                        .filter(key -> lastWord(key, separator).equals(last))
                        .min(Comparator.comparingInt(key -> Nearest.edits(name, key))))
                .orElseGet(() -> Nearest.to(name, known));
    }

    private static String lastWord(String key, char separator) {
        return key.substring(key.lastIndexOf(separator) + 1);
    }
}
