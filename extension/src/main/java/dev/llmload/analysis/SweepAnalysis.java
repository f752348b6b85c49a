package dev.llmload.analysis;

import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.RequestCounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What the levels of a test say together: where throughput stops to grow, which level does best at what, and how much
 * load the endpoint can be given. Immutable.
 *
 * @param sweep the levels beside each other, in rising order
 * @param results the same levels, in the same order
 * @param rules from where on a step counts as too little
 * @param fit the curve through them, if there is one
 * @param noFit why there is none; empty if there is
 * @param roofline the most output tokens per second that the GPUs' arithmetic allows, if MFU was measured
 * @param capacity the highest level at which all budgets hold with at least 99 % success
 */
public record SweepAnalysis(
        Sweep sweep,
        List<LoadResult> results,
        SweepRules rules,
        Optional<SaturationFit> fit,
        String noFit,
        OptionalDouble roofline,
        Optional<LoadResult> capacity) {
    /** Share of successes below which a level is overloaded. */
    public static final double OVERLOADED = 0.95;

    private static final String OPEN_LOOP =
            "throughput follows the offered rate until the endpoint can do no more, and then no longer: that is no curve";

    /** Headroom advice: run at this share of the capacity, at least. */
    public static final double HEADROOM_LOW = 0.7;

    /** Headroom advice: run at this share of the capacity, at most. */
    public static final double HEADROOM_HIGH = 0.8;

    /** Copies the list. */
    public SweepAnalysis {
        results = List.copyOf(results);
    }

    /**
     * From the levels that ran.
     *
     * @param levels in any order
     * @param holding those that count for the capacity: all budgets hold, and at least 99 % of the requests succeed
     * @param rules from where on a step counts as too little
     */
    public static SweepAnalysis of(List<LoadResult> levels, Set<Level> holding, SweepRules rules) {
        List<LoadResult> rising = levels.stream()
                .sorted(Comparator.comparingDouble(result -> result.level().offered()))
                .toList();
        Sweep sweep = Sweep.of(rising);
        List<Sweep.Step> usable = usable(sweep);
        boolean open = rising.stream().anyMatch(result -> result.level().isOpen());
        double[] users =
                usable.stream().mapToDouble(step -> step.level().offered()).toArray();
        double[] throughput =
                usable.stream().mapToDouble(Sweep.Step::throughput).toArray();
        return new SweepAnalysis(
                sweep,
                rising,
                rules,
                open ? Optional.empty() : SaturationFit.of(users, throughput),
                open ? OPEN_LOOP : SaturationFit.whyNone(users, throughput),
                roofline(rising),
                rising.stream()
                        .filter(result -> holding.contains(result.level()))
                        .reduce((lower, higher) -> higher));
    }

    // One point for each number of users: a curve cannot pass through two.
    private static List<Sweep.Step> usable(Sweep sweep) {
        List<Sweep.Step> usable = new ArrayList<>();
        for (Sweep.Step step : sweep.steps()) {
            boolean further = usable.isEmpty()
                    || step.level().offered()
                            > usable.get(usable.size() - 1).level().offered();
            if (step.throughput() > 0 && further) {
                usable.add(step);
            }
        }
        return usable;
    }

    // Decode MFU is 2·N·throughput / peak, so that throughput / decode MFU is peak / (2·N), whatever the level.
    private static OptionalDouble roofline(List<LoadResult> results) {
        return results.stream()
                .filter(result -> result.decodeMfu().isPresent()
                        && result.decodeMfu().value() > 0
                        && result.throughput().isPresent())
                .mapToDouble(result ->
                        result.throughput().value() / result.decodeMfu().value())
                .max();
    }

    private static double success(LoadResult result) {
        RequestCounts requests = result.requests();
        long ended = requests.attempted() - requests.cut();
        return ended > 0 ? (double) requests.succeeded() / ended : Double.NaN;
    }

    /** The first step that gains less than the rule says; the level before it is where throughput saturates. */
    public Optional<Sweep.Step> saturation() {
        return sweep.steps().stream()
                .filter(step -> step.gainOverPrevious() < rules.saturationGain())
                .findFirst();
    }

    /** The level from which the first step that saturates goes up: throughput hardly grows beyond it. */
    public Optional<Level> saturatedLevel() {
        return saturation()
                .map(step -> sweep.steps().get(sweep.steps().indexOf(step) - 1).level());
    }

    /** The first step that gains fewer tok/s per added user than the rule says, on the value before any rounding. */
    public Optional<Sweep.Step> diminishing() {
        return sweep.steps().stream()
                .filter(step -> step.gainPerUser() < rules.diminishingTokens())
                .findFirst();
    }

    /** The first level at which fewer than 95 % of the requests succeed. */
    public Optional<LoadResult> overloaded() {
        return results.stream().filter(result -> success(result) < OVERLOADED).findFirst();
    }

    /** The level with the highest throughput per user: the one with the fewest users wherever throughput levels off. */
    public Optional<Sweep.Step> bestPerUser() {
        return sweep.steps().stream()
                .filter(step -> !step.level().isOpen() && Double.isFinite(step.perUser()))
                .max(Comparator.comparingDouble(Sweep.Step::perUser));
    }

    /** The level with the highest value of a metric; empty where none has it. */
    public Optional<LoadResult> best(Metric metric) {
        ToDoubleFunction<LoadResult> value = result -> result.quantity(metric).value();
        return results.stream()
                .filter(result -> {
                    Quantity quantity = result.quantity(metric);
                    return quantity.isPresent() && !quantity.isUpperBound();
                })
                .max(Comparator.comparingDouble(value));
    }

    /** Whether the curve levels off above what the GPUs' arithmetic allows: its end is no physical one then. */
    public boolean isAboveRoofline() {
        return fit.isPresent() && roofline.isPresent() && fit.get().vmax() > roofline.getAsDouble();
    }

    /** Share of the curve's end that the highest throughput measured is, if there is a curve. */
    public OptionalDouble shareOfMaximum() {
        Optional<LoadResult> best = best(Metric.THROUGHPUT);
        return fit.isPresent() && best.isPresent()
                ? OptionalDouble.of(best.get().throughput().value() / fit.get().vmax())
                : OptionalDouble.empty();
    }

    /**
     * Where the curve reaches a share of its end, if that may be said: within twice the highest level tested and not above
     * the roofline.
     *
     * @param share above 0 and below 1
     * @return users
     */
    public OptionalDouble predictedUsers(double share) {
        if (fit.isEmpty()
                || isAboveRoofline()
                || fit.get().usersAt(share) > fit.get().reach()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(fit.get().usersAt(share));
    }
}
