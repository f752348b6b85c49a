package dev.llmload.result.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Durations as a reader expects them. */
public final class DurationText {
    private DurationText() {}

    /** For a reader: {@code 800 ms}, {@code 1.5 s}, {@code 3 m}, {@code 2 h}. Never rounds to 0. */
    public static String of(Duration duration) {
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
        int digits = nanos >= 10 * unit ? 1 : 3;
        return BigDecimal.valueOf(nanos)
                .divide(BigDecimal.valueOf(unit), digits, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
