package dev.llmload.budget.baseline;

import dev.llmload.analysis.Dispersion;
import dev.llmload.budget.Comparator;
import dev.llmload.budget.FailureDispersion;
import dev.llmload.budget.Ranked;
import dev.llmload.budget.Statistic;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How the requests of a run come together in time, as far as a comparison needs it: those beyond the usual percentiles, and
 * those that failed. By name: {@code ttft p95}, {@code success_rate}. A baseline keeps it, because its histograms have no time.
 */
final class RunDispersions {
    private static final double[] PERCENTILES = {50, 90, 95, 99};

    private RunDispersions() {}

    /** What was measured; what scatters no more than independent requests do is not in it. */
    static Map<String, Dispersion> of(LoadResult result, Map<Metric, Distribution> distributions) {
        Map<String, Dispersion> all = new TreeMap<>();
        distributions.forEach((metric, values) -> {
            for (double percentile : PERCENTILES) {
                Statistic statistic = Statistic.percentile(percentile);
                put(all, name(metric, statistic), beyond(metric, values, statistic));
            }
        });
        put(all, Metric.SUCCESS_RATE.word(), FailureDispersion.of(result));
        return all;
    }

    private static void put(Map<String, Dispersion> all, String name, Dispersion dispersion) {
        if (dispersion.factor() > 1) {
            all.put(name, dispersion);
        }
    }

    private static String name(Metric metric, Statistic statistic) {
        return metric.word() + " " + statistic.text();
    }

    private static Dispersion beyond(Metric metric, Distribution values, Statistic statistic) {
        Ranked ranked = new Ranked(values, metric.lowerIsBetter());
        return ranked.dispersionAt(statistic.rank(ranked.size()));
    }

    /** Of the requests of all runs beyond a percentile of theirs: that of the nearest percentile that is kept. */
    static Dispersion beyond(List<BaselineRun> runs, Metric metric, Statistic statistic) {
        double nearest = PERCENTILES[0];
        for (double each : PERCENTILES) {
            if (Math.abs(each - statistic.percentile()) < Math.abs(nearest - statistic.percentile())) {
                nearest = each;
            }
        }
        String name = name(metric, Statistic.percentile(nearest));
        OptionalDouble value = BaselineRun.pooled(runs, metric).value(metric, statistic);
        boolean lower = metric.lowerIsBetter();
        double limit = value.orElse(lower ? Double.MAX_VALUE : 0);
        long[] counted = new long[runs.size()];
        long[] all = new long[runs.size()];
        for (int i = 0; i < all.length; i++) {
            Ranked ranked = new Ranked(runs.get(i).distributions().get(metric), lower);
            counted[i] = ranked.violations(lower ? Comparator.AT_MOST : Comparator.AT_LEAST, limit);
            all[i] = ranked.size();
        }
        return Dispersion.ofRuns(counted, all, own(runs, name));
    }

    /** Of the requests of all runs that a share counts. */
    static Dispersion ofShare(List<BaselineRun> runs, Metric share) {
        return Dispersion.ofRuns(
                runs.stream().mapToLong(run -> run.seen(share)).toArray(),
                runs.stream().mapToLong(BaselineRun::requests).toArray(),
                own(runs, share.word()));
    }

    private static List<Dispersion> own(List<BaselineRun> runs, String name) {
        return runs.stream()
                .map(run -> run.dispersions().getOrDefault(name, Dispersion.NONE))
                .toList();
    }
}
