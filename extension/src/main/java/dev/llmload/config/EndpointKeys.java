package dev.llmload.config;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one endpoint. One without a name has {@code llmload.url}, {@code llmload.model}, {@code llmload.endpoint.*} and
 * {@code llmload.timeout.*}; one with a name has the same behind {@code llmload.<name>.}, and listens to no other's:
 * {@code llmload.candidate.url}, {@code llmload.candidate.api}, {@code llmload.candidate.timeout.stall}. Immutable.
 *
 * @param name of the endpoint, or empty
 */
public record EndpointKeys(String name) {
    /** Of the endpoint without a name. */
    public static final EndpointKeys UNNAMED = new EndpointKeys("");

    private static final Set<Key> KEYS = EnumSet.of(
            Key.URL,
            Key.MODEL,
            Key.API,
            Key.API_KEY_ENV,
            Key.TOKEN_COUNT,
            Key.TIMEOUT_CONNECT,
            Key.TIMEOUT_FIRST_TOKEN,
            Key.TIMEOUT_STALL,
            Key.TIMEOUT_TOTAL,
            Key.MAX_RESPONSE_HEAD);
    private static final String GROUP = "endpoint.";

    /**
     * Of an endpoint whose name is checked.
     *
     * @param name empty, or letters, digits and dashes, and not the first word of another key, in whatever case
     * @throws IllegalArgumentException if it is none
     */
    public static EndpointKeys of(String name) {
        if (!name.isEmpty() && !name.matches("[A-Za-z0-9-]+")) {
            throw new IllegalArgumentException(
                    "must consist of letters, digits and dashes, because `llmload.<name>.url` is a key, but was `"
                            + name + "`");
        }
        if (isTaken(name)) {
            throw new IllegalArgumentException("must not be the first word of another key ("
                    + taken().stream().map(word -> "`" + word + "`").collect(Collectors.joining(", ")) + "), but was `"
                    + name + "`");
        }
        return new EndpointKeys(name);
    }

    /** The whole key of a setting; of one that is not of endpoints the same for all. */
    public String key(Key key) {
        return name.isEmpty() || !KEYS.contains(key) ? key.key() : Key.PREFIX + name + "." + word(key);
    }

    /** All keys that this endpoint listens to. */
    Set<String> all() {
        return KEYS.stream().map(this::key).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The name of the endpoint that a key or its environment variable belongs to, if it has the form of one.
     *
     * @param key {@code llmload.candidate.url}, or {@code LLMLOAD_CANDIDATE_URL}
     */
    public static Optional<String> nameIn(String key) {
        return KEYS.stream()
                .flatMap(each -> Optional.ofNullable(between(key, Key.PREFIX, "." + word(each)))
                        .or(() -> Optional.ofNullable(between(
                                key, Key.environmentVariable(Key.PREFIX), Key.environmentVariable("." + word(each)))))
                        .stream())
                .filter(name -> name.matches("[A-Za-z0-9_-]+") && !isTaken(name))
                .findFirst();
    }

    /**
     * The key of a named endpoint that an environment variable stands for, in small letters, as names are usually written.
     *
     * @param variable {@code LLMLOAD_CANDIDATE_TIMEOUT_STALL}
     * @return {@code llmload.candidate.timeout.stall}; empty if it has not the form of one
     */
    public static Optional<String> keyOf(String variable) {
        return variable.startsWith(Key.environmentVariable(Key.LABEL_PREFIX))
                ? Optional.empty()
                : KEYS.stream()
                        .flatMap(each -> Optional.ofNullable(between(
                                        variable,
                                        Key.environmentVariable(Key.PREFIX),
                                        Key.environmentVariable("." + word(each))))
                                .filter(name -> !isTaken(name))
                                .map(name -> Key.PREFIX
                                        + name.toLowerCase(Locale.ROOT).replace('_', '-') + "." + word(each))
                                .stream())
                        .findFirst();
    }

    private static @Nullable String between(String text, String start, String end) {
        return text.startsWith(start) && text.endsWith(end) && text.length() > start.length() + end.length()
                ? text.substring(start.length(), text.length() - end.length())
                : null;
    }

    // What stands behind the name: `api` of llmload.endpoint.api, `timeout.stall` of llmload.timeout.stall.
    private static String word(Key key) {
        String word = key.key().substring(Key.PREFIX.length());
        return word.startsWith(GROUP) ? word.substring(GROUP.length()) : word;
    }

    private static boolean isTaken(String name) {
        return taken().stream().anyMatch(name::equalsIgnoreCase);
    }

    private static Set<String> taken() {
        Set<String> words = Arrays.stream(Key.values())
                .map(Key::key)
                .map(key -> key.substring(Key.PREFIX.length()).split("\\.")[0])
                .collect(Collectors.toCollection(TreeSet::new));
        words.add(Key.LABEL_PREFIX.substring(Key.PREFIX.length()).replace(".", ""));
        return words;
    }
}
