package dev.llmload.junit.declared;

import dev.llmload.config.Configuration;
import dev.llmload.config.Durations;
import dev.llmload.config.EndpointKeys;
import dev.llmload.config.Key;
import dev.llmload.config.Placeholders;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads one value after the other: from its key if anybody set it, else from the annotation. What is wrong goes to
 * {@link ConfigurationErrors} with its origin, and the default is returned so that the rest is checked too.
 */
public final class Settings {
    private final Configuration configuration;
    private final ConfigurationErrors mistakes;
    private final EndpointKeys keys;

    public Settings(Configuration configuration, ConfigurationErrors mistakes) {
        this(configuration, mistakes, EndpointKeys.UNNAMED);
    }

    private Settings(Configuration configuration, ConfigurationErrors mistakes, EndpointKeys keys) {
        this.configuration = configuration;
        this.mistakes = mistakes;
        this.keys = keys;
    }

    Configuration configuration() {
        return configuration;
    }

    ConfigurationErrors mistakes() {
        return mistakes;
    }

    /** The same settings, of a test that does not run yet. */
    Settings early() {
        return new Settings(configuration, mistakes.early(), keys);
    }

    /** The same settings with the keys of one endpoint. */
    Settings of(EndpointKeys endpoint) {
        return new Settings(configuration, mistakes, endpoint);
    }

    /** The whole key of a setting, that of the endpoint where these are settings of one. */
    String name(Key key) {
        return keys.key(key);
    }

    /** What a key was set to, if anybody set it. */
    Optional<String> set(Key key) {
        return configuration.get(name(key));
    }

    /** The text of a key; the default if nobody set it. */
    public String text(Key key) {
        return text(name(key), key.defaultValue(), "");
    }

    /** The text of the first of the key or the annotation's value, placeholders replaced. */
    public String text(String key, String annotated, String origin) {
        return value(key, annotated, origin, "", text -> text);
    }

    public <T> T value(Key key, String annotated, String annotation, T fallback, Function<String, T> parser) {
        return value(name(key), annotated, origin(key, annotation), fallback, parser);
    }

    /** What the parser makes of the text of the first of the key or the annotation's value, placeholders replaced. */
    public <T> T value(String key, String annotated, String origin, T fallback, Function<String, T> parser) {
        Optional<String> set = configuration.get(key);
        String where = set.isPresent() ? "key `" + key + "`" : origin;
        return mistakes.collect(
                where, fallback, () -> parser.apply(Placeholders.resolve(set.orElse(annotated), configuration)));
    }

    int wholeNumber(Key key, int annotated, String annotation, int least) {
        return value(key, Integer.toString(annotated), annotation, least, text -> wholeNumber(text, least));
    }

    Duration duration(Key key, String annotated, String annotation) {
        return value(key, annotated, annotation, Duration.ofSeconds(1), Settings::positive);
    }

    Optional<Duration> optionalDuration(Key key, String annotated, String annotation) {
        return value(
                key,
                annotated,
                annotation,
                Optional.empty(),
                text -> text.isBlank() ? Optional.empty() : Optional.of(positive(text)));
    }

    <E extends Enum<E>> E choice(Key key, E annotated, String annotation) {
        Class<E> type = annotated.getDeclaringClass();
        return value(key, annotated.name(), annotation, annotated, text -> choice(type, text));
    }

    public boolean flag(Key key, boolean annotated, String annotation) {
        return value(key, Boolean.toString(annotated), annotation, annotated, Settings::flag);
    }

    private String origin(Key key, String annotation) {
        if (annotation.isEmpty() || set(key).isPresent()) {
            return "key `" + name(key) + "`";
        }
        return "`" + member(key) + "` of " + annotation;
    }

    // llmload.gpu.period stands for `period`, llmload.timeout.firstToken for `firstTokenTimeout`.
    private static String member(Key key) {
        String last = key.key().substring(key.key().lastIndexOf('.') + 1);
        return key == Key.GOOD ? "value" : key.key().startsWith(Key.PREFIX + "timeout.") ? last + "Timeout" : last;
    }

    static int wholeNumber(String text, int least) {
        int number;
        try {
            number = Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a whole number, but was `" + text + "`");
        }
        if (number < least) {
            throw new IllegalArgumentException("must be at least " + least + ", but was " + number);
        }
        return number;
    }

    private static Duration positive(String text) {
        Duration duration = Durations.parse(text);
        if (duration.isZero()) {
            throw new IllegalArgumentException("a duration must be greater than 0, but was \"" + text + "\"");
        }
        return duration;
    }

    public static boolean flag(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be `true` or `false`, but was `" + text + "`");
        };
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(constant -> "`" + constant.name() + "`")
                                .collect(Collectors.joining(", "))
                        + ", but was `" + text + "`"));
    }
}
