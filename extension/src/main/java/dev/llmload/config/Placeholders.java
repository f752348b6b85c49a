package dev.llmload.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${name}} and {@code ${name:default}} in the string members of annotations. */
public final class Placeholders {
    private static final Pattern FORM = Pattern.compile("\\$\\{([^}:]+)(?::([^}]*))?}");

    private Placeholders() {}

    /**
     * The text with its placeholders replaced, from configuration parameters, system properties and environment.
     *
     * @throws IllegalArgumentException if a placeholder without a default is set nowhere
     */
    public static String resolve(String text, Configuration configuration) {
        if (!text.contains("${")) {
            return text;
        }
        Matcher matcher = FORM.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1).strip();
            String fallback = matcher.group(2);
            String value = configuration.placeholder(name).orElse(fallback);
            if (value == null) {
                throw new IllegalArgumentException("`" + matcher.group() + "` is set nowhere: set -D" + name
                        + "=… or the environment variable " + name + ", or give a default: ${" + name + ":…}");
            }
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(resolved).toString();
    }
}
