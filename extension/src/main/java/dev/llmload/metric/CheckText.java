package dev.llmload.metric;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as the details of a check say them: to one decimal, and more only where a limit would look the same. */
public final class CheckText {
    private static final int MOST_DECIMALS = 6;

    private CheckText() {}

    /** To one decimal: {@code 98.7}, {@code 12}; {@code <0.1} for what is more than nothing. */
    public static String number(double value) {
        return value > 0 && value < 0.05 ? "<0.1" : rounded(value, 1);
    }

    /** The same, with as many decimals as it takes to tell it from a limit that it is not equal to. */
    public static String number(double value, double limit) {
        int decimals = 1;
        while (decimals < MOST_DECIMALS
                && value != limit
                && rounded(value, decimals).equals(rounded(limit, decimals))) {
            decimals++;
        }
        return decimals == 1 ? number(value) : rounded(value, decimals);
    }

    /** Of a fraction: {@code 12.5 %}. */
    public static String percent(double fraction) {
        return number(fraction * 100) + " %";
    }

    /** Of a fraction that a limit in percent is set to. */
    public static String percent(double fraction, double limitPercent) {
        return number(fraction * 100, limitPercent) + " %";
    }

    /** Of nanoseconds: {@code 0.9 ms}. */
    public static String millis(double nanos) {
        return number(nanos / 1e6) + " ms";
    }

    private static String rounded(double value, int decimals) {
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
