package dev.llmload.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Replaces {@code ${name}} and {@code ${name:default}} in the string members of annotations. */
public final class Placeholders {
    private static final String OPEN = "${";

    private Placeholders() {}

    /**
     * The text with its placeholders replaced, from configuration parameters, system properties and environment. A
     * default may hold pairs of braces, such as a JSON object, and placeholders of its own. What stands for a
     * placeholder is taken as it is.
     *
     * @throws UnsetPlaceholderException if a placeholder without a default is set nowhere
     * @throws IllegalArgumentException if a placeholder has no name, or does not end
     */
    public static String resolve(String text, Configuration configuration) {
        StringBuilder resolved = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
            int close = close(text, open);
            resolved.append(text, from, open).append(value(text.substring(open + OPEN.length(), close), configuration));
            from = close + 1;
        }
        return resolved.append(text, from, text.length()).toString();
    }

    /**
     * What was filled into the text: the values that were set for its placeholders. Defaults, which stand in the text, are
     * not among them, nor values of {@code llmload.*} keys, which the files of a run show.
     *
     * @param text that {@link #resolve} takes; of one that it refuses, those before the mistake
     */
    public static List<String> values(String text, Configuration configuration) {
        List<String> values = new ArrayList<>();
        int from = 0;
        try {
            for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
                from = close(text, open) + 1;
                String inner = text.substring(open + OPEN.length(), from - 1);
                int colon = inner.indexOf(':');
                String name = (colon < 0 ? inner : inner.substring(0, colon)).strip();
                Optional<String> set = configuration.placeholder(name);
                if (set.isPresent() && !name.startsWith(Key.PREFIX)) {
                    values.add(set.get());
                } else if (set.isEmpty() && colon >= 0) {
                    values.addAll(values(inner.substring(colon + 1), configuration));
                }
            }
        } catch (IllegalArgumentException e) {
            // Said where the text is resolved.
        }
        return values;
    }

    // The text itself is not quoted: it may be a secret.
    private static int close(String text, int open) {
        int depth = 1;
        for (int i = open + OPEN.length(); i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("the placeholder at column " + (open + 1)
                + " does not end: a placeholder must be ${name} or ${name:default}");
    }

    private static String value(String inner, Configuration configuration) {
        int colon = inner.indexOf(':');
        String name = (colon < 0 ? inner : inner.substring(0, colon)).strip();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a placeholder must be ${name} or ${name:default}, but one has no name");
        }
        Optional<String> set = configuration.placeholder(name);
        if (set.isEmpty() && colon < 0) {
            throw new UnsetPlaceholderException(name);
        }
        return set.orElseGet(() -> resolve(inner.substring(colon + 1), configuration));
    }
}
