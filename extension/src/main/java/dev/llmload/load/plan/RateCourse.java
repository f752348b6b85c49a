package dev.llmload.load.plan;

/** The rate of a schedule in the course of time, as the instants at which its expected arrivals come. Stateless. */
@FunctionalInterface
interface RateCourse {
    double SECOND = 1e9;

    /**
     * When so many arrivals are expected to have come.
     *
     * @param arrivals at least 0, not necessarily whole
     * @return nanoseconds from the beginning of the schedule
     */
    double nanosAt(double arrivals);

    /** The same rate all the time. */
    static RateCourse steady(double perSecond) {
        double gap = SECOND / perSecond;
        return arrivals -> arrivals * gap;
    }

    /**
     * One rate until an instant, then evenly to another, which goes on.
     *
     * @param from requests per second, above 0
     * @param to requests per second, above 0
     * @param beginNanos when the rate begins to change
     * @param lengthNanos how long it takes to
     */
    static RateCourse ramp(double from, double to, double beginNanos, double lengthNanos) {
        double first = from / SECOND;
        double last = to / SECOND;
        double before = first * beginNanos;
        double within = (first + last) / 2 * lengthNanos;
        return arrivals -> {
            double more = arrivals - before;
            if (more <= 0) {
                return arrivals / first;
            }
            if (more >= within) {
                return beginNanos + lengthNanos + (more - within) / last;
            }
            // Of first · x + (last − first) · x² / 2 length = more, the root that loses no digits.
            double root = Math.sqrt(first * first + 2 * (last - first) / lengthNanos * more);
            return beginNanos + 2 * more / (first + root);
        };
    }
}
