package dev.llmload.budget;

import dev.llmload.result.Metric;
import java.util.List;

/**
 * A number that two sides are compared by.
 *
 * @param metric which metric
 * @param statistic which number of it, or none
 */
public record Headline(Metric metric, Statistic statistic) {
    public static final List<Headline> ALL = List.of(
            new Headline(Metric.TTFT, Statistic.percentile(50)),
            new Headline(Metric.TTFT, Statistic.percentile(95)),
            new Headline(Metric.TPOT, Statistic.percentile(50)),
            new Headline(Metric.E2E, Statistic.percentile(95)),
            new Headline(Metric.THROUGHPUT, Statistic.NONE),
            new Headline(Metric.SUCCESS_RATE, Statistic.NONE),
            new Headline(Metric.MFU, Statistic.NONE),
            new Headline(Metric.TOKENS_PER_JOULE, Statistic.NONE));
}
