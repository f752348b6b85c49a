package dev.llmload.load;

import dev.llmload.result.Metric;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * When a level is a lost cause: its success rate falls below, or a percentile of a latency rises above a limit.
 * Immutable.
 *
 * @param text as it is printed: {@code success_rate < 90 %}
 * @param metric {@code success_rate}, or the latency of a request
 * @param percentile of the latency, above 0 and at most 100; of the success rate meaningless
 * @param inclusive whether a value that equals the limit is one too
 * @param limit a fraction, or nanoseconds
 */
public record AbortRule(String text, Metric metric, double percentile, boolean inclusive, BigDecimal limit) {
    /** Refuses what nobody looks at while a level runs. */
    public AbortRule {
        if (metric != Metric.SUCCESS_RATE && metric != Metric.TTFT && metric != Metric.E2E) {
            throw new IllegalArgumentException("no level is aborted by its " + metric.word());
        }
        if (metric != Metric.SUCCESS_RATE && !(percentile > 0 && percentile <= 100)) {
            throw new IllegalArgumentException("a percentile must be above 0 and at most 100, but was " + percentile);
        }
    }

    /** Whether so few of so many requests succeeded. */
    boolean holdsFor(int succeeded, int ended) {
        int comparison = BigDecimal.valueOf(succeeded).compareTo(limit.multiply(BigDecimal.valueOf(ended)));
        return comparison < 0 || inclusive && comparison == 0;
    }

    /** Whether one latency in nanoseconds lies beyond the limit. */
    boolean isBeyond(long nanos) {
        int comparison = BigDecimal.valueOf(nanos).compareTo(limit);
        return comparison > 0 || inclusive && comparison == 0;
    }

    /** The nearest rank of the percentile among so many values in rising order, from 1. */
    int rank(int values) {
        return Math.max(
                1,
                BigDecimal.valueOf(percentile)
                        .movePointLeft(2)
                        .multiply(BigDecimal.valueOf(values))
                        .setScale(0, RoundingMode.CEILING)
                        .intValueExact());
    }
}
