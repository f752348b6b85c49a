package dev.llmload.report;

import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import java.util.OptionalDouble;

/** Numbers of a level as tables show them; what is not there is a dash, what falls on a failed request says so. */
public final class ShownNumbers {
    private static final String ABSENT = "–";
    /** What a table says where a percentile falls on a failed request. */
    public static final String FAILED = "failed";

    private ShownNumbers() {}

    /** A percentile of a distribution. */
    public static String latency(LoadResult result, Metric metric, double percentile) {
        Distribution values = result.distribution(metric);
        if (!values.isRanked()) {
            return ABSENT;
        }
        OptionalDouble value = values.ranked(metric, percentile);
        return value.isPresent() ? of(metric, value.getAsDouble()) : FAILED;
    }

    /** Without unit, in the unit of the metric's own files: % for ratios. */
    public static String quantity(LoadResult result, Metric metric) {
        Quantity quantity = result.quantity(metric);
        if (!quantity.isPresent()) {
            return ABSENT;
        }
        return (quantity.isUpperBound() ? "<= " : "") + of(metric, quantity.value());
    }

    /** A value in the base unit of its metric, printed as the registry of metrics says. */
    public static String of(Metric metric, double base) {
        return switch (metric.kind().style()) {
            case DURATION -> Numbers.latency(base);
            case PERCENT -> Numbers.percent(base);
            case PLAIN -> Numbers.plain(metric.kind().inUnit(base));
        };
    }
}
