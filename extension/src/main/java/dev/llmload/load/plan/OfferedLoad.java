package dev.llmload.load.plan;

import dev.llmload.load.send.LevelContext;
import dev.llmload.load.send.LoadLoop;
import dev.llmload.load.send.RequestSource;
import dev.llmload.load.send.WindowClock;
import dev.llmload.result.Level;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * A kind of load: who sends the requests of a level, and when. All that depends on the kind is a method here, so that
 * nobody else asks which kind it is. Immutable.
 */
public sealed interface OfferedLoad permits ClosedLoop, OpenLoop, UserRamp, RateRamp, WarmUpLoad {
    /** The level that it offers, by its usual name. */
    Level level();

    /** The kind, in two words: {@code closed loop}. */
    String kind();

    /** How the requests come, beside the level's name: {@code POISSON arrivals}, {@code 8 in flight at most}. */
    List<String> details();

    /** Whether it stays the same while it is measured, so that levels of it can be compared and a trend says something. */
    default boolean steady() {
        return true;
    }

    /** The same, with everything random drawn from another seed. */
    OfferedLoad seeded(long seed);

    /** Users that it means to keep in session, at least 1; empty where requests come by a schedule. */
    OptionalInt inSession();

    /**
     * Measured requests, where nothing else says how many.
     *
     * @param perUser least number of each user
     */
    double leastRequests(int perUser);

    /** Requests that are in flight at a time, as far as one can tell beforehand. */
    double expectedInFlight(Duration meanE2e);

    /** Most event loops that can share it. */
    int mostLoops();

    /**
     * The clock of its window, which is not open yet.
     *
     * @param onMark run once when it opens and once when it closes, on whichever thread did that
     */
    WindowClock window(LevelLimits limits, LevelStart start, Runnable onMark);

    /** All that send its requests; none has begun. */
    List<RequestSource> sources(LevelContext level, List<LoadLoop> loops, LevelStart start);

    /**
     * The last instant at which a request that is not for the load alone may leave.
     *
     * @param closed when the window was closed
     */
    default long lastSend(LevelLimits limits, LevelStart start, long closed) {
        return closed;
    }
}
