package dev.llmload.report.file;

import java.math.BigDecimal;
import java.util.List;

/** Which percentiles the result files hold, and what they are called there. */
public final class Percentiles {
    /** Where nothing else is asked for. */
    static final List<Double> USUAL = List.of(50.0, 90.0, 95.0, 99.0);

    private Percentiles() {}

    /**
     * The same in rising order, each once.
     *
     * @throws IllegalArgumentException if one is not above 0 and at most 100
     */
    static List<Double> of(List<Double> wanted) {
        for (double percentile : wanted) {
            if (!(percentile > 0 && percentile <= 100)) {
                throw new IllegalArgumentException(
                        "a percentile must be above 0 and at most 100, but was " + percentile);
            }
        }
        return wanted.stream().sorted().distinct().toList();
    }

    /** {@code p50}, {@code p99.9}. */
    public static String key(double percentile) {
        return "p" + BigDecimal.valueOf(percentile).stripTrailingZeros().toPlainString();
    }
}
