package dev.llmload.budget;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * Numbers as they were written. A double stands for its shortest decimal form, so that a limit of 0.12 is 0.12 and a
 * value of 0.12 equals it.
 */
public final class Exact {
    private Exact() {}

    public static BigDecimal of(double value) {
        return BigDecimal.valueOf(value);
    }

    /** Without exponent and without trailing zeros. */
    public static String plain(double value) {
        BigDecimal stripped = of(value).stripTrailingZeros();
        return stripped.signum() == 0 ? "0" : stripped.toPlainString();
    }

    /** The double of a plain decimal; empty if the double would be another number than the digits say. */
    public static Optional<Double> number(String digits) {
        double value = Double.parseDouble(digits);
        return Double.isFinite(value) && of(value).compareTo(new BigDecimal(digits)) == 0
                ? Optional.of(value)
                : Optional.empty();
    }

    public static double quotient(BigDecimal value, BigDecimal divisor) {
        return value.divide(divisor, MathContext.DECIMAL64).doubleValue();
    }
}
