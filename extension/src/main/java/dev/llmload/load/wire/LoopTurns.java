package dev.llmload.load.wire;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * By how much an event loop may have been late in reading something. In each of its turns a loop asks the kernel what is
 * readable, and then reads all of that. So what it reads now was not readable when it asked in the turn before. A loop that
 * finds nothing sleeps until something comes: then it was not readable when the loop asked in this turn. That holds whatever
 * kept the loop from running meanwhile — other threads, the kernel, a collection, a processor that the hypervisor took away —
 * and needs nobody's word for it. A loop that has nothing to do asks once every {@link #LONGEST_SLEEP_NANOS}, so that
 * what it says does not grow with its idleness.
 *
 * <p>One clock reading a turn. Confined to the loop.
 */
final class LoopTurns {
    /** A loop that has nothing to do asks so often. The timers of Java's selectors know milliseconds only. */
    static final long LONGEST_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** What a packet takes from the sender's call until the kernel says that it can be read. */
    static final long ON_THE_WAY_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    /** Connections of which the JDK learns in one answer of the kernel; of more than these it learns in the next turn. */
    static final int MOST_ANSWERED = 1024;

    private final LongSupplier clock;

    private static final int KEPT = 64;

    private final long[] asks = new long[KEPT];
    private int turns;
    private int fullBefore;
    private boolean slept;
    private boolean full;
    private int connections;

    /** A loop that has made no turn. */
    LoopTurns(LongSupplier clock) {
        this.clock = clock;
    }

    /** A turn begins: the loop is about to ask the kernel. */
    void asks() {
        turns++;
        asks[turns % KEPT] = clock.getAsLong();
        fullBefore = full ? fullBefore + 1 : 0;
        slept = false;
    }

    /** A connection was opened on this loop. */
    void opened() {
        connections++;
    }

    /** Nothing was readable when the kernel was asked: the loop sleeps until something is. */
    void sleeps() {
        slept = true;
    }

    /** The turn is over, in which so many connections were read. */
    void read(int connections) {
        full = connections >= MOST_ANSWERED;
    }

    /**
     * The most by which a reading of this turn may be late.
     *
     * @param stamp when it was read, in this turn
     * @return nanoseconds, at least 0; 0 before the first turn
     */
    long lateness(long stamp) {
        return turns == 0 ? 0 : Math.max(0, stamp - asks[(turns - turnsBack()) % KEPT] + ON_THE_WAY_NANOS);
    }

    // The kernel tells of those that wait in turn: of each after so many full answers as all connections fill.
    private int turnsBack() {
        int atMost = 1 + (connections - 1) / MOST_ANSWERED;
        return slept ? 0 : Math.min(Math.min(turns - 1, KEPT - 1), Math.min(1 + fullBefore, Math.max(1, atMost)));
    }
}
