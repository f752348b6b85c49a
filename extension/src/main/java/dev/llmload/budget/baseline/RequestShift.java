package dev.llmload.budget.baseline;

import dev.llmload.analysis.RankTest;
import dev.llmload.analysis.Shift;
import dev.llmload.budget.Explanations;
import dev.llmload.budget.Figures;
import dev.llmload.budget.Intervals;
import dev.llmload.result.Distribution;
import dev.llmload.result.Metric;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * By how much the requests of one side are slower than those of another, whatever percentile one looks at: the shift of
 * Hodges and Lehmann of the successes with its interval, and the rank test of Mann and Whitney, in which a failed request
 * ranks above all. Requests of several runs are taken together. Of more than {@value #MOST} values a side evenly spaced ranks
 * stand for all, which makes an interval wider, never narrower.
 */
final class RequestShift {
    private static final int MOST = 20_000;

    private RequestShift() {}

    /** In a sentence; empty if a side has no values. */
    static Optional<String> of(List<BaselineRun> before, List<BaselineRun> now, Metric latency) {
        double[] was = successes(before, latency);
        double[] is = successes(now, latency);
        if (was.length == 0 || is.length == 0) {
            return Optional.empty();
        }
        Shift shift = Shift.of(was, is, Intervals.CONFIDENCE);
        if (!Double.isFinite(shift.interval().low())) {
            return Optional.empty();
        }
        RankTest test = RankTest.of(withFailures(was, before, latency), withFailures(is, now, latency));
        return Optional.of(latency.word() + " of any request against any of the baseline: "
                + millis(shift.estimate()) + " ms (Hodges–Lehmann, "
                + Explanations.plainPercent(Intervals.CONFIDENCE) + " CI "
                + millis(shift.interval().low()) + " to "
                + millis(shift.interval().high()) + " ms), Mann–Whitney " + probability(test.p()));
    }

    private static String probability(double p) {
        return p < 0.001 ? "p < 0.001" : "p " + Figures.number(p);
    }

    private static String millis(double nanos) {
        String text = Figures.number(nanos / 1e6);
        return nanos > 0 ? "+" + text : text;
    }

    private static double[] successes(List<BaselineRun> runs, Metric latency) {
        return runs.stream()
                .filter(run -> run.has(latency))
                .flatMapToDouble(run -> spaced(run.distributions().get(latency), MOST / runs.size()))
                .toArray();
    }

    private static DoubleStream spaced(Distribution values, int most) {
        long n = Math.min(values.count(), most);
        return LongStream.range(0, n).mapToDouble(i -> values.percentile(100 * (i + 0.5) / n));
    }

    private static double[] withFailures(double[] successes, List<BaselineRun> runs, Metric latency) {
        long all = 0;
        long failed = 0;
        for (BaselineRun run : runs) {
            if (run.has(latency)) {
                all += run.distributions().get(latency).count();
                failed += run.distributions().get(latency).failed();
            }
        }
        int shown = (int) Math.round((double) failed * successes.length / all);
        return DoubleStream.concat(
                        DoubleStream.of(successes),
                        DoubleStream.generate(() -> Double.POSITIVE_INFINITY).limit(shown))
                .toArray();
    }
}
