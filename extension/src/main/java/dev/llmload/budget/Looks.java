package dev.llmload.budget;

import dev.llmload.analysis.Spending;
import dev.llmload.budget.baseline.BaselineReference;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides, look by look, whether a level has requests enough: half as many again are wanted while a budget with a
 * confidence is between PASS and FAIL, and, up to three times as many as planned, while the interval of one without contains
 * its limit, or one of a baseline is undecided. Each look spends part of the error that the confidence leaves ({@link Spending}). Nothing more is wanted once a
 * budget is broken beyond such doubt, for that decides the level. Confined to one thread.
 */
public final class Looks {
    /** A budget without a confidence, or of a baseline, takes at most so many times the planned requests. */
    private static final int MOST = 3;

    private static final double GROWTH = 1.5;
    private static final int MOST_OF_ALL = 1_000_000;

    private final List<BudgetRule> budgets;
    private final int planned;
    private final List<String> words = new ArrayList<>();
    private int look = 1;

    /**
     * None made yet.
     *
     * @param budgets those of the level
     * @param planned requests at the first look, at least 1
     */
    public Looks(List<BudgetRule> budgets, int planned) {
        this.budgets =
                budgets.stream().filter(budget -> !budget.isSweepBudget()).toList();
        this.planned = planned;
    }

    /** Whether any of them could take more requests than planned. */
    public static boolean matter(List<BudgetRule> budgets) {
        return budgets.stream().anyMatch(Looks::isOfShare);
    }

    private static boolean isOfShare(BudgetRule budget) {
        return budget.metric() == Metric.SUCCESS_RATE
                || budget.statistic().isPercentile() && budget.statistic().percentile() < 100;
    }

    /**
     * Looks at what there is.
     *
     * @param soFar of all requests that were wanted so far
     * @param baseline what budgets "of baseline" refer to
     * @return how many requests are wanted in all; 0 if these are enough
     */
    public int wanted(LoadResult soFar, BaselineReference baseline) {
        List<BudgetOutcome> outcomes = Judge.outcomes(soFar, List.of(soFar), spent(), baseline).stream()
                .filter(outcome -> isOfShare(outcome.budget()))
                .toList();
        long there = soFar.requests().attempted();
        List<BudgetOutcome> open = outcomes.stream()
                .filter(outcome -> isOpen(soFar, outcome, there))
                .toList();
        boolean broken = outcomes.stream()
                .anyMatch(outcome -> outcome.verdict() == Verdict.FAIL && !isWithinNoise(soFar, outcome));
        boolean goesOn = !open.isEmpty() && !broken && there < MOST_OF_ALL;
        if (!open.isEmpty() || look > 1) {
            words.add("look " + look + ", " + there + " requests: " + inWords(open, broken));
        }
        if (!goesOn) {
            return 0;
        }
        look++;
        long next = Math.round(planned * Math.pow(GROWTH, look - 1.0));
        boolean unlimited = open.stream().anyMatch(outcome -> isUnlimited(outcome.budget()));
        return (int) Math.min(MOST_OF_ALL, unlimited ? next : Math.min(next, (long) MOST * planned));
    }

    private static String inWords(List<BudgetOutcome> open, boolean broken) {
        return broken
                ? "a budget is broken"
                : open.isEmpty()
                        ? "decided"
                        : open.stream()
                                .map(outcome -> outcome.budget().name() + " " + Figures.value(outcome)
                                        + (outcome.budget().confidence() > 0 ? " undecided" : " within noise"))
                                .collect(Collectors.joining(", "));
    }

    private boolean isOpen(LoadResult soFar, BudgetOutcome outcome, long there) {
        BudgetRule budget = outcome.budget();
        boolean undecided = budget.confidence() > 0
                ? outcome.verdict() == Verdict.INCONCLUSIVE
                        && outcome.interval().isPresent()
                : isWithinNoise(soFar, outcome);
        return undecided && (isUnlimited(budget) || there < (long) MOST * planned);
    }

    // What one side of a comparison has too few requests for, more of the other do not mend.
    private static boolean isUnlimited(BudgetRule budget) {
        return budget.confidence() > 0 && !budget.ofBaseline();
    }

    /** Whether a verdict without a confidence might be another one in another run: something must be beyond the limit. */
    private static boolean isWithinNoise(LoadResult soFar, BudgetOutcome outcome) {
        BudgetRule budget = outcome.budget();
        return budget.confidence() == 0
                && outcome.verdict() != Verdict.INCONCLUSIVE
                && outcome.interval()
                        .filter(ends -> Intervals.contains(ends, budget.limit()))
                        .isPresent()
                && (outcome.verdict() == Verdict.FAIL || isAnyBeyond(soFar, budget));
    }

    private static boolean isAnyBeyond(LoadResult soFar, BudgetRule budget) {
        return budget.metric() == Metric.SUCCESS_RATE
                ? soFar.requests().failed() > 0
                : budget.ofBaseline()
                        || new Ranked(
                                                soFar.distribution(budget.metric()),
                                                budget.metric().lowerIsBetter())
                                        .violations(
                                                budget.comparator(),
                                                budget.limitInBase().doubleValue())
                                > 0;
    }

    /** Whose distributions it takes to look. */
    public Set<Metric> metrics() {
        return budgets.stream()
                .map(BudgetRule::metric)
                .filter(Metric::isDistribution)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The budgets with the confidence that this look, or the end of the level, is to be judged with. */
    public List<BudgetRule> spent() {
        return budgets.stream()
                .map(budget -> budget.confidence() > 0 && budget.hasStatisticalGate()
                        ? budget.withConfidence(Spending.confidence(budget.confidence(), look))
                        : budget)
                .toList();
    }

    /** {@code look 1, 390 requests: ttft p95 1480 ms undecided; look 2, …}; empty if the first one decided everything. */
    public String inWords() {
        return words.isEmpty() ? "" : "sampling until it is decided: " + String.join("; ", words);
    }
}
