package dev.llmload.load.wire;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * By how much an event loop may have been late in reading something. In each of its turns a loop asks the kernel what is
 * readable, and then reads all of that. What became readable before it asked would have been read in that turn; so what is
 * read now became readable after it last asked, in the turn before. Where the loop found nothing and slept until something
 * came, it was late by the time that its wake-up took: at most the sleep, and no more than it waited for a processor (as
 * Linux tells) or the process stood still. Where Linux does not tell, what the loop's own timers were late stands in.
 *
 * <p>Two clock readings a turn, and one of the run queue in a turn that slept and read something. Confined to the loop.
 */
final class LoopTurns {
    /** What a packet takes from the socket's buffer until a thread that waited for it may run. */
    static final long WAKE_UP_NANOS = TimeUnit.MICROSECONDS.toNanos(250);

    private static final long COLLECTION_TOLD_TO_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final int SHARE_KEPT = 16;

    private final LongSupplier clock;
    private final LongSupplier queued;
    private final PauseDetector pauses;
    private final Collections collections;

    private boolean turned;
    private long entered;
    private long selected;
    private long askedBefore;
    private boolean slept;
    private boolean bounded;
    private long asked;
    private long queuedBefore;
    private long timerLate;
    private long collectionsBefore;
    private long collectedBefore;

    /**
     * A loop that has made no turn.
     *
     * @param queued how long the loop's thread has waited for a processor so far, or {@link RunQueueWait#UNKNOWN}
     * @param collections that stop the process
     */
    LoopTurns(LongSupplier clock, LongSupplier queued, PauseDetector pauses, Collections collections) {
        this.clock = clock;
        this.queued = queued;
        this.pauses = pauses;
        this.collections = collections;
        this.queuedBefore = queued.getAsLong();
        this.collectionsBefore = collections.count();
        this.collectedBefore = collections.nanos();
    }

    /** Collections that stop the process. */
    interface Collections {
        /** How many there were so far. */
        long count();

        /** How long they took so far, in nanoseconds, to the millisecond. */
        long nanos();
    }

    /** A turn begins: the loop is about to ask the kernel. */
    void entered() {
        askedBefore = turned ? asked() : clock.getAsLong();
        turned = true;
        entered = clock.getAsLong();
        selected = entered;
        slept = false;
        asked = entered;
        bounded = true;
    }

    /** Nothing was readable when the kernel was asked: the loop sleeps until something is. */
    void sleeps() {
        slept = true;
        bounded = false;
    }

    /** The kernel has answered, and the loop is awake. */
    void selected() {
        selected = clock.getAsLong();
    }

    /** A timer of the loop fired so late. */
    void timerWasLate(long nanos) {
        timerLate = Math.max(nanos, timerLate - timerLate / SHARE_KEPT);
    }

    /**
     * The most by which a reading of this turn may be late.
     *
     * @param stamp when it was read, in this turn
     * @return nanoseconds, at least 0; 0 before the first turn
     */
    long lateness(long stamp) {
        return turned ? Math.max(0, stamp - (slept ? asked() : askedBefore) + WAKE_UP_NANOS) : 0;
    }

    // All that was readable before this instant has been read in this turn.
    private long asked() {
        if (!bounded) {
            bounded = true;
            asked = selected - wakeUp();
        }
        return asked;
    }

    private long wakeUp() {
        long now = queued.getAsLong();
        long waited =
                now == RunQueueWait.UNKNOWN || queuedBefore == RunQueueWait.UNKNOWN ? timerLate : now - queuedBefore;
        queuedBefore = now;
        long stopped = selected - pauses.standstill(entered, selected, waited + WAKE_UP_NANOS);
        return Math.min(selected - entered, Math.max(waited, Math.max(stopped, collected())));
    }

    // A collection that is too short for the signs of life to miss is counted all the same.
    private long collected() {
        long count = collections.count();
        if (count == collectionsBefore) {
            return 0;
        }
        collectionsBefore = count;
        long all = collections.nanos();
        long nanos = all - collectedBefore + COLLECTION_TOLD_TO_NANOS;
        collectedBefore = all;
        return nanos;
    }
}
