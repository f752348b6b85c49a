package dev.llmload.budget.baseline;

import dev.llmload.analysis.Range;
import dev.llmload.budget.AnswerLengths;
import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.Exact;
import dev.llmload.budget.Explanations;
import dev.llmload.budget.InconclusiveRule;
import dev.llmload.budget.Intervals;
import dev.llmload.budget.Spread;
import dev.llmload.budget.Tail;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Verdict;
import dev.llmload.result.text.CountText;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Judges a budget "of baseline". Nothing passes that could not be compared: other conditions, other lengths of prompts or
 * answers, or a value that one side does not have make it INCONCLUSIVE. Of several runs a percentile or a share is that of all
 * requests together, another number the median. The interval is that of the change ({@link Change}); with {@code confidence}
 * it decides: it lies within the limit, beyond it, or nobody knows.
 */
public final class BaselineJudge {
    /** Shorter answers are not a faster server: what depends on how long prompts and answers were. */
    public static final Set<Metric> OF_LENGTH = EnumSet.of(
            Metric.E2E,
            Metric.SERVICE_E2E,
            Metric.REQUEST_SPEED,
            Metric.THROUGHPUT,
            Metric.TOTAL_THROUGHPUT,
            Metric.REQUEST_RATE,
            Metric.GOODPUT,
            Metric.MFU,
            Metric.DECODE_MFU,
            Metric.MBU,
            Metric.POWER,
            Metric.ENERGY,
            Metric.JOULES_PER_TOKEN,
            Metric.TOKENS_PER_JOULE,
            Metric.COST_PER_MILLION,
            Metric.COST_PER_MILLION_GOOD);

    private static final String WITHIN_RUN = "within this run: what differs from start to start is not in it";

    private final BudgetRule budget;
    private final BaselineReference reference;
    private final BaselineEntry entry;

    private BaselineJudge(BudgetRule budget, BaselineReference reference, BaselineEntry entry) {
        this.budget = budget;
        this.reference = reference;
        this.entry = entry;
    }

    public static BudgetOutcome judge(LoadResult result, BudgetRule budget, BaselineReference reference) {
        if (reference.entry().isEmpty()) {
            return BudgetOutcome.without(budget, Verdict.NOT_MEASURED, "no baseline: " + reference.absence());
        }
        return new BaselineJudge(budget, reference, reference.entry().get()).judge(result);
    }

    /** What one run alone comes to against a baseline, by its value only. */
    public static BudgetOutcome valueOf(BaselineRun run, BudgetRule budget, BaselineEntry baseline) {
        Optional<Spread> before = Spread.of(baseline.runs(), budget);
        Optional<Spread> now = Spread.of(List.of(run), budget);
        if (before.isEmpty() || before.get().value() == 0) {
            return BudgetOutcome.without(budget, Verdict.INCONCLUSIVE, "the baseline has no value");
        }
        return now.isPresent() ? ofValues(budget, before.get(), now.get()) : ofFailure(budget, before.get());
    }

    private static BudgetOutcome ofFailure(BudgetRule budget, Spread before) {
        boolean against = budget.metric().lowerIsBetter() == budget.comparator().isUpperLimit();
        return BudgetOutcome.without(
                budget,
                against ? Verdict.FAIL : Verdict.INCONCLUSIVE,
                "the rank falls on a failed request; baseline " + before.text());
    }

    private static BudgetOutcome ofValues(BudgetRule budget, Spread before, Spread now) {
        BigDecimal hundredfold = Exact.of(now.value()).movePointRight(2);
        int comparison = hundredfold.compareTo(Exact.of(budget.limit()).multiply(Exact.of(before.value())));
        return new BudgetOutcome(
                budget,
                Explanations.ofComparison(budget, comparison),
                OptionalDouble.of(Exact.quotient(hundredfold, Exact.of(before.value()))),
                Optional.empty(),
                "",
                OptionalDouble.empty());
    }

