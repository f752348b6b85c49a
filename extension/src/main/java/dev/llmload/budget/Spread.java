package dev.llmload.budget;

import dev.llmload.budget.baseline.BaselineRun;
import dev.llmload.result.Metric;
import dev.llmload.result.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One number over several runs, in base units.
 *
 * @param metric of which metric
 * @param sorted its values, rising; at least one
 */
public record Spread(Metric metric, List<Double> sorted) {
    /** Empty if a run has no value, because its rank falls on a failed request. */
    public static Optional<Spread> of(List<BaselineRun> runs, BudgetRule budget) {
        return of(runs, budget.metric(), budget.statistic());
    }

    public static Optional<Spread> of(List<BaselineRun> runs, Metric metric, Statistic statistic) {
        double[] values = new double[runs.size()];
        for (int i = 0; i < values.length; i++) {
            OptionalDouble value = runs.get(i).value(metric, statistic);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values[i] = value.getAsDouble();
        }
        Arrays.sort(values);
        return values.length == 0
                ? Optional.empty()
                : Optional.of(new Spread(metric, Arrays.stream(values).boxed().toList()));
    }

    public double median() {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** {@code 144 ms}; of several runs also the lowest and the highest: {@code 144 ms (141–148)}. */
    public String text() {
        String unit = unit().symbol();
        String middle = figure(median()) + " " + unit;
        return sorted.size() == 1
                ? middle
                : middle + " (" + figure(sorted.get(0)) + "–" + figure(sorted.get(sorted.size() - 1)) + ")";
    }

    private String figure(double value) {
        return Figures.number(Exact.quotient(Exact.of(value), unit().size()));
    }

    private Unit unit() {
        return Unit.require(metric.kind().unit());
    }
}
