package dev.llmload.load.plan;

import dev.llmload.junit.Arrivals;
import java.util.SplittableRandom;

/**
 * When the requests of an open loop are due, one after the other, in nanoseconds from the start. Absolute: each instant is
 * reckoned from the start, so that neither rounding nor lateness adds up. Not thread-safe.
 */
final class ArrivalSchedule {
    private static final double SECOND = 1e9;

    private final Arrivals arrivals;
    private final double gapNanos;
    private final SplittableRandom random;
    private double clock;
    private long count;

    /**
     * A schedule.
     *
     * @param arrivals how requests follow each other
     * @param perSecond mean rate, above 0
     * @param seed the same seed gives the same schedule
     */
    ArrivalSchedule(Arrivals arrivals, double perSecond, long seed) {
        this.arrivals = arrivals;
        this.gapNanos = SECOND / perSecond;
        this.random = new SplittableRandom(seed);
    }

    /** The next instant, never before the last one. The first of a constant schedule is 0. */
    long next() {
        if (arrivals == Arrivals.CONSTANT) {
            return Math.round(count++ * gapNanos);
        }
        // The inverse of the exponential distribution; 1 − u lies above 0.
        clock += -Math.log(1 - random.nextDouble()) * gapNanos;
        return Math.round(clock);
    }
}
