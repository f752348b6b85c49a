package dev.llmload.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code "500ms"}, {@code "2s"}, {@code "1.5 m"}, {@code "1h"}. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ns|us|µs|ms|s|m|min|h)");

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @param text a number and one of the units ns, us, ms, s, m, h
     * @throws IllegalArgumentException if it is neither; the message states the rule and the value
     */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "a duration must be a number and a unit (ms, s, m, h), for example \"500ms\" or \"2s\", but was \""
                            + text + "\"");
        }
        BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(nanosOf(matcher.group(2))));
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("a duration must be below 292 years, but was \"" + text + "\"");
        }
        return Duration.ofNanos(nanos.setScale(0, RoundingMode.HALF_UP).longValue());
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "us", "µs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m", "min" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }

    /** For a reader: {@code 800 ms}, {@code 1.5 s}, {@code 3 m}, {@code 2 h}. Never rounds to 0. */
    public static String format(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos % 3_600_000_000_000L == 0 && nanos != 0) {
            return nanos / 3_600_000_000_000L + " h";
        }
        if (nanos % 60_000_000_000L == 0 && nanos != 0) {
            return nanos / 60_000_000_000L + " m";
        }
        if (nanos >= 1_000_000_000L) {
            return plain(nanos, 1_000_000_000L) + " s";
        }
        if (nanos >= 1_000_000L || nanos == 0) {
            return plain(nanos, 1_000_000L) + " ms";
        }
        return nanos >= 1_000L ? plain(nanos, 1_000L) + " µs" : nanos + " ns";
    }

    private static String plain(long nanos, long unit) {
        return BigDecimal.valueOf(nanos)
                .divide(BigDecimal.valueOf(unit), 3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
