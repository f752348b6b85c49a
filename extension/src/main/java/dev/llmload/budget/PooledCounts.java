package dev.llmload.budget;

import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.TokenCounts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What is counted of several runs, added up. */
final class PooledCounts {
    private PooledCounts() {}

    static RequestCounts requests(List<LoadResult> runs) {
        return new RequestCounts(
                sum(runs, run -> run.requests().attempted()),
                sum(runs, run -> run.requests().succeeded()),
                sum(runs, run -> run.requests().cut()),
                sum(runs, run -> run.requests().staleConnections()),
                byKey(runs, run -> run.requests().failures()),
                byKey(runs, run -> run.requests().status()),
                byKey(runs, run -> run.requests().finishReasons()));
    }

    /** What is uncertain of the tokens is as uncertain as in the worst of the runs. */
    static TokenCounts tokens(List<LoadResult> runs) {
        return new TokenCounts(
                sum(runs, run -> run.tokens().prompt()),
                sum(runs, run -> run.tokens().cached()),
                sum(runs, run -> run.tokens().output()),
                sum(runs, run -> run.tokens().withUsage()),
                runs.stream().allMatch(run -> run.tokens().cachedKnown()),
                runs.stream().anyMatch(run -> run.tokens().counted()),
                mean(runs, run -> run.tokens().perArrival(), run -> run.tokens().output()),
                mean(runs, run -> run.tokens().coalesced(), run -> run.tokens().output()),
                runs.stream().mapToDouble(run -> run.tokens().tpotBound()).max().orElse(0),
                runs.stream()
                        .mapToDouble(run -> run.tokens().hiddenFactor())
                        .max()
                        .orElse(1));
    }

    /** A share of the requests that ended, of all runs together. */
    static double share(List<LoadResult> runs, Metric metric) {
        return mean(
                runs,
                run -> run.quantity(metric).value(),
                run -> run.requests().attempted() - run.requests().cut());
    }

    /** Of the prompt tokens of all runs, those that came from the cache. */
    static double cachedShare(List<LoadResult> runs) {
        return (double) sum(runs, run -> run.tokens().cached())
                / sum(runs, run -> run.tokens().prompt());
    }

    private static double mean(
            List<LoadResult> runs, ToDoubleFunction<LoadResult> value, ToLongFunction<LoadResult> weight) {
        double sum = 0;
        double weights = 0;
        for (LoadResult run : runs) {
            double each = value.applyAsDouble(run);
            if (!Double.isNaN(each)) {
                sum += each * weight.applyAsLong(run);
                weights += weight.applyAsLong(run);
            }
        }
        return weights == 0 ? Double.NaN : sum / weights;
    }

    private static long sum(List<LoadResult> runs, ToLongFunction<LoadResult> count) {
        return runs.stream().mapToLong(count).sum();
    }

    private static <K> Map<K, Long> byKey(List<LoadResult> runs, Function<LoadResult, Map<K, Long>> counts) {
        Map<K, Long> all = new TreeMap<>();
        runs.forEach(run -> counts.apply(run).forEach((key, count) -> all.merge(key, count, Long::sum)));
        return all;
    }
}
