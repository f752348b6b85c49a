package dev.llmload.openai;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps secrets out of what is written, logged or shown. */
public final class Secrets {
    /** What stands in a text where a secret stood. */
    static final String MASK = "***";

    private static final int SHORT_KEY = 8;
    /** A word after it, such as "bearer authentication", is no token: a token holds a digit or is long. */
    private static final Pattern BEARER =
            Pattern.compile("(?i)\\b(bearer|basic)(\\s+)(?=\\S*\\d|\\S{20})[A-Za-z0-9._~+/=-]{4,}");

    private static final Pattern KEY_LIKE = Pattern.compile(
            "\\b(?:(?:sk|xai|nvapi)-[A-Za-z0-9_*./+=~-]{4,}|(?:gsk|hf)_[A-Za-z0-9]{8,}|AIza[A-Za-z0-9_-]{8,})");

    private Secrets() {}

    /**
     * The text without secrets, at most 512 bytes of UTF-8, cut between characters.
     *
     * @param text an error body or message
     * @param apiKey the key in use, or empty; every occurrence becomes {@code ***}, also one that the end of the text cuts
     *     off after 4 characters or more. A key shorter than 8 characters is replaced only where it stands as a word of its own.
     * @return the text without them
     */
    public static String redact(String text, String apiKey) {
        String clean = apiKey.isEmpty() ? text : withoutKey(text, apiKey);
        clean = BEARER.matcher(clean).replaceAll(m -> Matcher.quoteReplacement(m.group(1) + m.group(2) + MASK));
        clean = KEY_LIKE.matcher(clean).replaceAll(Matcher.quoteReplacement(MASK));
        return Excerpt.cut(clean);
    }

    private static String withoutKey(String text, String key) {
        if (key.length() < SHORT_KEY) {
            String word = "(?<![A-Za-z0-9])" + Pattern.quote(key) + "(?![A-Za-z0-9])";
            return text.replaceAll(word, Matcher.quoteReplacement(MASK));
        }
        String clean = text.replace(key, MASK);
        for (int length = Math.min(key.length() - 1, clean.length()); length >= 4; length--) {
            if (clean.endsWith(key.substring(0, length))) {
                return clean.substring(0, clean.length() - length) + MASK;
            }
        }
        return clean;
    }
}
