package dev.llmload.metric;

import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.time.ValuesInTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What all recorders of a level hold together.
 *
 * @param records those kept, without any warm-up and drain, in the order in which they were scheduled
 * @param drain those kept of the drain: load, but in no number
 * @param overflow what is left of the others
 * @param objectives what a good answer must meet
 * @param windowGaps gaps between arrivals of the requests sent in the window, in nanoseconds
 * @param allGaps the same of all requests
 * @param windowGapsAtLeast those of the window, each without what the client may have added
 * @param allGapsAtLeast the same of all requests; of those outside the window as they were measured
 * @param windowGapsInTime when the gaps of the window ended
 * @param allGapsInTime when all did
 * @param tokenEvents when token events arrived
 * @param backwardGaps gaps that were negative and so not recorded
 */
record Merged(
        List<RequestRecord> records,
        List<RequestRecord> drain,
        Overflow overflow,
        Objectives objectives,
        Histogram windowGaps,
        Histogram allGaps,
        Histogram windowGapsAtLeast,
        Histogram allGapsAtLeast,
        ValuesInTime windowGapsInTime,
        ValuesInTime allGapsInTime,
        TimeBins tokenEvents,
        long backwardGaps) {
    static Merged of(List<LoopRecorder> recorders) {
        List<RequestRecord> records = new ArrayList<>();
        Objectives objectives =
                recorders.isEmpty() ? Objectives.NONE : recorders.get(0).objectives();
        Overflow overflow = new Overflow(objectives);
        Histogram windowGaps = LoopRecorder.newGaps();
        Histogram allGaps = LoopRecorder.newGaps();
        Histogram windowGapsAtLeast = LoopRecorder.newGaps();
        Histogram allGapsAtLeast = LoopRecorder.newGaps();
        ValuesInTime windowGapsInTime = new ValuesInTime();
        ValuesInTime allGapsInTime = new ValuesInTime();
        TimeBins tokenEvents = new TimeBins();
        long backwardGaps = 0;
        for (LoopRecorder recorder : recorders) {
            records.addAll(recorder.records());
            overflow.addAll(recorder.overflow());
            windowGaps.add(recorder.windowGaps());
            allGaps.add(recorder.windowGaps());
            allGaps.add(recorder.otherGaps());
            windowGapsAtLeast.add(recorder.windowGapsAtLeast());
            allGapsAtLeast.add(recorder.windowGapsAtLeast());
            allGapsAtLeast.add(recorder.otherGaps());
            windowGapsInTime.addAll(recorder.windowGapsInTime());
            allGapsInTime.addAll(recorder.windowGapsInTime());
            allGapsInTime.addAll(recorder.otherGapsInTime());
            tokenEvents.addAll(recorder.tokenEvents());
            backwardGaps += recorder.backwardGaps();
        }
        records.removeIf(record -> record.phase() == Phase.WARMUP);
        List<RequestRecord> drain =
                records.stream().filter(record -> record.phase() == Phase.DRAIN).toList();
        records.removeIf(record -> record.phase() == Phase.DRAIN);
        records.sort(Comparator.comparingInt(RequestRecord::n));
        return new Merged(
                records,
                drain,
                overflow,
                objectives,
                windowGaps,
                allGaps,
                windowGapsAtLeast,
                allGapsAtLeast,
                windowGapsInTime,
                allGapsInTime,
                tokenEvents,
                backwardGaps);
    }
}
