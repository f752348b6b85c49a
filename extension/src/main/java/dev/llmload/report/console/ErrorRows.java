package dev.llmload.report.console;

import dev.llmload.report.Numbers;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.MeasurementError.Sentinel;
import dev.llmload.result.Metric;
import dev.llmload.result.text.CountText;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** By how much the latencies of a level may be too long through the client's own doing, below them in the table. */
final class ErrorRows {
    private ErrorRows() {}

    /**
     * A row of differences: avg, percentiles, max; nothing where there is no bound.
     */
    static void into(Box box, LoadResult result, double[] percentiles, Metric metric) {
        Distribution values = result.distribution(metric);
        Distribution best = result.error().best(metric).orElse(values);
        if (!values.isPresent() || best.mean() == values.mean()) {
            return;
        }
        List<String> middle = DoubleStream.of(percentiles)
                .mapToObj(p -> part(values.percentileFailuresAbove(p), best.percentileFailuresAbove(p)))
                .toList();
        box.line(ConsoleTable.row(
                "  client's own, at most",
                values.failed() > 0 ? "–" : millis(values.mean() - best.mean()),
                middle,
                values.failed() > 0 ? "–" : millis(values.max() - best.max())));
    }

    /** What the sentinel measured beside the load. */
    static void measured(Box box, LoadResult result) {
        result.error().sentinel().ifPresent(sentinel -> box.wrapped("Measurement error: " + words(sentinel), 2));
    }

    private static String words(Sentinel sentinel) {
        return "p50 " + number(sentinel.p50()) + ", p95 " + number(sentinel.p95()) + ", p99 " + number(sentinel.p99())
                + ", max " + measured(sentinel.max()) + " (" + CountText.of(sentinel.count(), "token") + ")";
    }

    /** What the sentinel measured, of nanoseconds: {@code 0.6 ms}, rounded up. */
    static String measured(long nanos) {
        return number(nanos) + " ms";
    }

    private static String number(long nanos) {
        return Numbers.signed(nanos / 1e6).substring(1);
    }

    private static String part(OptionalDouble value, OptionalDouble best) {
        return value.isPresent() && best.isPresent() ? millis(value.getAsDouble() - best.getAsDouble()) : "–";
    }

    private static String millis(double nanos) {
        return nanos == 0 ? "0" : Numbers.signed(-nanos / 1e6);
    }
}
