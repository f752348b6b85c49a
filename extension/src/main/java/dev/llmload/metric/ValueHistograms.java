package dev.llmload.metric;

import dev.llmload.result.Metric;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.time.ValuesInTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.HdrHistogram.Histogram;

/** Per-request values in histograms, for levels with more requests than are kept. Confined to one thread at a time. */
final class ValueHistograms {
    private final ToDoubleBiFunction<Metric, RequestRecord> reading;
    private final Map<Metric, Histogram> values = new EnumMap<>(Metric.class);
    private final Map<Metric, ValuesInTime> inTime = new EnumMap<>(Metric.class);
    private final Map<Metric, Long> failed = new EnumMap<>(Metric.class);

    /** None yet; {@code reading} is the value of a metric that a record has. */
    ValueHistograms(ToDoubleBiFunction<Metric, RequestRecord> reading) {
        this.reading = reading;
    }

    void add(RequestRecord record) {
        RequestValues.METRICS.forEach(metric -> add(metric, record));
    }

    /** Its value of one metric only. */
    void add(Metric metric, RequestRecord record) {
        if (RequestValues.failed(metric, record)) {
            failed.merge(metric, 1L, Long::sum);
            inTime(metric).fail(SampleSlices.due(record));
        } else if (RequestValues.counts(metric, record)) {
            double value = reading.applyAsDouble(metric, record);
            if (!Double.isNaN(value)) {
                long steps = Math.round(value / metric.kind().histogramStep());
                histogram(metric).recordValue(steps);
                inTime(metric).add(SampleSlices.due(record), steps);
            }
        }
    }

    void addAll(ValueHistograms other) {
        RequestValues.METRICS.forEach(metric -> addAll(metric, other));
    }

    /** The values of one metric only. */
    void addAll(Metric metric, ValueHistograms other) {
        if (other.values.containsKey(metric)) {
            histogram(metric).add(other.values.get(metric));
        }
        if (other.inTime.containsKey(metric)) {
            inTime(metric).addAll(other.inTime.get(metric));
        }
        if (other.failed(metric) > 0) {
            failed.merge(metric, other.failed(metric), Long::sum);
        }
    }

    Histogram histogram(Metric metric) {
        return values.computeIfAbsent(metric, any -> autoResizing());
    }

    /** When the requests were due that have a value, or failed. */
    ValuesInTime inTime(Metric metric) {
        return inTime.computeIfAbsent(metric, any -> new ValuesInTime());
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
