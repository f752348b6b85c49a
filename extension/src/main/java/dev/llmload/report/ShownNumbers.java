package dev.llmload.report;

import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import java.util.OptionalDouble;

/** Numbers of a level as tables show them; what is not there is a dash, what falls on a failed request says so. */
public final class ShownNumbers {
    private static final String ABSENT = "–";
    private static final String FAILED = "a failure";

    private ShownNumbers() {}

    public static String latency(LoadResult result, Metric metric, double percentile) {
        Distribution values = result.distribution(result.level().judged(metric));
        if (!values.isPresent()) {
            return ABSENT;
        }
        OptionalDouble value = values.percentileFailuresAbove(percentile);
        return value.isPresent() ? Numbers.latency(value.getAsDouble()) : FAILED;
    }

    /** Without unit, in the unit of the metric's own files: % for ratios. */
    public static String quantity(LoadResult result, Metric metric) {
        Quantity quantity = result.quantity(metric);
        if (!quantity.isPresent()) {
            return ABSENT;
        }
        if (quantity.isUpperBound()) {
            return "<= " + Numbers.percent(quantity.value());
        }
        return metric.kind() == Metric.Kind.RATIO
                ? Numbers.percent(quantity.value())
                : metric.kind() == Metric.Kind.TOKEN_RATE
                        ? Numbers.one(quantity.value())
                        : Numbers.plain(quantity.value());
    }
}
