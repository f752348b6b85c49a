package dev.llmload.budget;

import dev.llmload.analysis.Dispersion;
import dev.llmload.result.LoadResult;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Verdict;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;

/** Judges {@code success_rate} on whole numbers: successes against limit × those that ended. */
final class SuccessRateJudge {
    private SuccessRateJudge() {}

    static BudgetOutcome judge(LoadResult result, BudgetRule budget) {
        RequestCounts requests = result.requests();
        long ended = requests.attempted() - requests.cut();
        long succeeded = requests.succeeded();
        if (ended == 0) {
            return BudgetOutcome.without(budget, Verdict.INCONCLUSIVE, nothingEnded(requests));
        }
        int comparison = compare(succeeded, ended, budget);
        BudgetOutcome plain = new BudgetOutcome(
                budget,
                Explanations.ofComparison(budget, comparison),
                OptionalDouble.of(Exact.quotient(BigDecimal.valueOf(100 * succeeded), BigDecimal.valueOf(ended))),
                Optional.of(Intervals.inUnit(
                        budget,
                        ShareGate.interval(
                                succeeded, ended, FailureDispersion.of(result), Intervals.confidence(budget)))),
                Explanations.ofEquality(budget, comparison),
                OptionalDouble.empty());
        BudgetOutcome judged =
                budget.confidence() > 0 ? gate(succeeded, ended, FailureDispersion.of(result), plain) : plain;
        BudgetOutcome certain = UnsentRequests.of(requests) > 0 ? withUnsent(requests, judged) : judged;
        return Explanations.noise(UnfinishedRequests.tooMany(requests) ? withCut(requests, certain) : certain);
    }

    private static BudgetOutcome gate(long succeeded, long ended, Dispersion dispersion, BudgetOutcome plain) {
        BudgetRule budget = plain.budget();
        ShareGate gate = ShareGate.of(succeeded, ended, dispersion, budget.confidence());
        boolean lowerHolds = holds(budget, gate.lower());
        boolean upperHolds = holds(budget, gate.upper());
        Verdict verdict = lowerHolds && upperHolds
                ? Verdict.PASS
                : lowerHolds || upperHolds ? Verdict.INCONCLUSIVE : Verdict.FAIL;
        return plain.because(
                gate.isUnclear() ? Verdict.INCONCLUSIVE : verdict,
                succeeded + " of " + ended + " succeeded" + gate.inWords());
    }

    private static boolean holds(BudgetRule budget, double fraction) {
        return budget.comparator().holds(Exact.of(fraction).compareTo(budget.limitInBase()));
    }

    /** What never left this machine counts as failed: a limit that is broken must be so had all of it succeeded. */
    private static BudgetOutcome withUnsent(RequestCounts requests, BudgetOutcome outcome) {
        if (outcome.verdict() == Verdict.INCONCLUSIVE) {
            return outcome;
        }
        BudgetRule budget = outcome.budget();
        long ended = requests.attempted() - requests.cut();
        long best = requests.succeeded() + UnsentRequests.of(requests);
        return Explanations.ofComparison(budget, compare(best, ended, budget)) == outcome.verdict()
                ? outcome
                : outcome.because(Verdict.INCONCLUSIVE, UnsentRequests.detail(requests));
    }

    /** What was cut off might have gone either way: only a verdict that stands in both cases does. */
    private static BudgetOutcome withCut(RequestCounts requests, BudgetOutcome outcome) {
        if (outcome.verdict() == Verdict.INCONCLUSIVE) {
            return outcome;
        }
        BudgetRule budget = outcome.budget();
        long all = requests.attempted();
        Verdict worst = Explanations.ofComparison(budget, compare(requests.succeeded(), all, budget));
        Verdict best = Explanations.ofComparison(budget, compare(requests.succeeded() + requests.cut(), all, budget));
        return worst == outcome.verdict() && best == outcome.verdict()
                ? outcome
                : outcome.because(Verdict.INCONCLUSIVE, UnfinishedRequests.detail(requests));
    }

    private static int compare(long succeeded, long of, BudgetRule budget) {
        return BigDecimal.valueOf(succeeded).compareTo(budget.limitInBase().multiply(BigDecimal.valueOf(of)));
    }

    static String nothingEnded(RequestCounts requests) {
        return requests.attempted() == 0
                ? "no request was attempted"
                : "no request ended: all " + requests.cut() + " were cut off";
    }
}
