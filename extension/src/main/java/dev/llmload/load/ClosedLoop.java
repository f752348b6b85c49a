package dev.llmload.load;

import dev.llmload.result.Level;
import java.time.Duration;
import java.util.Optional;

/**
 * One level of closed-loop load: so many users, each of which sends its next request when its last one has ended.
 *
 * @param level whose name and concurrency are reported
 * @param concurrency users, at least 1
 * @param requests measured requests after which the window closes; 0 leaves it to {@code duration}
 * @param duration length of the window, if that is to close it
 * @param maxDuration longest time from the level's start until its window must close
 * @param deadline time from the level's start after which everything in flight is cut off
 * @param thinkTime between an answer and the user's next request
 */
public record ClosedLoop(
        Level level,
        int concurrency,
        int requests,
        Optional<Duration> duration,
        Duration maxDuration,
        Optional<Duration> deadline,
        ThinkTime thinkTime)
        implements LevelPlan {
    /** Users who do not think; the parameters are those of the record. */
    public ClosedLoop(
            Level level,
            int concurrency,
            int requests,
            Optional<Duration> duration,
            Duration maxDuration,
            Optional<Duration> deadline) {
        this(level, concurrency, requests, duration, maxDuration, deadline, ThinkTime.NONE);
    }

    /** Refuses a level without an end, and numbers that mean nothing. */
    public ClosedLoop {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1, but was " + concurrency);
        }
        PlanLimits.check(requests, duration, maxDuration, deadline);
    }
}
