package dev.llmload.prompt;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a source's name says behind its {@code ?}.
 *
 * @param column which key or column holds the prompt; empty for the form's own
 * @param limit most prompts to take, from the first on; 0 for all
 */
record SourceOptions(String column, int limit) {
    static final SourceOptions NONE = new SourceOptions("", 0);

    /** The options of {@code name?column=instruction&limit=500}. */
    static SourceOptions of(String spec, String query) {
        Map<String, String> options = parse(spec, query, List.of("column", "limit"));
        return new SourceOptions(options.getOrDefault("column", ""), limit(spec, options));
    }

    static int limit(String spec, Map<String, String> options) {
        String text = options.getOrDefault("limit", "0");
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 || !options.containsKey("limit")) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number that is too small.
        }
        throw new IllegalArgumentException(
                "prompts \"" + spec + "\": limit must be a whole number of at least 1, but is \"" + text + "\"");
    }

    /** Pairs of a query, percent signs decoded; each key once, and one of those that are known. */
    static Map<String, String> parse(String spec, String query, List<String> known) {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> pairs = query.isEmpty() ? List.of() : List.of(query.split("&"));
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : decoded(spec, pair.substring(equals + 1));
            if (!known.contains(key) || value.isBlank()) {
                List<String> shown = new ArrayList<>();
                known.forEach(name -> shown.add(name + "=…"));
                throw new IllegalArgumentException("prompts \"" + spec + "\": expected " + String.join("&", shown)
                        + " behind the ?, each if needed, but found \"" + pair + "\"");
            }
            if (options.put(key, value) != null) {
                throw new IllegalArgumentException("prompts \"" + spec + "\": " + key + " is given twice");
            }
        }
        return options;
    }

    private static String decoded(String spec, String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "prompts \"" + spec + "\": a % must be written as %25, but found \"" + value + "\"", e);
        }
    }
}
