package dev.llmload.metric.check;

/**
 * How well the client itself kept up while a level's window was open. Immutable.
 *
 * @param worstLoopUtilisation share of the window in which the busiest event loop was busy, 0 to 1
 * @param loopDelayP50Nanos median lateness of a probe timer on the loops, in nanoseconds
 * @param loopDelayP99Nanos 99th percentile of that lateness, in nanoseconds
 * @param stoppedShare share of the window in which the process stood still (garbage collection, safepoint, stolen CPU),
 *     0 to 1
 * @param queuedShare share of the window in which the loop that waited most waited for a processor though it could have run,
 *     because of other programs, 0 to 1; negative where the operating system does not tell
 * @param measured whether the numbers were measured; if not, they mean nothing
 * @param detail what else is known, in words: why it was not measured, or which loop was the worst; may be empty
 */
public record ClientHealth(
        double worstLoopUtilisation,
        long loopDelayP50Nanos,
        long loopDelayP99Nanos,
        double stoppedShare,
        double queuedShare,
        boolean measured,
        String detail) {
    /**
     * Not measured.
     *
     * @param reason why not, in words
     * @return a health whose numbers mean nothing
     */
    public static ClientHealth notMeasured(String reason) {
        return new ClientHealth(0, 0, 0, 0, -1, false, reason);
    }

    /** One on a system that does not tell how long a thread waited for a processor. */
    public ClientHealth(
            double worstLoopUtilisation,
            long loopDelayP50Nanos,
            long loopDelayP99Nanos,
            double stoppedShare,
            boolean measured,
            String detail) {
        this(worstLoopUtilisation, loopDelayP50Nanos, loopDelayP99Nanos, stoppedShare, -1, measured, detail);
    }
}
