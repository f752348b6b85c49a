package dev.llmload.metric.check;

/**
 * How slow the client may be before its numbers are no longer the endpoint's alone. Immutable. The checks that are about
 * this machine ({@link ClientKeepsUp}, {@link LoadWasClaimed}) judge by the limits in force, which are {@link #STANDARD}
 * and which no setting changes: a tolerant gate would print numbers that nobody could trust. Only the project's own tests
 * replace them, because what a verdict says must not depend on what else their machine does.
 *
 * @param utilisation largest share of the window in which an event loop may be busy
 * @param delayNanos loop delay p99 up to which nothing is objected to, in nanoseconds
 * @param delayOfTtft loop delay p99 as a share of the TTFT median, up to which a larger one does not matter
 * @param stoppedShare largest share of the window in which the process may stand still
 * @param inSession smallest share of the users that must be in session, in a closed loop
 * @param lateNanos lateness from which on a request of an open loop counts as late, in nanoseconds
 * @param lateShare largest share of the requests that may be late, in an open loop
 */
record ClientLimits(
        double utilisation,
        long delayNanos,
        double delayOfTtft,
        double stoppedShare,
        double inSession,
        long lateNanos,
        double lateShare) {
    static final ClientLimits STANDARD = new ClientLimits(0.60, 10_000_000, 0.05, 0.05, 0.90, 10_000_000, 0.05);

    private static volatile ClientLimits inForce = STANDARD;

    /** By which the checks judge now. From any thread. */
    static ClientLimits inForce() {
        return inForce;
    }

    /** Judges by others from now on, in the whole JVM. For tests. */
    static void replace(ClientLimits others) {
        inForce = others;
    }
}
