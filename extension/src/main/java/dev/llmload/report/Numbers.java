package dev.llmload.report;

import dev.llmload.result.RequestCounts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers for readers: about three digits that mean something, a point as the decimal sign in every locale. */
public final class Numbers {
    private Numbers() {}

    /** No fewer than three significant digits, and no decimals from 100 on: 1620, 97.0, 9.87, 0.123. */
    public static String plain(double value) {
        double size = Math.abs(value);
        return fixed(value, size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 || size == 0 ? 2 : 3);
    }

    /** With one decimal. */
    public static String one(double value) {
        return fixed(value, 1);
    }

    /** With so many decimals. */
    public static String fixed(double value, int decimals) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
        return rounded.toPlainString();
    }

    /** With at most so many decimals, without trailing zeros. */
    public static String trim(double value, int decimals) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** A fraction as a percentage: {@code 97.0 %}; 100 % and 0 % only if it is. */
    public static String percent(double fraction) {
        double percent = fraction * 100;
        int decimals = 1;
        while (decimals < 6 && (looksLike(percent, 100, decimals) || looksLike(percent, 0, decimals))) {
            decimals++;
        }
        return fixed(percent, decimals) + " %";
    }

    private static boolean looksLike(double value, double other, int decimals) {
        return value != other && new BigDecimal(fixed(value, decimals)).doubleValue() == other;
    }

    /** Nanoseconds for a reader: {@code 0.123 ms}, {@code 812 ms}, {@code 1620 ms}, {@code 12.3 s}. */
    public static String latency(double nanos) {
        return nanos >= 1e10 ? plain(nanos / 1e9) + " s" : plain(nanos / 1e6) + " ms";
    }

    /** Seconds for a reader: {@code 40.1 s}. */
    public static String seconds(double seconds) {
        return (seconds >= 10 ? one(seconds) : plain(seconds)) + " s";
    }

    /** A change with its sign: {@code +311.1 %}; digits are added until a change does not look like none. */
    public static String signed(double value, String unit) {
        int decimals = 1;
        while (decimals < 9 && looksLike(value, 0, decimals)) {
            decimals++;
        }
        return ((value >= 0 ? "+" : "") + fixed(value, decimals) + " " + unit).stripTrailing();
    }

    /** Successes over what ended, as a fraction; NaN if nothing did. */
    public static double success(RequestCounts requests) {
        long ended = requests.attempted() - requests.cut();
        return ended == 0 ? Double.NaN : (double) requests.succeeded() / ended;
    }

    /** A small difference with its sign and two digits, rounded away from zero but for the noise of doubles: {@code −0.81}. */
    public static String signed(double difference) {
        String digits = BigDecimal.valueOf(Math.abs(difference))
                .round(new MathContext(6, RoundingMode.HALF_UP))
                .round(new MathContext(2, RoundingMode.UP))
                .stripTrailingZeros()
                .toPlainString();
        return (difference < 0 ? "−" : "+") + digits;
    }
}
