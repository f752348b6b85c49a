package dev.llmload.spi;

import dev.llmload.result.Verdict;
import java.util.OptionalDouble;
import org.apiguardian.api.API;

/**
 * What a budget came to. Immutable.
 *
 * @param budget in its normal form: {@code "ttft p95 < 1500 ms"}
 * @param source where it was declared: {@code "method"}, {@code "class"}, a file, a key
 * @param verdict what it came to
 * @param actual the value in the budget's unit; empty where the rank falls on a failed request, or nothing was measured
 * @param unit as the budget has it: {@code "ms"}, {@code "%"}
 * @param reason why it is no pass, or what should be known; empty if there is nothing to say
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record BudgetResult(
        String budget, String source, Verdict verdict, OptionalDouble actual, String unit, String reason) {}
