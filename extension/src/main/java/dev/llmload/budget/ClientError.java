package dev.llmload.budget;

import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.MeasurementError;
import dev.llmload.result.Metric;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The client's own part in a value (docs/metrics.md): what was measured is one end of an interval, the value without all that
 * the client may have added is the other. A verdict stands unless the limit lies between them.
 */
public final class ClientError {
    private static final Set<Metric> RATES = EnumSet.of(
            Metric.THROUGHPUT,
            Metric.TOTAL_THROUGHPUT,
            Metric.REQUEST_RATE,
            Metric.GOODPUT,
            Metric.TOKEN_GOODPUT,
            Metric.MFU,
            Metric.DECODE_MFU,
            Metric.MBU,
            Metric.TOKENS_PER_JOULE);
    private static final Set<Metric> PER_TOKEN =
            EnumSet.of(Metric.JOULES_PER_TOKEN, Metric.COST_PER_MILLION, Metric.COST_PER_MILLION_GOOD);

    private ClientError() {}

    /**
     * By how much the value of an outcome would change without all that the client may have added: below 0 for a latency, above
     * for a speed.
     *
     * @return in the budget's unit; empty where there is no value, or no part of the client's in it
     */
    public static OptionalDouble part(LoadResult result, BudgetOutcome outcome) {
        if (!outcome.budget().metric().isDistribution() || outcome.actual().isEmpty()) {
            return OptionalDouble.empty();
        }
        OptionalDouble end = result.error()
                .best(outcome.budget().metric())
                .map(values -> end(result, outcome, values))
                .orElseGet(OptionalDouble::empty);
        double part =
                end.orElse(outcome.actual().getAsDouble()) - outcome.actual().getAsDouble();
        return part == 0 ? OptionalDouble.empty() : OptionalDouble.of(part);
    }

    /** The value of an outcome if these were its values, in the budget's unit; empty where its rank falls on a failure. */
    private static OptionalDouble end(LoadResult result, BudgetOutcome outcome, Distribution values) {
        OptionalDouble other = DistributionJudge.judge(result.requests(), outcome.budget(), values)
                .actual();
        if (!outcome.budget().ofBaseline() || other.isEmpty()) {
            return other;
        }
        // A share of the baseline: it changes as the value itself does.
        OptionalDouble measured =
                DistributionJudge.judge(result, outcome.budget()).actual();
        return measured.isPresent()
                        && measured.getAsDouble() > 0
                        && outcome.actual().isPresent()
                ? OptionalDouble.of(outcome.actual().getAsDouble() * other.getAsDouble() / measured.getAsDouble())
                : OptionalDouble.empty();
    }

    /** Why a verdict, PASS or FAIL, is not certain; empty if it is. */
    static Optional<String> doubt(LoadResult result, BudgetOutcome outcome) {
        Metric metric = outcome.budget().metric();
        if (metric.isDistribution()) {
            return tips(result, outcome, result.error().best(metric))
                    .or(() -> tips(result, outcome, result.error().worst(metric)));
        }
        return ofRate(result, outcome);
    }

    private static Optional<String> tips(LoadResult result, BudgetOutcome outcome, Optional<Distribution> end) {
        if (outcome.budget().ofBaseline()) {
            return end.map(values -> end(result, outcome, values))
                    .filter(other -> other.isPresent() && other.getAsDouble() > 0)
                    .filter(other -> around(outcome, other.getAsDouble()).tips(result, outcome))
                    .map(other -> sentence(outcome, other));
        }
        return end.map(values -> DistributionJudge.judge(result.requests(), outcome.budget(), values))
                .filter(other -> other.verdict() != outcome.verdict())
                .map(other -> sentence(outcome, other.actual()));
    }

    private static Reach around(BudgetOutcome outcome, double other) {
        double factor = other / outcome.actual().getAsDouble();
        return new Reach(Math.min(1, factor), Math.max(1, factor));
    }

    private static String sentence(BudgetOutcome outcome, OptionalDouble other) {
        String value = Figures.value(outcome);
        if (outcome.actual().isEmpty() || other.isEmpty()) {
            return value + ", of which the client's own part is not known";
        }
        double part = Math.abs(outcome.actual().getAsDouble() - other.getAsDouble());
        boolean less = other.getAsDouble() < outcome.actual().getAsDouble();
        String much = Figures.number(part) + " " + outcome.budget().unit();
        return less
                ? value + ", of which up to " + much + " may be the client's own"
                : value + ", to which up to " + much + " may be missing through the client's own doing";
    }

    private static Optional<String> ofRate(LoadResult result, BudgetOutcome outcome) {
        Metric metric = outcome.budget().metric();
        MeasurementError error = result.error();
        if (!(error.clientShare() > 0) || !RATES.contains(metric) && !PER_TOKEN.contains(metric)) {
            return Optional.empty();
        }
        double most = 1 / (1 - error.clientShare());
        Reach reach = RATES.contains(metric) ? new Reach(1, most) : new Reach(1 / most, 1);
        return reach.tips(result, outcome)
                ? Optional.of(Figures.value(outcome) + ": up to " + Explanations.percent(error.clientShare())
                        + " of the users' time may be the client's own, and the limit lies within that")
                : Optional.empty();
    }
}
