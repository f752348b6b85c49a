package dev.llmload.analysis;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much work must be done: {@code 100M tokens/day}, {@code 40 requests/s}. Tokens are input and output together.
 * Immutable.
 *
 * @param perSecond tokens or requests per second, above 0
 * @param tokens tokens, or requests
 * @param text as it was written, without needless blanks
 */
public record Demand(double perSecond, boolean tokens, String text) {
    private static final Map<String, Integer> SIZES = Map.of("", 0, "k", 3, "m", 6, "g", 9, "b", 9, "t", 12);
    private static final Map<String, Integer> SECONDS =
            Map.of("s", 1, "second", 1, "min", 60, "minute", 60, "h", 3600, "hour", 3600, "d", 86_400, "day", 86_400);
    private static final Pattern FORM =
            Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([kmgbt]?)\\s*(tokens|requests)\\s*(?:/|per )\\s*([a-z]+)");

    /**
     * Reads one.
     *
     * @param text a number with k, M, B or T, {@code tokens} or {@code requests}, and {@code /s}, {@code /min},
     *     {@code /hour} or {@code /day}
     * @throws IllegalArgumentException if it is none, with half a sentence on what it must be
     */
    public static Demand parse(String text) {
        String plain = text.strip().replaceAll("\\s+", " ");
        Matcher form = FORM.matcher(plain.toLowerCase(Locale.ROOT));
        if (!form.matches() || !SECONDS.containsKey(form.group(4))) {
            throw wrong(text);
        }
        BigDecimal amount = new BigDecimal(form.group(1)).scaleByPowerOfTen(SIZES.get(form.group(2)));
        if (amount.signum() <= 0) {
            throw wrong(text);
        }
        return new Demand(
                amount.doubleValue() / SECONDS.get(form.group(4)), form.group(3).equals("tokens"), plain);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "must be an amount above 0 of tokens or requests per s, min, hour or day, such as"
                        + " `100M tokens/day` or `40 requests/s`, but was `" + text + "`");
    }
}
