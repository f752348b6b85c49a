package dev.llmload.metric;

import static dev.llmload.result.request.RequestRecord.ABSENT;

import dev.llmload.result.Metric;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.time.Slices;
import java.util.List;

/**
 * Cuts the time of a sample into equal slices, each at least as long as a request takes on average, so that it can be told
 * whether the slow ones came together. A request belongs to the slice in which it was due.
 */
final class SampleSlices {
    private final long from;
    private final double width;
    private final int count;
    private final double usual;

    private SampleSlices(long from, double width, int count, double usual) {
        this.usual = usual;
        this.from = from;
        this.width = width;
        this.count = count;
    }

    static SampleSlices of(List<RequestRecord> requests) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        double busy = 0;
        for (RequestRecord record : requests) {
            long due = due(record);
            first = Math.min(first, due);
            last = Math.max(last, due);
            busy += Math.max(0, record.times().closed() - due);
        }
        double length = requests.isEmpty() ? 0 : last - first;
        double usual = Math.max(1, busy / Math.max(1, requests.size()));
        int count = (int) Math.max(1, Math.min(Slices.MOST, Math.floor(length / usual)));
        return new SampleSlices(first, length / count, count, usual);
    }

    /** How long a request takes on average, in nanoseconds, at least 1. */
    double usual() {
        return usual;
    }

    static long due(RequestRecord record) {
        long scheduled = record.times().scheduled();
        return scheduled != ABSENT ? scheduled : record.times().closed();
    }

    int count() {
        return count;
    }

    int of(RequestRecord record) {
        return width > 0 ? (int) Math.min(count - 1, (due(record) - from) / width) : 0;
    }

    /** How many of them rank as failed in a metric, by slice. */
    int[] failures(List<RequestRecord> requests, Metric metric) {
        int[] failed = new int[count];
        for (RequestRecord record : requests) {
            if (RequestValues.failed(metric, record)) {
                failed[of(record)]++;
            }
        }
        return failed;
    }
}
