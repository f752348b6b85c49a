package dev.llmload.metric;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers as the details of a check say them. */
final class Words {
    private Words() {}

    /** Up to three decimals: {@code 98.7}. */
    static String number(double value) {
        return new DecimalFormat("0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }

    /** Of a fraction: {@code 12.5 %}. */
    static String percent(double fraction) {
        return number(fraction * 100) + " %";
    }

    /** Of nanoseconds: {@code 0.9 ms}. */
    static String millis(double nanos) {
        return number(nanos / 1e6) + " ms";
    }

    /** Of nanoseconds: {@code 38.2 s}. */
    static String seconds(double nanos) {
        return number(nanos / 1e9) + " s";
    }

    /** {@code 1 request}, {@code 2 requests}. */
    static String count(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
