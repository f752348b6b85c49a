package dev.llmload.prompt.synthetic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user writes after {@code synthetic:}, checked.
 *
 * @param input words of a prompt, what it shares included
 * @param output tokens of its answer; empty for what the test says
 * @param shared words that begin all prompts of a group, below the mean of {@code input}; 0 for none
 * @param groups how many different beginnings there are, at least 1 and at most {@code count}
 * @param count how many prompts there are, at least 1
 * @param pinned whether an answer must have its length
 * @param seed of all that is drawn
 */
record SyntheticSpec(
        Length input, Optional<Length> output, int shared, int groups, int count, boolean pinned, long seed) {
    static final String SCHEME = "synthetic:";

    private static final String EXPECTED = "expected synthetic:input=512±128,output=128, and if needed shared=256,"
            + " groups=8, count=1000, pin=true, seed=42";
    private static final List<String> KEYS = List.of("input", "output", "shared", "groups", "count", "pin", "seed");
    private static final Pattern LENGTH = Pattern.compile("(\\d{1,7})(?:\\s*(?:±|\\+-)\\s*(\\d{1,7}))?");

    /** A mean, and the standard deviation of a normal distribution that is cut off below 1. */
    record Length(int mean, int deviation) {
        int draw(Random random) {
            return (int) Math.max(1, Math.round(mean + deviation * random.nextGaussian()));
        }
    }

    static SyntheticSpec parse(String spec) {
        Map<String, String> options = options(spec);
        if (!options.containsKey("input")) {
            throw refuse(spec, "it has no input: " + EXPECTED);
        }
        String pin = options.getOrDefault("pin", "false");
        if (!pin.equals("true") && !pin.equals("false") || pin.equals("true") && !options.containsKey("output")) {
            throw refuse(spec, "pin must be true or false, true with output= only, but is \"" + pin + "\"");
        }
        SyntheticSpec parsed = new SyntheticSpec(
                length(spec, "input", options.get("input")),
                Optional.ofNullable(options.get("output")).map(text -> length(spec, "output", text)),
                options.containsKey("shared") ? number(spec, "shared", options.get("shared")) : 0,
                number(spec, "groups", options.getOrDefault("groups", "1")),
                number(spec, "count", options.getOrDefault("count", "1000")),
                pin.equals("true"),
                number(spec, "seed", options.getOrDefault("seed", "42")));
        checkSharing(spec, options, parsed);
        return parsed;
    }

    private static void checkSharing(String spec, Map<String, String> options, SyntheticSpec parsed) {
        if (parsed.shared >= parsed.input.mean) {
            throw refuse(
                    spec,
                    "shared must be below input, which it is a part of, but " + parsed.shared + " is not below "
                            + parsed.input.mean);
        }
        if (parsed.shared == 0 && options.containsKey("groups")) {
            throw refuse(spec, "groups needs shared=, the number of words that the prompts of a group begin with");
        }
        if (parsed.groups > parsed.count) {
            throw refuse(
                    spec,
                    "groups must be at most count, or some group has no prompt, but " + parsed.groups + " is above "
                            + parsed.count);
        }
    }

    private static Map<String, String> options(String spec) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String pair : spec.substring(SCHEME.length()).split(",", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? "" : pair.substring(0, equals).strip();
            if (!KEYS.contains(key)
                    || options.put(key, pair.substring(equals + 1).strip()) != null) {
                throw refuse(spec, EXPECTED + ", but found \"" + pair.strip() + "\"");
            }
        }
        return options;
    }

    private static int number(String spec, String key, String text) {
        return length(spec, key, text).mean();
    }

    private static Length length(String spec, String key, String text) {
        Matcher matcher = LENGTH.matcher(text);
        boolean spread = key.endsWith("put");
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < 1 || !spread && matcher.group(2) != null) {
            throw refuse(
                    spec,
                    key + " must be a whole number from 1 to 9999999" + (spread ? ", or mean±deviation" : "")
                            + ", but is \"" + text + "\"");
        }
        return new Length(
                Integer.parseInt(matcher.group(1)), matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2)));
    }

    private static IllegalArgumentException refuse(String spec, String problem) {
        return new IllegalArgumentException("prompts \"" + spec + "\": " + problem);
    }
}