    private BudgetOutcome judge(LoadResult result) {
        List<String> differences = reference.now().differencesFrom(entry.circumstances());
        if (!differences.isEmpty()) {
            return without("other conditions than the baseline's: " + String.join(", ", differences));
        }
        Optional<String> lengths = OF_LENGTH.contains(budget.metric())
                ? AnswerLengths.difference(entry.runs(), reference.runs())
                : Optional.empty();
        if (lengths.isPresent()) {
            return without(lengths.get());
        }
        if (!reference.runs().stream().anyMatch(run -> run.has(budget.metric()))) {
            return without(budget.metric().word() + " was not measured in this run");
        }
        if (!entry.runs().stream().anyMatch(run -> run.has(budget.metric()))) {
            return without(budget.metric().word() + " is not in the baseline");
        }
        Optional<Spread> before = Spread.of(entry.runs(), budget);
        if (before.isEmpty() || before.get().value() == 0) {
            return without(
                    before.isEmpty()
                            ? "the baseline's rank falls on a failed request"
                            : "the baseline's value is 0, of which there is no percentage");
        }
        Optional<Spread> now = Spread.of(reference.runs(), budget);
        if (now.isEmpty()) {
            return ofFailure(budget, before.get());
        }
        return compared(result, before.get(), now.get());
    }

    private BudgetOutcome compared(LoadResult result, Spread before, Spread now) {
        BudgetOutcome value = ofValues(budget, before, now);
        Optional<Change> change = Change.of(
                entry.runs(), reference.runs(), budget.metric(), budget.statistic(), Intervals.confidence(budget));
        Optional<Range> interval = change.flatMap(Change::interval);
        BudgetOutcome plain = new BudgetOutcome(
                budget,
                value.verdict(),
                value.actual(),
                interval.map(range -> new double[] {100 * range.low(), 100 * range.high()}),
                now.text() + " against " + before.text() + " of " + entry.title(),
                OptionalDouble.empty());
        BudgetOutcome said =
                change.filter(each -> each.kind() == Change.Kind.BETTER).isPresent() ? plain.remark("improved") : plain;
        if (change.filter(Change::isWithinRun).isPresent()) {
            said = said.remark(WITHIN_RUN);
        }
        return InconclusiveRule.apply(
                result, enoughSamples(Explanations.noise(budget.confidence() > 0 ? gate(said) : said)));
    }

    /** With a confidence, the interval of the change is held against the limit. */
    private BudgetOutcome gate(BudgetOutcome outcome) {
        String confidence = Explanations.plainPercent(budget.confidence()) + " confidence";
        if (outcome.interval()
                .filter(ends -> ends[0] > 0 || Double.isFinite(ends[1]))
                .isEmpty()) {
            return outcome.because(
                    Verdict.INCONCLUSIVE,
                    runs(entry.runs()) + " of the baseline and " + runs(reference.runs()) + " now show nothing with "
                            + confidence + ": `repeat` gives more");
        }
        double[] ends = outcome.interval().get();
        boolean lowHolds = holds(ends[0]);
        boolean highHolds = holds(ends[1]);
        return lowHolds == highHolds
                ? outcome.because(lowHolds ? Verdict.PASS : Verdict.FAIL, "")
                : outcome.because(
                        Verdict.INCONCLUSIVE, "with " + confidence + " the change may lie on either side of the limit");
    }

    private boolean holds(double percent) {
        return Double.isInfinite(percent)
                ? budget.comparator().isUpperLimit() == percent < 0
                : Explanations.ofComparison(budget, Double.compare(percent, budget.limit())) == Verdict.PASS;
    }

    private static String runs(List<BaselineRun> runs) {
        return CountText.of(runs.size(), "run");
    }

    private BudgetOutcome enoughSamples(BudgetOutcome outcome) {
        if (!budget.statistic().isPercentile()) {
            return outcome;
        }
        long needed = Tail.samplesToPass(budget);
        long least = Math.min(size(entry.runs()), size(reference.runs()));
        return least >= needed
                ? outcome
                : outcome.because(
                        Verdict.INCONCLUSIVE,
                        least + " values are too few to compare " + budget.name() + ": it takes " + needed);
    }

    private long size(List<BaselineRun> runs) {
        return runs.stream().mapToLong(run -> run.size(budget.metric())).sum();
    }

    private BudgetOutcome without(String why) {
        return BudgetOutcome.without(budget, Verdict.INCONCLUSIVE, why);
    }
}
