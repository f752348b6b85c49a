package dev.llmload.metric;

import dev.llmload.result.RequestRecord;
import dev.llmload.result.TimelinePoint;
import dev.llmload.result.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * A level second by second, from its first request. Token events are known when they happen, tokens only from the
 * usage: each event counts as the level's mean number of tokens per event. Resolution is that of the time bins, 100 ms.
 */
final class Timeline {
    private static final long SECOND = 1_000_000_000L;

    private Timeline() {}

    static List<TimelinePoint> of(Window wholeRun, Merged merged) {
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
        long[] failed = failures(wholeRun, merged);
        List<TimelinePoint> points = new ArrayList<>(failed.length);
        for (int second = 0; second < failed.length; second++) {
            long from = wholeRun.openNanos() + second * SECOND;
            long to = from + SECOND;
            points.add(new TimelinePoint(
                    second,
                    from,
                    merged.tokenEvents().sum(from, to) * tokens.outputPerEvent(),
                    inFlight.sum(from, to) / SECOND,
                    failed[second]));
        }
        return points;
    }

    private static long[] failures(Window wholeRun, Merged merged) {
        long length = Math.max(0, wholeRun.closeNanos() - wholeRun.openNanos());
        long[] failed = new long[Math.toIntExact((length + SECOND - 1) / SECOND)];
        if (failed.length == 0) {
            return failed;
        }
        for (RequestRecord record : merged.records()) {
            if (record.outcome().isFailure()) {
                long second = (record.times().closed() - wholeRun.openNanos()) / SECOND;
                failed[(int) Math.max(0, Math.min(failed.length - 1, second))]++;
            }
        }
        // rounding the running total, not each second, loses none of the failures that are not kept
        TimeBins beyond = merged.overflow().failures;
        long before = 0;
        for (int second = 0; second < failed.length; second++) {
            long total =
                    Math.round(beyond.sum(wholeRun.openNanos() - SECOND, wholeRun.openNanos() + (second + 1) * SECOND));
            failed[second] += total - before;
            before = total;
        }
        return failed;
    }
}
