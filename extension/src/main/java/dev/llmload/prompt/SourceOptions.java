package dev.llmload.prompt;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a source's name says behind its {@code ?}.
 *
 * @param column which key or column holds the prompt; empty for the form's own
 * @param limit most prompts to take, from the first on; 0 for all
 * @param skip share of the rows that may be skipped because they cannot be sent, from 0 to 1
 */
public record SourceOptions(String column, int limit, double skip) {
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d+)?)%?");

    public static final SourceOptions NONE = new SourceOptions("", 0, Skips.MOST);

    /** The options of {@code name?column=instruction&limit=500}. */
    static SourceOptions of(String spec, String query) {
        Map<String, String> options = parse(spec, query, List.of("column", "limit", "skip"));
        return new SourceOptions(options.getOrDefault("column", ""), limit(spec, options), skip(spec, options));
    }

    public static double skip(String spec, Map<String, String> options) {
        String text = options.getOrDefault("skip", "");
        Matcher percent = PERCENT.matcher(text);
        if (text.isEmpty()) {
            return Skips.MOST;
        }
        if (!percent.matches() || Double.parseDouble(percent.group(1)) > 100) {
            throw new IllegalArgumentException("prompts \"" + spec
                    + "\": skip must be the share of the rows that may be skipped, from 0% to 100%, but is \"" + text
                    + "\"");
        }
        return Double.parseDouble(percent.group(1)) / 100;
    }

    public static int limit(String spec, Map<String, String> options) {
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
    public static Map<String, String> parse(String spec, String query, List<String> known) {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> pairs = query.isEmpty() ? List.of() : List.of(query.split("&"));
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            String raw = equals < 0 ? "" : pair.substring(equals + 1);
            String value = key.equals("skip") ? raw : decoded(spec, raw);
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
