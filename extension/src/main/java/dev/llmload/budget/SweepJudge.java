package dev.llmload.budget;

import dev.llmload.analysis.Sweep;
import dev.llmload.result.Bias;
import dev.llmload.result.Level;
import dev.llmload.result.Metric;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** Judges the budgets on all levels together. */
final class SweepJudge {
    private SweepJudge() {}

    static BudgetOutcome judge(BudgetRule budget, Sweep sweep, List<LevelVerdict> levels) {
        if (budget.ofBaseline()) {
            return BudgetOutcome.without(
                    budget, Verdict.NOT_MEASURED, "a baseline keeps levels, and this is about all of them together");
        }
        if (budget.confidence() > 0) {
            return BudgetOutcome.without(budget, Verdict.NOT_MEASURED, "no statistical gate for " + budget.name());
        }
        return budget.metric() == Metric.CAPACITY ? capacity(budget, levels) : efficiency(budget, sweep, levels);
    }

    private static BudgetOutcome efficiency(BudgetRule budget, Sweep sweep, List<LevelVerdict> levels) {
        if (sweep.steps().size() < 2) {
            return BudgetOutcome.without(
                    budget, Verdict.INCONCLUSIVE, "it compares levels, and fewer than two were measured");
        }
        Sweep.Step first = sweep.steps().get(0);
        Sweep.Step last = sweep.steps().get(sweep.steps().size() - 1);
        if (!Double.isFinite(last.scalingEfficiency())) {
            return BudgetOutcome.without(
                    budget,
                    Verdict.INCONCLUSIVE,
                    "no throughput at " + first.level().name() + " or at "
                            + last.level().name());
        }
        BudgetOutcome outcome = QuantityJudge.ofValue(budget, last.scalingEfficiency());
        List<String> doubts = new ArrayList<>();
        doubts.addAll(throughputDoubts(levels, last.level(), outcome, false));
        doubts.addAll(throughputDoubts(levels, first.level(), outcome, true));
        return doubts.isEmpty() ? outcome : outcome.because(Verdict.INCONCLUSIVE, String.join("; ", doubts));
    }

    private static List<String> throughputDoubts(
            List<LevelVerdict> levels, Level level, BudgetOutcome outcome, boolean inverse) {
        List<String> doubts = new ArrayList<>();
        for (LevelVerdict each : levels) {
            if (!each.result().level().equals(level)) {
                continue;
            }
            for (ValidityCheck check : each.result().validity()) {
                Bias bias = check.bias().get(Metric.THROUGHPUT);
                if (!check.ok() && bias != null && InconclusiveRule.couldTip(inverse ? inverse(bias) : bias, outcome)) {
                    doubts.add(level.name() + ": " + check.check() + ": " + check.detail());
                }
            }
        }
        return doubts;
    }

    private static Bias inverse(Bias bias) {
        return bias == Bias.UP ? Bias.DOWN : bias == Bias.DOWN ? Bias.UP : bias;
    }

    /**
     * The capacity lies between the highest level that is certain to hold and the highest that may hold; the latter has no
     * end if it is the highest level tested.
     */
    private static BudgetOutcome capacity(BudgetRule budget, List<LevelVerdict> levels) {
        Optional<Level.Kind> other = levels.stream()
                .map(level -> level.result().level().kind())
                .filter(kind -> !kind.unit().equals(budget.unit()))
                .findFirst();
        if (other.isPresent()) {
            return BudgetOutcome.without(
                    budget,
                    Verdict.NOT_MEASURED,
                    "the levels of this test are numbers of " + other.get().unit() + ", not of " + budget.unit());
        }
        Optional<Level> holds = highest(levels, LevelVerdict::holds);
        Optional<Level> mayHold = highest(levels, level -> level.holds() || undecided(level));
        Optional<Level> tested = highest(levels, level -> true);
        if (tested.isEmpty()) {
            return BudgetOutcome.without(budget, Verdict.INCONCLUSIVE, "no level was measured");
        }
        double low = holds.map(Level::offered).orElse(0.0);
        boolean open =
                mayHold.isPresent() && mayHold.get().offered() == tested.get().offered();
        double high =
                open ? Double.POSITIVE_INFINITY : mayHold.map(Level::offered).orElse(0.0);
        boolean lowHolds = holdsLimit(budget, low);
        boolean highHolds = holdsLimit(budget, high);
        Verdict verdict =
                lowHolds && highHolds ? Verdict.PASS : lowHolds || highHolds ? Verdict.INCONCLUSIVE : Verdict.FAIL;
        String reason = holds.equals(mayHold)
                ? open
                        ? "the highest level tested, " + tested.get().name() + ", holds"
                        : holds.isEmpty() ? "no level holds all its budgets with 99 % success" : ""
                : "whether " + mayHold.map(Level::name).orElse("") + " holds was not decided";
        return new BudgetOutcome(
                budget, verdict, OptionalDouble.of(low), Optional.empty(), reason, OptionalDouble.empty());
    }

    private static boolean holdsLimit(BudgetRule budget, double users) {
        return budget.comparator().holds(Double.compare(users, budget.limit()));
    }

    private static Optional<Level> highest(List<LevelVerdict> levels, Predicate<LevelVerdict> which) {
        return levels.stream()
                .filter(which)
                .map(level -> level.result().level())
                .max(Comparator.comparingDouble(Level::offered));
    }

    private static boolean undecided(LevelVerdict level) {
        return level.verdict() == Verdict.INCONCLUSIVE || level.verdict() == Verdict.NOT_MEASURED;
    }
}
