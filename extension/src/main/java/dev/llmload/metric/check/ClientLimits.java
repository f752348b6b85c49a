package dev.llmload.metric.check;

/**
 * How slow the client may be before a level says so, and before its load is not the one it claims. Immutable. The checks that
 * are about this machine ({@link ClientKeepsUp}, {@link LoadWasClaimed}) judge by the limits in force, which are
 * {@link #STANDARD} and which no setting changes: a tolerant gate would print numbers that nobody could trust. Only the
 * project's own tests replace them, because what a verdict says must not depend on what else their machine does.
 *
 * @param bounds how much of a bound on lateness counts: all of it, 1
 * @param ownShare largest share of a stated percentile that may be the client's own
 * @param ownNanos what may be the client's own of any percentile, however small it is, in nanoseconds
 * @param ownTime largest share of its users' time that the client may spend itself
 * @param inSession smallest share of the users that must be in session, in a closed loop
 * @param lateNanos lateness from which on a request of an open loop counts as late, in nanoseconds
 * @param lateShare largest share of the requests that may be late, in an open loop
 */
public record ClientLimits(
        double bounds,
        double ownShare,
        double ownNanos,
        double ownTime,
        double inSession,
        long lateNanos,
        double lateShare) {
    /** Those of every user. */
    static final ClientLimits STANDARD = new ClientLimits(1, 0.20, 2e6, 0.05, 0.90, 10_000_000, 0.05);

    private static volatile ClientLimits inForce = STANDARD;

    /** By which the checks judge now. From any thread. */
    public static ClientLimits inForce() {
        return inForce;
    }

    /** Judges by others from now on, in the whole JVM. For tests. */
    static void replace(ClientLimits others) {
        inForce = others;
    }
}
