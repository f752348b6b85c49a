package dev.llmload.analysis;

import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How throughput grows with the number of users, from level to level. Immutable.
 *
 * @param steps one per level, in rising order of users (levels with equally many keep their order)
 */
public record Sweep(List<Step> steps) {
    /**
     * Copies the list.
     *
     * @param steps one per level
     */
    public Sweep {
        steps = List.copyOf(steps);
    }

    /**
     * One level beside the first and beside its neighbour. A number that cannot be formed (the first level has no
     * neighbour, a level without throughput, two levels with equally many users) is NaN. Gains are fractions: 0.5 is
     * half as much again.
     *
     * @param level which level
     * @param throughput output tokens per second
     * @param gainOverFirst throughput / that of the first level − 1
     * @param gainOverPrevious throughput / that of the level before − 1
     * @param gainPerUser tokens per second gained over the level before, for each user added
     * @param perUser tokens per second per user
     * @param scalingEfficiency perUser / that of the first level; 1 for the first
     * @param elasticity Δ ln throughput / Δ ln users from the level before: 1 is growth in proportion, 0 is none. Unlike a
     *     gain it does not depend on how far apart the levels are
     */
    public record Step(
            Level level,
            double throughput,
            double gainOverFirst,
            double gainOverPrevious,
            double gainPerUser,
            double perUser,
            double scalingEfficiency,
            double elasticity) {}

    /**
     * From the results of the levels that ran.
     *
     * @param levels in any order
     * @return one step per level
     */
    public static Sweep of(List<LoadResult> levels) {
        List<LoadResult> rising = new ArrayList<>(levels);
        rising.sort(Comparator.comparingDouble(result -> result.level().offered()));
        List<Step> steps = new ArrayList<>();
        for (LoadResult result : rising) {
            Quantity measured = result.quantity(Metric.THROUGHPUT);
            steps.add(step(result.level(), measured.isPresent() ? measured.value() : Double.NaN, steps));
        }
        return new Sweep(steps);
    }

    private static Step step(Level level, double throughput, List<Step> before) {
        double perUser = throughput / level.offered();
        if (before.isEmpty()) {
            double efficiency = perUser > 0 ? 1 : Double.NaN;
            return new Step(level, throughput, Double.NaN, Double.NaN, Double.NaN, perUser, efficiency, Double.NaN);
        }
        Step first = before.get(0);
        Step previous = before.get(before.size() - 1);
        double added = level.offered() - previous.level().offered();
        return new Step(
                level,
                throughput,
                ratio(throughput, first.throughput()) - 1,
                ratio(throughput, previous.throughput()) - 1,
                added > 0 ? (throughput - previous.throughput()) / added : Double.NaN,
                perUser,
                ratio(perUser, first.perUser()),
                elasticity(level, throughput, previous));
    }

    private static double elasticity(Level level, double throughput, Step previous) {
        double users = Math.log(level.offered() / previous.level().offered());
        double grown = Math.log(ratio(throughput, previous.throughput()));
        return users > 0 && Double.isFinite(grown) ? grown / users : Double.NaN;
    }

    private static double ratio(double value, double base) {
        return base > 0 ? value / base : Double.NaN;
    }
}
