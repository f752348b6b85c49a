package dev.llmload.budget;

import dev.llmload.result.Bias;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a verdict back that a flaw of the measurement could have tipped (docs/metrics.md): a broken validity check,
 * requests cut off, tokens of the first event unknown. A verdict that would be the same despite the flaw stands.
 */
public final class InconclusiveRule {
    private InconclusiveRule() {}

    public static BudgetOutcome apply(LoadResult result, BudgetOutcome outcome) {
        if (outcome.verdict() != Verdict.PASS && outcome.verdict() != Verdict.FAIL) {
            return outcome;
        }
        // What an aborted level left unsent would have been slower still, and mends nothing that broke.
        boolean cutDecides = result.aborted().isEmpty() || outcome.verdict() == Verdict.PASS;
        if (outcome.actual().isEmpty()) {
            BudgetOutcome certain = ofUnsent(result.requests(), outcome);
            return cutDecides ? ofFailure(result.requests(), certain) : certain;
        }
        List<String> doubts = new ArrayList<>();
        Metric metric = outcome.budget().metric();
        for (ValidityCheck check : result.validity()) {
            Bias bias = check.bias().get(metric);
            // how many were cut tells more than that too many were
            boolean decides = !check.check().equals(UnfinishedRequests.CHECK);
            if (!check.ok() && decides && bias != null && couldTip(bias, outcome)) {
                doubts.add(check.check() + ": " + check.detail());
            }
        }
        if (cutDecides && UnfinishedRequests.tooMany(result)) {
            UnfinishedRequests.doubt(result, outcome).ifPresent(doubts::add);
        }
        tokenBound(result, outcome).ifPresent(doubts::add);
        hiddenReasoning(result, outcome).ifPresent(doubts::add);
        EnergyUncertainty.doubt(result, outcome).ifPresent(doubts::add);
        ClientError.doubt(result, outcome).ifPresent(doubts::add);
        return doubts.isEmpty() ? outcome : outcome.because(Verdict.INCONCLUSIVE, String.join("; ", doubts));
    }

    /**
     * A failed request ranks where it does however the latencies of the others were moved; but had those that were cut off
     * all succeeded, the rank might have fallen on one of them.
     */
    private static BudgetOutcome ofFailure(RequestCounts requests, BudgetOutcome outcome) {
        return UnfinishedRequests.tooMany(requests) && !stillOnFailure(requests, outcome.budget())
                ? outcome.because(Verdict.INCONCLUSIVE, UnfinishedRequests.detail(requests))
                : outcome;
    }

    // The same where this machine could not send: had all of that succeeded, would the rank still fall on a failure?
    private static BudgetOutcome ofUnsent(RequestCounts requests, BudgetOutcome outcome) {
        long unsent = UnsentRequests.of(requests);
        return unsent > 0
                        && outcome.verdict() == Verdict.FAIL
                        && !onFailure(outcome.budget(), requests.attempted(), requests.failed() - unsent)
                ? outcome.because(Verdict.INCONCLUSIVE, UnsentRequests.detail(requests))
                : outcome;
    }

    private static boolean stillOnFailure(RequestCounts requests, BudgetRule budget) {
        return onFailure(budget, requests.attempted(), requests.failed());
    }

    private static boolean onFailure(BudgetRule budget, long of, long failed) {
        if (budget.statistic().kind() == Statistic.Kind.MEAN) {
            return false;
        }
        long rank = budget.statistic().rank(of);
        return budget.metric().lowerIsBetter() ? rank > of - failed : rank <= failed;
    }

    static boolean couldTip(Bias bias, BudgetOutcome outcome) {
        boolean belowLimit = (outcome.verdict() == Verdict.PASS)
                == outcome.budget().comparator().isUpperLimit();
        return bias != (belowLimit ? Bias.UP : Bias.DOWN);
    }

    /** TPOT lies from what was measured to so many times of it, output speed the other way. */
    private static Optional<String> hiddenReasoning(LoadResult result, BudgetOutcome outcome) {
        Metric metric = outcome.budget().metric();
        double factor = result.tokens().hiddenFactor();
        boolean speed = metric == Metric.OUTPUT_SPEED;
        if (metric != Metric.TPOT && !speed || !(factor > 1) || !couldTip(speed ? Bias.UP : Bias.DOWN, outcome)) {
            return Optional.empty();
        }
        double value = outcome.actual().getAsDouble();
        double other = speed ? value / factor : value * factor;
        double limit = outcome.budget().limit();
        return Math.min(value, other) <= limit && limit <= Math.max(value, other)
                ? Optional.of(
                        "the usage counts more tokens than events came and names no reasoning; if the rest was hidden"
                                + " reasoning, " + metric.word() + " is up to " + Figures.number(factor) + " times too "
                                + (speed ? "high" : "low") + ", and the limit lies within that")
                : Optional.empty();
    }

    private static Optional<String> tokenBound(LoadResult result, BudgetOutcome outcome) {
        Metric metric = outcome.budget().metric();
        double bound = result.tokens().tpotBound();
        if (metric != Metric.TPOT && metric != Metric.OUTPUT_SPEED || !(bound > 0)) {
            return Optional.empty();
        }
        // tpot divides by tokens − 1 where tokens − n may be right, and the first event holds one at least: the truth
        // is
        // longer, never shorter; output_speed is its inverse
        double least = 1 - Math.min(bound, 1);
        boolean tpot = metric == Metric.TPOT;
        Reach reach = tpot ? new Reach(1, least == 0 ? Double.POSITIVE_INFINITY : 1 / least) : new Reach(least, 1);
        return reach.tips(result, outcome)
                ? Optional.of(
                        "how many tokens the first event held is not known, so " + metric.word() + " may be up to "
                                + (tpot
                                        ? Explanations.percent(reach.high() - 1) + " longer"
                                        : Explanations.percent(bound) + " lower")
                                + ", and the limit lies within that")
                : Optional.empty();
    }
}
