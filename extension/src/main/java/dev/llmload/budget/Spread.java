package dev.llmload.budget;

import dev.llmload.budget.baseline.BaselineRun;
import dev.llmload.result.Metric;
import dev.llmload.result.Unit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * One number of several runs, in base units: a percentile or a share is that of all their requests together, another number
 * the median of the runs.
 *
 * @param metric of which metric
 * @param value of all runs
 * @param sorted each run's own, rising; infinite, or 0 of a speed, where its rank falls on a failed request; at least one
 */
public record Spread(Metric metric, double value, List<Double> sorted) {
    private static final Set<Metric> SHARES = EnumSet.of(Metric.SUCCESS_RATE, Metric.GOOD_FRACTION);

    /** Empty if no run has a value, or the rank of all falls on a failed request. */
    public static Optional<Spread> of(List<BaselineRun> runs, BudgetRule budget) {
        return of(runs, budget.metric(), budget.statistic());
    }

    public static Optional<Spread> of(List<BaselineRun> runs, Metric metric, Statistic statistic) {
        List<BaselineRun> having = runs.stream().filter(run -> run.has(metric)).toList();
        if (having.isEmpty()) {
            return Optional.empty();
        }
        double ofFailure = metric.lowerIsBetter() ? Double.POSITIVE_INFINITY : 0;
        double[] values = having.stream()
                .mapToDouble(run -> run.value(metric, statistic).orElse(ofFailure))
                .sorted()
                .toArray();
        OptionalDouble all = all(having, values, metric, statistic);
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(new Spread(
                        metric, all.getAsDouble(), Arrays.stream(values).boxed().toList()));
    }

    private static OptionalDouble all(List<BaselineRun> runs, double[] sorted, Metric metric, Statistic statistic) {
        if (metric.isDistribution()) {
            return BaselineRun.pooled(runs, metric).value(metric, statistic);
        }
        if (SHARES.contains(metric)) {
            double requests = runs.stream().mapToLong(BaselineRun::requests).sum();
            double seen = runs.stream()
                    .mapToDouble(run -> run.values().get(metric) * run.requests())
                    .sum();
            return requests > 0 ? OptionalDouble.of(seen / requests) : OptionalDouble.of(sorted[0]);
        }
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    /** {@code 144 ms}; of several runs also the lowest and the highest: {@code 144 ms (141–148)}. */
    public String text() {
        String unit = unit().symbol();
        String middle = figure(value) + " " + unit;
        return sorted.size() == 1
                ? middle
                : middle + " (" + figure(sorted.get(0)) + "–" + figure(sorted.get(sorted.size() - 1)) + ")";
    }

    private String figure(double figure) {
        return Double.isInfinite(figure) ? "failed" : Figures.number(Exact.quotient(Exact.of(figure), unit().size()));
    }

    private Unit unit() {
        return Unit.require(metric.kind().unit());
    }
}
