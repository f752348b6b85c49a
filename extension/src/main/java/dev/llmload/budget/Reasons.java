package dev.llmload.budget;

import dev.llmload.result.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says beside a verdict what its number alone does not. */
final class Reasons {
    private Reasons() {}

    static Verdict ofComparison(Budget budget, int comparison) {
        return budget.comparator().holds(comparison) ? Verdict.PASS : Verdict.FAIL;
    }

    /** Why a value that looks like its limit fails, and whether another run might well have decided otherwise. */
    static String remarks(Budget budget, Optional<BigDecimal> value, Optional<double[]> interval) {
        List<String> remarks = new ArrayList<>();
        BigDecimal limit = budget.limitInBase();
        if (value.isPresent()
                && value.get().compareTo(limit) == 0
                && !budget.comparator().includesEquality()) {
            remarks.add("equals the limit, which " + budget.comparator().symbol() + " does not include");
        }
        if (budget.confidence() == 0
                && interval.filter(i -> Intervals.contains(i, limit.doubleValue()))
                        .isPresent()) {
            remarks.add("within noise: the 95 % interval contains the limit");
        }
        return String.join("; ", remarks);
    }

    static String join(String first, String second) {
        return first.isEmpty() ? second : second.isEmpty() ? first : first + "; " + second;
    }

    /** A fraction as a percentage: {@code 4.94 %}. */
    static String percent(double fraction) {
        return Figures.number(Exact.of(fraction).movePointRight(2).doubleValue()) + " %";
    }
}
