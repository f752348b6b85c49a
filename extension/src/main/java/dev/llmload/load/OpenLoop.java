package dev.llmload.load;

import dev.llmload.junit.Arrivals;
import dev.llmload.result.Level;
import java.time.Duration;
import java.util.Optional;

/**
 * One level of open-loop load: requests come by a schedule of their own, whether or not earlier ones were answered.
 *
 * @param level whose name and rate are reported; requests per second, above 0
 * @param arrivals how they follow each other
 * @param seed of the schedule: the same seed and rate give the same schedule
 * @param maxInFlight most requests in flight; what is due beyond waits, and its waiting counts; 0 for no limit
 * @param requests measured requests after which the window closes; 0 leaves it to {@code duration}
 * @param duration length of the window, if that is to close it
 * @param maxDuration longest time from the level's start until its window must close
 * @param deadline time from the level's start after which everything in flight is cut off
 */
public record OpenLoop(
        Level level,
        Arrivals arrivals,
        long seed,
        int maxInFlight,
        int requests,
        Optional<Duration> duration,
        Duration maxDuration,
        Optional<Duration> deadline)
        implements LevelPlan {
    /** Refuses a level without an end, and numbers that mean nothing. */
    public OpenLoop {
        if (!level.isOpen() || !(level.offered() > 0) || Double.isInfinite(level.offered())) {
            throw new IllegalArgumentException(
                    "an open loop needs a rate above 0 requests per second, but its level is " + level.name());
        }
        if (maxInFlight < 0) {
            throw new IllegalArgumentException("maxInFlight must be at least 0, but was " + maxInFlight);
        }
        PlanLimits.check(requests, duration, maxDuration, deadline);
    }
}
