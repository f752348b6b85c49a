package dev.llmload.simulator;

import dev.llmload.config.Durations;
import dev.llmload.config.Nearest;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code simulator:<profile>?key=value&…}. A profile is itself a list of such pairs, and the user's come last. */
final class SettingsParser {
    /** Every parameter with its value in the default profile. */
    private static final String DEFAULTS = "ttft=80ms&ttftJitter=25%&ttftPerPromptToken=20us&prefill=0ms&tpot=6ms"
            + "&tpotJitter=10%&tpotGrowth=1%&tokens=30..90&tokensPerChunk=1&maxConcurrent=64&seed=42"
            + "&model=simulated-model&anyModel=false&apiKey=&slowStart=0ms"
            + "&errorRate=0&rateLimitRate=0&stallRate=0&stallFirstRate=0&resetRate=0&truncateRate=0&streamErrorRate=0"
            + "&emptyRate=0&lateRate=0&faultAfter=3&errorStatus=500&late=2s"
            + "&buffered=false&noUsage=false&rejectStreamOptions=false&cacheDetails=true";

    private static final Map<String, String> PROFILES = new LinkedHashMap<>();

    static {
        PROFILES.put("default", "");
        PROFILES.put(
                "fast",
                "ttft=5ms&ttftJitter=0&ttftPerPromptToken=0ms&tpot=1ms&tpotJitter=0&tpotGrowth=0&tokens=20..40"
                        + "&maxConcurrent=0");
        PROFILES.put("slow", "ttft=600ms&prefill=20ms&tpot=30ms&tpotGrowth=2%&tokens=60..160&maxConcurrent=16");
    }

    private static final Pattern FORM = Pattern.compile("simulator(?::([^?]*))?(?:\\?(.*))?", Pattern.DOTALL);
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:\\.\\.(\\d{1,9}))?");

    private final String spec;
    private final Map<String, String> values = new LinkedHashMap<>();

    private SettingsParser(String spec) {
        this.spec = spec;
    }

    static SimulatorSettings parse(String text) {
        String spec = text.strip();
        Matcher matcher = FORM.matcher(spec);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a simulator must be written simulator, simulator:<profile> or"
                    + " simulator:<profile>?key=value&..., but was \"" + spec + "\"");
        }
        String profile = matcher.group(1) == null || matcher.group(1).isBlank()
                ? "default"
                : matcher.group(1).strip();
        SettingsParser parser = new SettingsParser(spec);
        if (!PROFILES.containsKey(profile)) {
            throw parser.refuse("unknown profile \"" + profile + "\"; did you mean \""
                    + Nearest.to(profile, PROFILES.keySet()) + "\"? Profiles: " + String.join(", ", PROFILES.keySet()));
        }
        parser.values.putAll(pairs(DEFAULTS));
        parser.values.putAll(pairs(PROFILES.get(profile)));
        parser.values.putAll(parser.given(matcher.group(2) == null ? "" : matcher.group(2)));
        return parser.settings(profile);
    }

    private static Map<String, String> pairs(String query) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return pairs;
    }

    private Map<String, String> given(String query) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw refuse("each parameter must be key=value, but one is \"" + pair + "\"");
            }
            String key = pair.substring(0, equals).strip();
            if (!values.containsKey(key)) {
                throw refuse("unknown parameter \"" + key + "\"; did you mean \"" + Nearest.to(key, values.keySet())
                        + "\"? Parameters: " + String.join(", ", values.keySet()));
            }
            if (given.put(key, pair.substring(equals + 1).strip()) != null) {
                throw refuse("parameter \"" + key + "\" is given twice");
            }
        }
        return given;
    }

    private SimulatorSettings settings(String profile) {
        try {
            int[] tokens = value("tokens", "a number or a range such as 40..80", SettingsParser::range);
            SimulatorTiming timing = new SimulatorTiming(
                    duration("ttft"),
                    share("ttftJitter"),
                    duration("ttftPerPromptToken"),
                    duration("prefill"),
                    duration("tpot"),
                    share("tpotJitter"),
                    share("tpotGrowth"),
                    tokens[0],
                    tokens[1],
                    integer("tokensPerChunk"),
                    integer("maxConcurrent"));
            EnumMap<Fault, Double> rates = new EnumMap<>(Fault.class);
            for (Fault fault : Fault.values()) {
                if (share(fault.key()) != 0) {
                    rates.put(fault, share(fault.key()));
                }
            }
            return new SimulatorSettings(
                    profile,
                    string("model"),
                    flag("anyModel"),
                    string("apiKey"),
                    value("seed", "a whole number", Long::valueOf),
                    duration("slowStart"),
                    timing,
                    new SimulatorFaults(rates, integer("faultAfter"), integer("errorStatus"), duration("late")),
                    new SimulatorWire(
                            flag("buffered"), flag("noUsage"), flag("rejectStreamOptions"), flag("cacheDetails")));
        } catch (Refused e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw refuse(e.getMessage());
        }
    }

    private String string(String key) {
        return value(key, "a text", Function.identity());
    }

    private Duration duration(String key) {
        return value(
                key,
                "a duration such as 80ms, 1.5s or 500us",
                text -> text.equals("0") ? Duration.ZERO : Durations.parse(text));
    }

    private int integer(String key) {
        return value(key, "a whole number", Integer::valueOf);
    }

    private double share(String key) {
        return value(key, "a number such as 0.1 or a percentage such as 10%", SettingsParser::number);
    }

    private boolean flag(String key) {
        return value(key, "true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    private <T> T value(String key, String rule, Function<String, T> read) {
        String text = values.getOrDefault(key, "");
        try {
            return read.apply(text);
        } catch (IllegalArgumentException e) {
            throw refuse("parameter \"" + key + "\" must be " + rule + ", but was \"" + text + "\"");
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

    private static int[] range(String text) {
        Matcher matcher = RANGE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        int low = Integer.parseInt(matcher.group(1));
        return new int[] {low, matcher.group(2) == null ? low : Integer.parseInt(matcher.group(2))};
    }

    private Refused refuse(String problem) {
        // The key is a secret even here: it must not come back in a message.
        return new Refused("\"" + spec.replaceAll("apiKey=[^&]*", "apiKey=***") + "\": " + problem);
    }

    private static final class Refused extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }
}
