package dev.llmload.load.plan;

/**
 * When the requests of an open loop are due, one after the other, in nanoseconds from the start. Absolute: each instant is
 * reckoned from the start, so that neither rounding nor lateness adds up. Not thread-safe.
 */
final class ArrivalSchedule {
    private final ArrivalProcess.Gaps gaps;
    private final RateCourse rate;
    private double arrivals;

    /**
     * A schedule.
     *
     * @param process how requests follow each other
     * @param rate how many are expected by when
     * @param seed the same seed gives the same schedule
     */
    ArrivalSchedule(ArrivalProcess process, RateCourse rate, long seed) {
        this.gaps = process.gaps(seed);
        this.rate = rate;
    }

    /** The next instant, never before the last one. The first of a constant schedule is 0. */
    long next() {
        arrivals += gaps.next();
        return Math.round(rate.nanosAt(arrivals));
    }
}
