package dev.llmload.budget;

import dev.llmload.result.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/**
 * Numbers for readers: three significant digits or all whole ones, and as many more as it takes for a value and a limit
 * that differ to look different. Pure functions, safe for any thread.
 */
public final class Figures {
    private static final String ABSENT = "–";

    private Figures() {}

    /**
     * A number by itself: {@code 1620}, {@code 97.0}, {@code 5.67}, {@code 0.176}; {@code ∞} for an infinite one.
     *
     * @param value not NaN
     */
    public static String number(double value) {
        return Double.isInfinite(value)
                ? (value > 0 ? "∞" : "−∞")
                : rounded(value, decimals(value)).toPlainString();
    }

    /**
     * A value beside its limit, without unit: rounded like {@link #number(double)}, but never to the other side of the
     * limit nor onto it.
     *
     * @param value not NaN
     * @param limit finite, in the same unit
     */
    public static String number(double value, double limit) {
        if (Double.isInfinite(value)) {
            return number(value);
        }
        int decimals = decimals(value);
        while (!sameSide(value, decimals, limit)) {
            decimals++;
        }
        return rounded(value, decimals).toPlainString();
    }

    private static boolean sameSide(double value, int decimals, double limit) {
        BigDecimal bound = Exact.of(limit);
        return rounded(value, decimals).compareTo(bound) == Exact.of(value).compareTo(bound);
    }

    /**
     * The value of an outcome with its unit: {@code 1500.4 ms}; a dash if there is none.
     *
     * @param outcome of any budget
     */
    public static String value(BudgetOutcome outcome) {
        if (outcome.actual().isEmpty()) {
            return ABSENT;
        }
        double value = outcome.actual().getAsDouble();
        if (outcome.budget().unit().equals(Unit.USERS.symbol()) && value == Math.rint(value)) {
            return withUnit(rounded(value, 0).toPlainString(), outcome.budget());
        }
        String beside = number(value, outcome.budget().limit());
        // 99.96 % of the requests are not "100 %" of them
        boolean all = outcome.budget().unit().equals(Unit.PERCENT.symbol()) && value != 100 && isHundred(beside);
        return withUnit(all ? number(value, 100) : beside, outcome.budget());
    }

    private static boolean isHundred(String number) {
        return new BigDecimal(number).compareTo(BigDecimal.valueOf(100)) == 0;
    }

    /**
     * The limit with its comparator, as it was written: {@code < 1500 ms}.
     *
     * @param outcome of any budget
     */
    public static String limit(BudgetOutcome outcome) {
        return outcome.budget().limitText();
    }

    /**
     * How far the value is from the limit: {@code +8.0 %} of the limit, for percentages {@code -2.0 pt}. Never reads as
     * zero unless the two are equal; empty if there is no value or the limit is a share of a baseline.
     *
     * @param outcome of any budget
     */
    public static String distance(BudgetOutcome outcome) {
        OptionalDouble actual = outcome.actual();
        BudgetRule budget = outcome.budget();
        if (actual.isEmpty() || budget.ofBaseline()) {
            return "";
        }
        BigDecimal difference = Exact.of(actual.getAsDouble()).subtract(Exact.of(budget.limit()));
        if (budget.unit().equals(Unit.PERCENT.symbol())) {
            return signed(difference.doubleValue()) + " pt";
        }
        return budget.limit() == 0
                ? withUnit(signed(difference.doubleValue()), budget)
                : signed(Exact.quotient(difference.movePointRight(2), Exact.of(budget.limit()))) + " %";
    }

    /**
     * The interval of an outcome: {@code 95 % CI 1571–1702 ms}; empty if there is none.
     *
     * @param outcome of any budget
     */
    public static String interval(BudgetOutcome outcome) {
        BudgetRule budget = outcome.budget();
        double confidence = budget.confidence() == 0 ? Intervals.CONFIDENCE : budget.confidence();
        return outcome.interval()
                .map(ends -> Explanations.plainPercent(confidence) + " CI "
                        + withUnit(number(ends[0], budget.limit()) + "–" + number(ends[1], budget.limit()), budget))
                .orElse("");
    }

    /** A change as a percentage with its sign: {@code +18.9 %}. */
    public static String percentChange(double fraction) {
        return signed(fraction * 100) + " %";
    }

    private static String withUnit(String number, BudgetRule budget) {
        return number + " " + budget.unit();
    }

    private static String signed(double value) {
        int decimals = 1;
        while (value != 0 && rounded(value, decimals).signum() == 0) {
            decimals++;
        }
        String text = rounded(value, decimals).toPlainString();
        return value > 0 ? "+" + text : text;
    }

    private static int decimals(double value) {
        BigDecimal exact = Exact.of(Math.abs(value));
        return exact.signum() == 0 ? 0 : Math.max(0, 3 - (exact.precision() - exact.scale()));
    }

    private static BigDecimal rounded(double value, int decimals) {
        return Exact.of(value).setScale(decimals, RoundingMode.HALF_UP);
    }
}
