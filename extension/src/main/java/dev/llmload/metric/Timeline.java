package dev.llmload.metric;

import dev.llmload.result.Distribution;
import dev.llmload.result.Level;
import dev.llmload.result.Metric;
import dev.llmload.result.TimelinePoint;
import dev.llmload.result.Window;
import dev.llmload.result.measured.Values;
import dev.llmload.result.request.RequestRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A level over time, from its first request, in equal stretches of at most 250 ms: so short that the window has at least 20
 * of them where that takes no less than 50 ms each, and at most 14 400, so that those of a level of more than an hour are
 * longer. Token events are known when they
 * happen, tokens only from the usage: each event counts as the level's mean number of tokens per event. Resolution is that
 * of the time bins, 50 ms. TTFT is that of the requests that are kept exactly.
 */
final class Timeline {
    private static final long LONGEST = 250_000_000L;
    private static final long SHORTEST = 50_000_000L;
    private static final int FEWEST = 20;
    private static final int MOST = 14_400;

    private final Level level;
    private final Merged merged;
    private final long open;
    private final long length;
    private final int count;

    private Timeline(Level level, Window wholeRun, Window window, Merged merged) {
        this.level = level;
        this.merged = merged;
        this.open = wholeRun.openNanos();
        this.length = Math.max(0, wholeRun.closeNanos() - open);
        this.count = count(length, window.closeNanos() - window.openNanos());
    }

    static List<TimelinePoint> of(Level level, Window wholeRun, Window window, Merged merged) {
        return new Timeline(level, wholeRun, window, merged).points();
    }

    /**
     * Into how many stretches a level of this length is divided.
     *
     * @param nanos from its first request to its last response
     * @param window length of its window, in nanoseconds
     */
    static int count(long nanos, long window) {
        if (nanos <= 0) {
            return 0;
        }
        long each = Math.max(SHORTEST, Math.min(LONGEST, window / FEWEST));
        return (int) Math.min(MOST, (nanos + each - 1) / each);
    }

    private List<TimelinePoint> points() {
        TimeBins inFlight = new TimeBins();
        TokenSums tokens = new TokenSums();
        inFlight.addAll(merged.overflow().inFlight);
        tokens.addAll(merged.overflow().wholeRun.tokens);
        for (RequestRecord record : merged.records()) {
            Span flight = Span.inFlight(record);
            inFlight.spread(flight.from(), flight.to(), flight.length());
            tokens.add(record);
        }
        for (RequestRecord record : merged.drain()) {
            Span flight = Span.inFlight(record);
            inFlight.spread(flight.from(), flight.to(), flight.length());
        }
        long[] failed = failures();
        List<Distribution> ttft = ttft();
        List<TimelinePoint> points = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long from = edge(i);
            long to = edge(i + 1);
            double seconds = (to - from) / 1e9;
            points.add(new TimelinePoint(
                    from,
                    to - from,
                    merged.tokenEvents().sum(from, to) * tokens.outputPerEvent() / seconds,
                    inFlight.sum(from, to) / (to - from),
                    failed[i],
                    percentile(ttft.get(i), 50),
                    percentile(ttft.get(i), 95)));
        }
        return points;
    }

    private long edge(int i) {
        return open + Math.round((double) length / count * i);
    }

    private int place(long nanos) {
        int near = (int) Math.max(0, Math.min(count - 1, (nanos - open) / (length / count)));
        while (near > 0 && nanos < edge(near)) {
            near--; // stretches differ by a nanosecond
        }
        return near;
    }

    private static double percentile(Distribution values, double p) {
        return values.isPresent() ? values.percentile(p) : Double.NaN;
    }

    private List<Distribution> ttft() {
        Metric metric = level.valuesOf(Metric.TTFT);
        List<List<Double>> values = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> values.add(new ArrayList<>()));
        for (RequestRecord record : merged.records()) {
            if (count > 0 && record.succeeded() && RequestValues.has(metric, record)) {
                values.get(place(record.times().firstToken())).add(RequestValues.of(metric, record));
            }
        }
        return values.stream()
                .<Distribution>map(each ->
                        Values.of(each.stream().mapToDouble(Double::doubleValue).toArray(), 0))
                .toList();
    }

    private long[] failures() {
        long[] failed = new long[count];
        if (count == 0) {
            return failed;
        }
        for (RequestRecord record : merged.records()) {
            if (record.outcome().isFailure()) {
                failed[place(record.times().closed())]++;
            }
        }
        // rounding the running total, not each stretch, loses none of the failures that are not kept
        TimeBins beyond = merged.overflow().failures;
        long before = 0;
        for (int i = 0; i < count; i++) {
            long total = Math.round(beyond.sum(open - LONGEST, edge(i + 1)));
            failed[i] += total - before;
            before = total;
        }
        return failed;
    }
}
