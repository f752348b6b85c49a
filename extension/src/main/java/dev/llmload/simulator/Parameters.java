package dev.llmload.simulator;

import dev.llmload.config.Durations;
import dev.llmload.simulator.settings.Lengths;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parameters' values by type. A value that is none of its type is refused with the parameter's name and its rule. */
final class Parameters {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:\\.\\.(\\d{1,9}))?");

    private final Map<String, String> values;

    Parameters(Map<String, String> values) {
        this.values = values;
    }

    String string(String key) {
        return value(key, "a text", Function.identity());
    }

    Duration duration(String key) {
        return value(
                key,
                "a duration such as 80ms, 1.5s or 500us",
                text -> text.equals("0") ? Duration.ZERO : Durations.parse(text));
    }

    int integer(String key) {
        return value(key, "a whole number", Integer::valueOf);
    }

    long longInteger(String key) {
        return value(key, "a whole number", Long::valueOf);
    }

    double share(String key) {
        return value(key, "a number such as 0.1 or a percentage such as 10%", Parameters::number);
    }

    double decimal(String key) {
        return value(key, "a number such as 250 or 0.5", text -> {
            if (!text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
                throw new IllegalArgumentException(text);
            }
            return Double.valueOf(text);
        });
    }

    boolean flag(String key) {
        return value(key, "true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    /** Both ends of a range; a single number is both. */
    int[] range(String key) {
        return value(key, "a number or a range such as 40..80", Parameters::ends);
    }

    Lengths lengths(String key) {
        return value(key, "uniform or lognormal", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "uniform" -> Lengths.UNIFORM;
            case "lognormal" -> Lengths.LOGNORMAL;
            default -> throw new IllegalArgumentException(text);
        });
    }

    /** Whether answers come from a batching engine. */
    boolean batching(String key) {
        return value(key, "batch or timed", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "batch" -> true;
            case "timed" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    private <T> T value(String key, String rule, Function<String, T> read) {
        String text = values.getOrDefault(key, "");
        try {
            return read.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "parameter \"" + key + "\" must be " + rule + ", but was \"" + text + "\"", e);
        }
    }

    private static double number(String text) {
        if (!text.matches("\\d+(\\.\\d+)?\\s*%?")) {
            throw new IllegalArgumentException(text);
        }
        return text.endsWith("%")
                ? Double.parseDouble(text.substring(0, text.length() - 1).strip()) / 100
                : Double.parseDouble(text);
    }

    private static int[] ends(String text) {
        Matcher matcher = RANGE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        int low = Integer.parseInt(matcher.group(1));
        return new int[] {low, matcher.group(2) == null ? low : Integer.parseInt(matcher.group(2))};
    }
}
