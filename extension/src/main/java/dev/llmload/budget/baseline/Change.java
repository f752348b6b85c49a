package dev.llmload.budget.baseline;

import dev.llmload.analysis.Dispersion;
import dev.llmload.analysis.EffectiveCount;
import dev.llmload.analysis.PercentileRatio;
import dev.llmload.analysis.Range;
import dev.llmload.analysis.RankedValues;
import dev.llmload.analysis.Shift;
import dev.llmload.budget.Explanations;
import dev.llmload.budget.Figures;
import dev.llmload.budget.Ranked;
import dev.llmload.budget.Spread;
import dev.llmload.budget.Statistic;
import dev.llmload.result.Distribution;
import dev.llmload.result.Metric;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One number on two sides, each of one or several runs: a release and its baseline, or two back ends. Immutable.
 *
 * <p>How sure the change is, is said by the requests near it where it is a percentile ({@link PercentileRatio}), by
 * the numbers of requests where it is a share of them ({@link EffectiveCount#difference}), both as far as the requests are
 * independent and the runs alike, else by the runs of both sides ({@link Shift}), of which it takes at least four each to say
 * anything with 95 % confidence.
 *
 * @param metric of which metric
 * @param statistic which number of it, or none
 * @param before of the first side's runs together, in base units, above 0
 * @param now of the second side's
 * @param interval of now / before; from 0 to infinity where the requests bound nothing, empty where runs are too few to tell
 * @param confidence of the interval, two-sided
 * @param runs how many runs the side with fewer of them has
 */
public record Change(
        Metric metric,
        Statistic statistic,
        double before,
        double now,
        Optional<Range> interval,
        double confidence,
        int runs) {
    /** With fewer runs a side nobody knows what differs from one start of a server to the next. */
    static final int RUNS_TO_CALL = 3;

    private static final Set<Metric> SHARES = EnumSet.of(Metric.SUCCESS_RATE, Metric.GOOD_FRACTION);

    /** What a change amounts to. */
    public enum Kind {
        /** The second side is better, and the interval leaves no doubt of it. */
        BETTER,
        /** The second side is worse, and the interval leaves no doubt of it. */
        WORSE,
        /** The interval holds both sides for equal. */
        NOT_SHOWN,
        /** The sides differ, but one has too few runs to tell that from what differs from run to run anyway. */
        WITHIN_RUN,
        /** There is no interval. */
        UNKNOWN
    }

    /** Empty where a side has no number (its rank falls on a failed request, or it was not measured), or the first is 0. */
    public static Optional<Change> of(
            List<BaselineRun> before, List<BaselineRun> now, Metric metric, Statistic statistic, double confidence) {
        Optional<Spread> was = Spread.of(before, metric, statistic);
        Optional<Spread> is = Spread.of(now, metric, statistic);
        if (was.isEmpty() || is.isEmpty() || was.get().value() == 0) {
            return Optional.empty();
        }
        List<BaselineRun> first = having(before, metric);
        List<BaselineRun> second = having(now, metric);
        Optional<Range> interval = isPercentile(statistic)
                ? Optional.of(PercentileRatio.of(
                        side(first, metric, statistic, confidence),
                        side(second, metric, statistic, confidence),
                        statistic.quantile().doubleValue(),
                        confidence))
                : SHARES.contains(metric)
                        ? ofShares(first, second, metric, was.get().value(), confidence)
                        : ofRuns(was.get(), is.get(), confidence);
        return Optional.of(new Change(
                metric,
                statistic,
                was.get().value(),
                is.get().value(),
                interval,
                confidence,
                Math.min(first.size(), second.size())));
    }

    private static List<BaselineRun> having(List<BaselineRun> runs, Metric metric) {
        return runs.stream().filter(run -> run.has(metric)).toList();
    }

    private static boolean isPercentile(Statistic statistic) {
        return statistic.isPercentile() && statistic.percentile() < 100;
    }

    private static PercentileRatio.Side side(
            List<BaselineRun> runs, Metric metric, Statistic statistic, double confidence) {
        Distribution all = BaselineRun.pooled(runs, metric).distributions().get(metric);
        RankedValues values = new Ranked(all, metric.lowerIsBetter()).forAnalysis();
        Dispersion dispersion = RunDispersions.beyond(runs, metric, statistic);
        return new PercentileRatio.Side(values, values.size() / dispersion.divisor((1 + confidence) / 2));
    }

    private static Optional<Range> ofRuns(Spread before, Spread now, double confidence) {
        Range shift = Shift.of(values(before), values(now), confidence).interval();
        double was = before.value();
        return shift.isBounded()
                ? Optional.of(new Range((was + shift.low()) / was, (was + shift.high()) / was))
                : Optional.empty();
    }

    private static Optional<Range> ofShares(
            List<BaselineRun> before, List<BaselineRun> now, Metric share, double was, double confidence) {
        long n = requests(before);
        long m = requests(now);
        if (n == 0 || m == 0) {
            return Optional.empty();
        }
        Range change = count(before, share, confidence).difference(count(now, share, confidence), confidence);
        return Optional.of(new Range((was + change.low()) / was, (was + change.high()) / was));
    }

    private static long requests(List<BaselineRun> runs) {
        return runs.stream().mapToLong(BaselineRun::requests).sum();
    }

    private static EffectiveCount count(List<BaselineRun> runs, Metric share, double confidence) {
        long seen = runs.stream().mapToLong(run -> run.seen(share)).sum();
        return EffectiveCount.of(seen, requests(runs), RunDispersions.ofShare(runs, share), (1 + confidence) / 2);
    }

    private static double[] values(Spread spread) {
        return spread.sorted().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Whether its interval is of too few runs to hold what differs from one start of a server to the next. */
    public boolean isWithinRun() {
        return interval.isPresent() && runs < RUNS_TO_CALL;
    }

    /** {@code ttft p95}, {@code throughput}. */
    public String name() {
        return statistic.text().isEmpty() ? metric.word() : metric.word() + " " + statistic.text();
    }

    /** now / before − 1. */
    public double fraction() {
        return now / before - 1;
    }

    /** The interval, if it bounds anything. */
    private Optional<Range> bounding() {
        return interval.filter(range -> range.isBounded() || range.low() > 0);
    }

    /** What it amounts to. */
    public Kind kind() {
        if (bounding().isEmpty()) {
            return Kind.UNKNOWN;
        }
        boolean lower = interval.get().high() < 1;
        boolean higher = interval.get().low() > 1;
        return !lower && !higher
                ? Kind.NOT_SHOWN
                : runs < RUNS_TO_CALL ? Kind.WITHIN_RUN : lower == metric.lowerIsBetter() ? Kind.BETTER : Kind.WORSE;
    }

    /** {@code -18.0 % (95 % CI -24.1 to -11.0 %)}. */
    public String text() {
        return Figures.percentChange(fraction())
                + bounding()
                        .map(range -> " (" + Explanations.plainPercent(confidence) + " CI " + end(range.low()) + " to "
                                + end(range.high()) + ")")
                        .orElse("");
    }

    private static String end(double ratio) {
        return Double.isInfinite(ratio) ? Figures.number(ratio) : Figures.percentChange(ratio - 1);
    }
}
