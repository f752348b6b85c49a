package dev.llmload.metric;

import dev.llmload.result.Phase;
import dev.llmload.result.RequestRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What one event loop records of a level.
 *
 * <p>Thread contract: written by one event loop only, without any synchronisation; read by another thread after the
 * level has ended and that end was handed over safely (a future, a latch). {@link #arrival} allocates nothing beyond
 * the rare growth of its time bins.
 */
public final class LoopRecorder {
    /** How many requests of a level are kept exactly, over all its recorders. */
    public static final int EXACT_PER_LEVEL = 1_000_000;

    private final int limit;
    private final List<RequestRecord> records = new ArrayList<>();

    /** Keeps the records of a whole level: right where one loop serves it. */
    public LoopRecorder() {
        this(EXACT_PER_LEVEL);
    }

    /**
     * With its share of what a level keeps exactly.
     *
     * @param exactRecords how many requests are kept exactly, at least 0: {@link #EXACT_PER_LEVEL} divided by the
     *     number of loops; what ends after them is added to histograms
     */
    public LoopRecorder(int exactRecords) {
        if (exactRecords < 0) {
            throw new IllegalArgumentException("exactRecords must be at least 0, but was " + exactRecords);
        }
        this.limit = exactRecords;
    }

    /**
     * A network buffer completed at least one token event of a request.
     *
     * @param phase in which the request was <em>sent</em>
     * @param nanos when the buffer arrived, on the {@link System#nanoTime()} clock
     * @param gapNanos since the previous arrival of the same request, or {@link RequestRecord#ABSENT} for its first
     * @param tokenEvents token events that the buffer completed, at least 1
     */
    public void arrival(Phase phase, long nanos, long gapNanos, int tokenEvents) {}

    /**
     * A request ended, however it ended.
     *
     * @param record all that is kept of it
     */
    public void ended(RequestRecord record) {
        if (records.size() < limit) {
            records.add(record);
        }
    }

    /** The records that are kept exactly, in the order in which they ended; a view, to be read after the level. */
    public List<RequestRecord> records() {
        return Collections.unmodifiableList(records);
    }

}
