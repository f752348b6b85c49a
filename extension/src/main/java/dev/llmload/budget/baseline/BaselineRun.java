package dev.llmload.budget.baseline;

import dev.llmload.analysis.Dispersion;
import dev.llmload.budget.Ranked;
import dev.llmload.budget.Statistic;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.TokenCounts;
import dev.llmload.result.measured.Values;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * One run of a level, as far as comparisons need it. Immutable.
 *
 * @param at when it was made, ISO 8601 in UTC
 * @param requests attempted
 * @param promptTokens mean prompt tokens of a success, NaN if they are not known
 * @param outputTokens mean output tokens of a success, NaN if they are not known
 * @param values what is one number, in base units; what was not measured is not in it
 * @param distributions latencies in nanoseconds, speeds in tokens per second; what was not measured is not in it
 * @param dispersions how requests come together in time ({@link RunDispersions}); what is not in it counts as independent
 */
public record BaselineRun(
        String at,
        long requests,
        double promptTokens,
        double outputTokens,
        Map<Metric, Double> values,
        Map<Metric, Distribution> distributions,
        Map<String, Dispersion> dispersions) {
    /** Copies the maps. */
    public BaselineRun {
        dispersions = Collections.unmodifiableMap(new TreeMap<>(dispersions));
        Map<Metric, Double> numbers = new EnumMap<>(Metric.class);
        numbers.putAll(values);
        values = Collections.unmodifiableMap(numbers);
        Map<Metric, Distribution> all = new EnumMap<>(Metric.class);
        all.putAll(distributions);
        distributions = Collections.unmodifiableMap(all);
    }

    /**
     * Everything that was measured.
     *
     * @param result of a level
     * @param at when, ISO 8601 in UTC
     */
    public static BaselineRun of(LoadResult result, String at) {
        return of(result, at, Set.of());
    }

    /**
     * Everything that was measured, but for some metrics.
     *
     * @param result of a level
     * @param at when, ISO 8601 in UTC
     * @param without what it did not measure truly
     */
    public static BaselineRun of(LoadResult result, String at, Set<Metric> without) {
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        Map<Metric, Distribution> distributions = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            if (without.contains(metric)) {
                continue;
            }
            if (metric.isDistribution()) {
                Distribution distribution = result.distribution(metric);
                if (distribution.isPresent()) {
                    distributions.put(metric, distribution);
                }
            } else {
                Quantity quantity = result.quantity(metric);
                if (quantity.isPresent()) {
                    values.put(metric, quantity.value());
                }
            }
        }
        TokenCounts tokens = result.tokens();
        return new BaselineRun(
                at,
                result.requests().attempted(),
                mean(tokens.prompt(), tokens.withUsage()),
                mean(tokens.output(), tokens.withUsage()),
                values,
                distributions,
                RunDispersions.of(result, distributions));
    }

    /** Of one metric, the distribution of all runs that have it; of nothing else. */
    public static BaselineRun pooled(List<BaselineRun> runs, Metric metric) {
        Distribution all = Values.pooled(runs.stream()
                .filter(run -> run.has(metric))
                .map(run -> run.distributions.get(metric))
                .toList());
        return new BaselineRun("", 0, Double.NaN, Double.NaN, Map.of(), Map.of(metric, all), Map.of());
    }

    private static double mean(long tokens, long requests) {
        return requests == 0 ? Double.NaN : (double) tokens / requests;
    }

    /** Whether the metric was measured. */
    public boolean has(Metric metric) {
        return metric.isDistribution() ? distributions.containsKey(metric) : values.containsKey(metric);
    }

    /** The number in base units; empty where its rank falls on a failed request, or nothing was measured. */
    public OptionalDouble value(Metric metric, Statistic statistic) {
        if (!has(metric)) {
            return OptionalDouble.empty();
        }
        if (!metric.isDistribution()) {
            return OptionalDouble.of(values.get(metric));
        }
        Distribution distribution = distributions.get(metric);
        if (statistic.kind() == Statistic.Kind.MEAN) {
            return OptionalDouble.of(distribution.mean());
        }
        Ranked ranked = new Ranked(distribution, metric.lowerIsBetter());
        return ranked.at(statistic.rank(ranked.size()));
    }

    /** How many requests a share counts. */
    long seen(Metric share) {
        return Math.round(values.get(share) * requests);
    }

    /** How many values a percentile of the metric rests on, failed requests included. */
    long size(Metric metric) {
        Distribution distribution = distributions.get(metric);
        return distribution == null ? 0 : distribution.count() + distribution.failed();
    }
}
