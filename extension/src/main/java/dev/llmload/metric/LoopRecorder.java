package dev.llmload.metric;

import static dev.llmload.result.request.RequestRecord.ABSENT;

import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.request.RequestRecord.Times;
import dev.llmload.result.time.ValuesInTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What one event loop records of a level.
 *
 * <p>Thread contract: written by one event loop only, without any synchronisation; read by another thread after the
 * level has ended and that end was handed over safely (a future, a latch). {@link #arrival} costs some tens of
 * nanoseconds and allocates nothing beyond the rare growth of its time bins.
 */
public final class LoopRecorder {
    /** How many requests of a level are kept exactly, over all its recorders. */
    public static final int EXACT_PER_LEVEL = 1_000_000;

    private static final long SHORTEST_GAP = 1_000L;
    private static final long LONGEST_GAP = 3_600_000_000_000L;

    private final int limit;
    private final List<RequestRecord> records = new ArrayList<>();
    private final Objectives objectives;
    private final Overflow overflow;
    private final Histogram windowGaps = newGaps();
    private final Histogram windowGapsAtLeast = newGaps();
    private final Histogram otherGaps = newGaps();
    private final ValuesInTime windowGapsInTime = new ValuesInTime();
    private final ValuesInTime otherGapsInTime = new ValuesInTime();
    private final TimeBins tokenEvents = new TimeBins();
    private long backwardGaps;

    /** Keeps the records of a whole level: right where one loop serves it. */
    public LoopRecorder() {
        this(EXACT_PER_LEVEL, Objectives.NONE);
    }

    /**
     * With its share of what a level keeps exactly.
     *
     * @param exactRecords how many requests are kept exactly, at least 0: {@link #EXACT_PER_LEVEL} divided by the
     *     number of loops; what ends after them is added to histograms, and the result is marked
     * @param objectives what a good answer must meet
     */
    public LoopRecorder(int exactRecords, Objectives objectives) {
        if (exactRecords < 0) {
            throw new IllegalArgumentException("exactRecords must be at least 0, but was " + exactRecords);
        }
        this.limit = exactRecords;
        this.objectives = objectives;
        this.overflow = new Overflow(objectives);
    }

    /**
     * A network buffer completed at least one token event of a request. A gap below 1 µs or above 1 h counts as that;
     * a negative one is counted as an error of measurement.
     *
     * @param phase in which the request was <em>sent</em>; {@link Phase#WARMUP} is ignored
     * @param nanos when the buffer arrived, on the {@link System#nanoTime()} clock
     * @param gapNanos since the previous arrival of the same request, or {@link RequestRecord#ABSENT} for its first
     * @param tokenEvents token events that the buffer completed, at least 1
     * @param lateNanos by how much the client may have been late in reading the buffer, at least 0
     */
    public void arrival(Phase phase, long nanos, long gapNanos, int tokenEvents, long lateNanos) {
        if (phase == Phase.WARMUP) {
            return;
        }
        this.tokenEvents.add(nanos, tokenEvents);
        if (gapNanos == ABSENT) {
            return;
        }
        if (gapNanos < 0) {
            backwardGaps++;
            return;
        }
        if (phase == Phase.WINDOW) {
            windowGaps.recordValue(inRange(gapNanos));
            windowGapsAtLeast.recordValue(inRange(gapNanos - lateNanos));
            windowGapsInTime.add(nanos, gapNanos);
        } else {
            otherGaps.recordValue(inRange(gapNanos));
            otherGapsInTime.add(nanos, gapNanos);
        }
    }

    private static long inRange(long gap) {
        return Math.min(LONGEST_GAP, Math.max(SHORTEST_GAP, gap));
    }

    /**
     * A request ended, however it ended.
     *
     * @param record all that is kept of it; one of {@link Phase#WARMUP} is kept, but in no number of a level
     * @throws IllegalArgumentException if it has no {@code closed}, or succeeded without {@code sent} or a token event
     */
    public void ended(RequestRecord record) {
        Times t = record.times();
        if (t.closed() == ABSENT) {
            throw new IllegalArgumentException(
                    "a request that ended must have a closed instant, but has none: " + record);
        }
        if (record.succeeded() && (t.sent() == ABSENT || t.firstToken() == ABSENT || t.lastToken() == ABSENT)) {
            throw new IllegalArgumentException(
                    "a request that succeeded must have sent, firstToken and lastToken, but was " + record);
        }
        if (records.size() < limit) {
            records.add(record);
        } else if (record.phase() == Phase.DRAIN) {
            overflow.drained(record);
        } else if (record.phase() != Phase.WARMUP) {
            overflow.add(record);
        }
    }

    /**
     * The window was closed at an instant that became known only later. Of the records that are kept exactly, the token
     * events after it, spread evenly from the first to the last, are not in the window.
     *
     * @param close when, on the {@link System#nanoTime()} clock; after the level has ended
     */
    public void windowClosed(long close) {
        records.replaceAll(record -> record.clipped(close));
    }

    /**
     * The records that are kept exactly.
     *
     * @return in the order in which they ended; a view, to be read after the level
     */
    public List<RequestRecord> records() {
        return Collections.unmodifiableList(records);
    }

    public Objectives objectives() {
        return objectives;
    }

    public Overflow overflow() {
        return overflow;
    }

    Histogram windowGaps() {
        return windowGaps;
    }

    /** The same gaps, each without what the client may have added. */
    Histogram windowGapsAtLeast() {
        return windowGapsAtLeast;
    }

    /** Gaps of the requests that were sent outside the window. */
    Histogram otherGaps() {
        return otherGaps;
    }

    /** When the gaps of the window ended. */
    ValuesInTime windowGapsInTime() {
        return windowGapsInTime;
    }

    /** When the others did. */
    ValuesInTime otherGapsInTime() {
        return otherGapsInTime;
    }

    TimeBins tokenEvents() {
        return tokenEvents;
    }

    long backwardGaps() {
        return backwardGaps;
    }

    // A lowest value of 1 ns keeps three digits down to 1 µs; of 1 µs it would not.
    static Histogram newGaps() {
        return new Histogram(1, LONGEST_GAP, 3);
    }
}
