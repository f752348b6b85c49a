package dev.llmload.load.ruler;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * How wrong this JVM on this machine tells a time to first token, and how much it can read.
 *
 * @param ttftP50Millis median error of the time to first token with 100 streams, in milliseconds
 * @param ttftP99Millis 99th percentile of it
 * @param tokensPerCoreSecond token events that the client can read in a second of a core; NaN if none came or this JVM does not tell the
 *     CPU time of a thread
 */
public record Ruler(double ttftP50Millis, double ttftP99Millis, double tokensPerCoreSecond) {
    /** {@code TTFT +0.09 ms (p50), +0.6 ms (p99), good for 1.6 M tokens/s a core}. */
    public String words() {
        return "TTFT " + millis(ttftP50Millis) + " ms (p50), " + millis(ttftP99Millis) + " ms (p99)"
                + (Double.isNaN(tokensPerCoreSecond)
                        ? ""
                        : ", good for " + amount(tokensPerCoreSecond) + " tokens/s a core");
    }

    private static String millis(double value) {
        return (value < 0 ? "−" : "+") + twoDigits(Math.abs(value));
    }

    private static String amount(double perSecond) {
        return perSecond >= 1e6
                ? twoDigits(perSecond / 1e6) + " M"
                : String.format(Locale.ROOT, "%,.0f", perSecond).replace(',', ' ');
    }

    private static String twoDigits(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(2))
                .stripTrailingZeros()
                .toPlainString();
    }
}
