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

    private boolean turned;
    private long asked;
    private long askedBefore;
    private boolean slept;
    private boolean all = true;

    /** A loop that has made no turn. */
    LoopTurns(LongSupplier clock) {
        this.clock = clock;
    }

    /** A turn begins: the loop is about to ask the kernel. */
    void asks() {
        long now = clock.getAsLong();
        if (!turned) {
            turned = true;
            askedBefore = now;
        } else if (all) {
            askedBefore = asked;
        }
        asked = now;
        slept = false;
    }

    /** Nothing was readable when the kernel was asked: the loop sleeps until something is. */
    void sleeps() {
        slept = true;
    }

    /** The turn is over, in which so many connections were read. */
    void read(int connections) {
        all = connections < MOST_ANSWERED;
    }

    /**
     * The most by which a reading of this turn may be late.
     *
     * @param stamp when it was read, in this turn
     * @return nanoseconds, at least 0; 0 before the first turn
     */
    long lateness(long stamp) {
        return turned ? Math.max(0, stamp - (slept ? asked : askedBefore) + ON_THE_WAY_NANOS) : 0;
    }
}
