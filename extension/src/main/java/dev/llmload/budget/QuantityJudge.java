package dev.llmload.budget;

import dev.llmload.result.Bias;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Verdict;
import java.util.Optional;
import java.util.OptionalDouble;

/** Judges a metric that is one number. */
final class QuantityJudge {
    private QuantityJudge() {}

    static BudgetOutcome judge(LoadResult result, BudgetRule budget) {
        Quantity quantity = result.quantity(budget.metric());
        if (!quantity.isPresent()) {
            return absent(result, budget, quantity.absentReason());
        }
        RequestCounts requests = result.requests();
        if (!budget.metric().needsSource() && requests.attempted() == requests.cut()) {
            return BudgetOutcome.without(budget, Verdict.INCONCLUSIVE, SuccessRateJudge.nothingEnded(requests));
        }
        return quantity.isUpperBound() ? ofBound(budget, quantity.value()) : ofValue(budget, quantity.value());
    }

    /**
     * There was no source for it, or there was one that failed: what broke on the way is not "not measured". A check
     * that says in which direction a value moved says nothing of one that is not there; nor does one of the load as a whole
     * say why there is no source.
     */
    private static BudgetOutcome absent(LoadResult result, BudgetRule budget, String reason) {
        Optional<ValidityCheck> broken = result.validity().stream()
                .filter(check -> !check.ok() && check.bias().get(budget.metric()) == Bias.UNKNOWN)
                .filter(check -> !budget.metric().needsSource() || isOfSources(check))
                .findFirst();
        if (broken.isPresent()) {
            return BudgetOutcome.without(
                    budget,
                    Verdict.INCONCLUSIVE,
                    broken.get().check() + ": " + broken.get().detail());
        }
        Verdict verdict = budget.metric().needsSource() ? Verdict.NOT_MEASURED : Verdict.INCONCLUSIVE;
        return BudgetOutcome.without(budget, verdict, reason);
    }

    private static boolean isOfSources(ValidityCheck check) {
        return check.bias().keySet().stream().allMatch(Metric::needsSource);
    }

    /** The true value may be lower: what that could change is not decided. */
    private static BudgetOutcome ofBound(BudgetRule budget, double value) {
        BudgetOutcome outcome = ofValue(budget, value);
        boolean stands =
                (outcome.verdict() == Verdict.PASS) == budget.comparator().isUpperLimit();
        String why = "the value is an upper bound: prompts may have come from the server's cache, and it does not say";
        return stands ? outcome.remark(why) : outcome.because(Verdict.INCONCLUSIVE, why);
    }

    /** Judges a value in the base unit that has no interval. */
    static BudgetOutcome ofValue(BudgetRule budget, double value) {
        int comparison = Exact.of(value).compareTo(budget.limitInBase());
        return new BudgetOutcome(
                budget,
                Explanations.ofComparison(budget, comparison),
                OptionalDouble.of(budget.fromBase(value)),
                Optional.empty(),
                Explanations.ofEquality(budget, comparison),
                OptionalDouble.empty());
    }
}
