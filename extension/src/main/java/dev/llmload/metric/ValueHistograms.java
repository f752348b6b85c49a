package dev.llmload.metric;

import dev.llmload.result.Metric;
import dev.llmload.result.request.RequestRecord;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.HdrHistogram.Histogram;

/** Per-request values in histograms, for levels with more requests than are kept. Confined to one thread at a time. */
final class ValueHistograms {
    private final ToDoubleBiFunction<Metric, RequestRecord> reading;
    private final Map<Metric, Histogram> values = new EnumMap<>(Metric.class);
    private final Map<Metric, Long> failed = new EnumMap<>(Metric.class);

    /** None yet; {@code reading} is the value of a metric that a record has. */
    ValueHistograms(ToDoubleBiFunction<Metric, RequestRecord> reading) {
        this.reading = reading;
    }

    void add(RequestRecord record) {
        for (Metric metric : RequestValues.METRICS) {
            if (RequestValues.failed(metric, record)) {
                failed.merge(metric, 1L, Long::sum);
            } else if (RequestValues.counts(metric, record)) {
                double value = reading.applyAsDouble(metric, record);
                if (!Double.isNaN(value)) {
                    histogram(metric)
                            .recordValue(Math.round(value / metric.kind().histogramStep()));
                }
            }
        }
    }

    void addAll(ValueHistograms other) {
        other.values.forEach((metric, histogram) -> histogram(metric).add(histogram));
        other.failed.forEach((metric, count) -> failed.merge(metric, count, Long::sum));
    }

    Histogram histogram(Metric metric) {
        return values.computeIfAbsent(metric, any -> autoResizing());
    }

    long failed(Metric metric) {
        return failed.getOrDefault(metric, 0L);
    }

    private static Histogram autoResizing() {
        Histogram histogram = new Histogram(3);
        histogram.setAutoResize(true);
        return histogram;
    }
}
