package dev.llmload.budget;

import dev.llmload.analysis.GateSize;
import dev.llmload.result.Level;
import dev.llmload.result.Metric;
import dev.llmload.result.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings budgets of several sources together. Pure functions, safe for any thread. */
public final class BudgetRules {
    private static final BigDecimal MOST_REQUESTS = BigDecimal.valueOf(Integer.MAX_VALUE);

    private BudgetRules() {}

    /**
     * Adds up the budgets of several layers. Where a farther and a nearer layer limit the same number (metric and
     * statistic) at the same level, the nearer wins there: it takes the place of the farther one, whatever the two
     * limits are. BudgetRules of one layer never displace each other.
     *
     * @param farthestFirst one list per layer: file, class, method, key
     * @return farthest first; a budget that lost some of its levels names the rest, one that lost all is left out. One
     *     for every level that lost only some is kept as it is: {@link #forLevel} leaves it out there.
     */
    public static List<BudgetRule> merge(List<List<BudgetRule>> farthestFirst) {
        List<BudgetRule> merged = new ArrayList<>();
        for (int layer = 0; layer < farthestFirst.size(); layer++) {
            List<BudgetRule> nearer = farthestFirst.subList(layer + 1, farthestFirst.size()).stream()
                    .flatMap(List::stream)
                    .toList();
            for (BudgetRule budget : farthestFirst.get(layer)) {
                remaining(budget, nearer).ifPresent(merged::add);
            }
        }
        return List.copyOf(merged);
    }

    private static Optional<BudgetRule> remaining(BudgetRule budget, List<BudgetRule> nearer) {
        List<BudgetRule> rivals = nearer.stream().filter(budget::sameNumberAs).toList();
        if (rivals.stream().anyMatch(rival -> rival.at().isEmpty())) {
            return Optional.empty();
        }
        List<String> levels = budget.at().stream()
                .filter(name -> rivals.stream().noneMatch(rival -> rival.at().contains(name)))
                .toList();
        return !budget.at().isEmpty() && levels.isEmpty() ? Optional.empty() : Optional.of(budget.at(levels));
    }

    /**
     * The budgets to judge at a level: those that apply to it, without those of the sweep, and the implied
     * {@code success_rate} unless one is declared for the level.
     *
     * @param merged as {@link #merge} returned them
     * @param level which level
     * @param minSuccess limit of the implied success rate in percent: above 0, at most 100, or 0 for none
     */
    public static List<BudgetRule> forLevel(List<BudgetRule> merged, Level level, double minSuccess) {
        if (!(minSuccess >= 0 && minSuccess <= 100)) {
            throw new IllegalArgumentException(
                    "`minSuccess` must be a percentage up to 100, or 0 (off), but was " + minSuccess);
        }
        List<BudgetRule> here = new ArrayList<>();
        for (int i = 0; i < merged.size(); i++) {
            BudgetRule budget = merged.get(i);
            List<BudgetRule> nearer = merged.subList(i + 1, merged.size());
            if (!budget.isSweepBudget() && budget.appliesTo(level) && !displaced(budget, nearer, level)) {
                here.add(budget);
            }
        }
        if (minSuccess != 0 && here.stream().noneMatch(b -> b.metric() == Metric.SUCCESS_RATE)) {
            here.add(new BudgetRule(
                    Metric.SUCCESS_RATE,
                    Statistic.NONE,
                    Comparator.AT_LEAST,
                    minSuccess,
                    Unit.PERCENT.symbol(),
                    false,
                    BudgetRule.IMPLIED,
                    List.of(),
                    0));
        }
        return List.copyOf(here);
    }

    private static boolean displaced(BudgetRule general, List<BudgetRule> nearer, Level level) {
        return general.at().isEmpty()
                && nearer.stream()
                        .anyMatch(b -> b.sameNumberAs(general)
                                && !b.source().equals(general.source())
                                && b.at().contains(level.name()));
    }

    /**
     * The same budgets under a statistical gate of this confidence, where one exists for them; the others stay as they
     * are.
     *
     * @param budgets any
     * @param confidence above 0.5 and below 1, or 0 for none
     */
    public static List<BudgetRule> withConfidence(List<BudgetRule> budgets, double confidence) {
        return budgets.stream()
                .map(budget -> budget.hasStatisticalGate() ? budget.withConfidence(confidence) : budget)
                .toList();
    }

    /**
     * How many requests a level should have for its budgets. For a percentile 10/(1 − q), in exact arithmetic: p99 of a
     * latency with an upper limit leaves 1 % in its tail, p5 of a speed with a lower limit leaves 5 % and counts like
     * p95. Under a statistical gate as many as {@link GateSize} says. The most of all.
     *
     * @param budgets any
     * @return 0 if no percentile is budgeted and nothing is gated; at most 2^31 − 1
     */
    public static int openRequests(List<BudgetRule> budgets) {
        return budgets.stream()
                .map(BudgetRules::openRequests)
                .max(BigDecimal::compareTo)
                .map(requests -> requests.min(MOST_REQUESTS).intValueExact())
                .orElse(0);
    }

    private static BigDecimal openRequests(BudgetRule budget) {
        boolean percentile = budget.statistic().isPercentile();
        boolean gated = budget.confidence() > 0 && !budget.ofBaseline();
        BigDecimal permitted = percentile
                ? Tail.of(budget)
                : gated && budget.metric() == Metric.SUCCESS_RATE
                        ? BigDecimal.ONE.subtract(budget.limitInBase())
                        : BigDecimal.ZERO;
        if (permitted.signum() <= 0 || permitted.compareTo(BigDecimal.ONE) >= 0) {
            return BigDecimal.ZERO;
        }
        return gated
                ? BigDecimal.valueOf(GateSize.requests(permitted.doubleValue(), budget.confidence()))
                : BigDecimal.TEN.divide(permitted, 0, RoundingMode.CEILING);
    }
}
