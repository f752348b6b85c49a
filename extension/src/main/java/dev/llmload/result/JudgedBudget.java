package dev.llmload.result;

import java.util.Optional;
import java.util.OptionalDouble;
import org.apiguardian.api.API;

/**
 * What one budget came to. Immutable.
 *
 * @param text in the one normal form of the grammar: {@code ttft p95 < 1500 ms}
 * @param source where it was declared, or that it is implied
 * @param verdict what it came to
 * @param actual the value in {@code unit}; empty where it falls on a failed request, or nothing was measured
 * @param limit in {@code unit}
 * @param unit of actual, limit and interval: {@code ms}, {@code %}, {@code tok/s}
 * @param interval of the value, where one can be given: 95 % two-sided, or of the budget's own confidence
 * @param reason why it came to that, for a reader; empty if there is nothing to add
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record JudgedBudget(
        String text,
        String source,
        Verdict verdict,
        OptionalDouble actual,
        double limit,
        String unit,
        Optional<Interval> interval,
        String reason) {
    @Override
    public String toString() {
        return text + ": " + verdict;
    }
}
