package dev.llmload.budget;

import dev.llmload.analysis.Dispersion;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Verdict;
import dev.llmload.result.text.CountText;
import java.util.OptionalDouble;

/**
 * Judges a statistic of a latency or a speed. A failed request ranks above every latency and below every speed, so it
 * counts against the usual limits and never for one: where the rank of an unusual limit ({@code ttft p95 > 1 s}) falls
 * on a failed request, there is no value to hold it.
 */
final class DistributionJudge {
    private final BudgetRule budget;
    private final Ranked values;

    private DistributionJudge(BudgetRule budget, Ranked values) {
        this.budget = budget;
        this.values = values;
    }

    static BudgetOutcome judge(LoadResult result, BudgetRule budget) {
        return judge(result.requests(), budget, result.distribution(budget.metric()));
    }

    /** The same of another distribution than the one that was measured. */
    static BudgetOutcome judge(RequestCounts requests, BudgetRule budget, Distribution distribution) {
        if (!distribution.isPresent()) {
            return ofAbsent(requests, budget, distribution);
        }
        Ranked ranked = new Ranked(distribution, budget.metric().lowerIsBetter());
        if (budget.statistic().kind() == Statistic.Kind.MEAN) {
            return ofMean(budget, distribution);
        }
        DistributionJudge judge = new DistributionJudge(budget, ranked);
        return judge.ofRank(distribution.count());
    }

    private static BudgetOutcome ofAbsent(RequestCounts requests, BudgetRule budget, Distribution distribution) {
        if (requests.succeeded() > 0 || requests.failed() == 0) {
            String reason = requests.attempted() == requests.cut()
                    ? SuccessRateJudge.nothingEnded(requests)
                    : distribution.failed() > 0
                            ? "no successful request has a value for "
                                    + budget.metric().word()
                            : distribution.absentReason();
            return BudgetOutcome.without(budget, Verdict.INCONCLUSIVE, reason);
        }
        return BudgetOutcome.without(
                budget,
                failuresCountAgainst(budget) ? Verdict.FAIL : Verdict.INCONCLUSIVE,
                "no request succeeded, " + requests.failed() + " failed");
    }

    private static BudgetOutcome ofMean(BudgetRule budget, Distribution distribution) {
        BudgetOutcome outcome = QuantityJudge.ofValue(budget, distribution.mean());
        return distribution.failed() == 0
                ? outcome
                : outcome.because(
                        outcome.verdict(),
                        "mean of the " + distribution.count() + " successes; the " + distribution.failed()
                                + " failed have no value");
    }

    private BudgetOutcome ofRank(long successes) {
        long rank = budget.statistic().rank(values.size());
        OptionalDouble value = values.at(rank);
        boolean undecidable = value.isEmpty() && !failuresCountAgainst(budget);
        BudgetOutcome plain = new BudgetOutcome(
                budget,
                undecidable ? Verdict.INCONCLUSIVE : verdict(value),
                value.isPresent() ? OptionalDouble.of(budget.fromBase(value.getAsDouble())) : OptionalDouble.empty(),
                Intervals.ofPercentile(budget, values).map(i -> Intervals.inUnit(budget, i)),
                value.isPresent() ? Explanations.ofEquality(budget, comparison(value)) : onFailure(rank),
                values.failed() > 0 ? OptionalDouble.of(ofSuccesses(successes)) : OptionalDouble.empty());
        if (undecidable || !budget.statistic().isPercentile()) {
            return plain;
        }
        return Explanations.noise(budget.confidence() > 0 ? gate(plain) : enoughSamples(plain));
    }

    private Verdict verdict(OptionalDouble value) {
        return value.isPresent() ? Explanations.ofComparison(budget, comparison(value)) : Verdict.FAIL;
    }

    private int comparison(OptionalDouble value) {
        return Exact.of(value.getAsDouble()).compareTo(budget.limitInBase());
    }

    private double ofSuccesses(long count) {
        return budget.fromBase(values.success(budget.statistic().rank(count)));
    }

    private String onFailure(long rank) {
        return "rank " + rank + " of " + values.size() + " falls on a failed request (" + values.failed() + " failed)";
    }

    /** A percentile needs 1/(1 − q) values to pass; it fails with fewer only if its share beyond the limit is certain. */
    private BudgetOutcome enoughSamples(BudgetOutcome plain) {
        long needed = Tail.samplesToPass(budget);
        if (values.size() >= needed) {
            return plain;
        }
        String few = CountText.of(values.size(), "value", "is", "are") + " too few to judge " + budget.name()
                + ": it takes " + needed;
        if (plain.verdict() == Verdict.PASS) {
            return plain.because(Verdict.INCONCLUSIVE, few);
        }
        double atLeast = ShareGate.of(violations(), values.size(), dispersion(), Intervals.CONFIDENCE)
                .lower();
        return atLeast > Tail.of(budget).doubleValue() ? plain : plain.because(Verdict.INCONCLUSIVE, few);
    }

    private BudgetOutcome gate(BudgetOutcome plain) {
        double permitted = Tail.of(budget).doubleValue();
        ShareGate gate = ShareGate.of(violations(), values.size(), dispersion(), budget.confidence());
        Verdict verdict = gate.upper() <= permitted
                ? Verdict.PASS
                : gate.lower() > permitted ? Verdict.FAIL : Verdict.INCONCLUSIVE;
        return plain.because(
                gate.isUnclear() ? Verdict.INCONCLUSIVE : verdict,
                violations() + " of " + values.size() + " beyond the limit" + gate.inWords() + ", permitted "
                        + Explanations.plainPercent(permitted));
    }

    private Dispersion dispersion() {
        return values.dispersion(budget.comparator(), budget.limitInBase().doubleValue());
    }

    private long violations() {
        return values.violations(budget.comparator(), budget.limitInBase().doubleValue());
    }

    private static boolean failuresCountAgainst(BudgetRule budget) {
        return budget.metric().lowerIsBetter() == budget.comparator().isUpperLimit();
    }
}
