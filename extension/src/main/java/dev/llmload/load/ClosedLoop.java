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
 */
public record ClosedLoop(
        Level level,
        int concurrency,
        int requests,
        Optional<Duration> duration,
        Duration maxDuration,
        Optional<Duration> deadline) {
    /** Refuses a level without an end, and numbers that mean nothing. */
    public ClosedLoop {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1, but was " + concurrency);
        }
        if (requests < 0) {
            throw new IllegalArgumentException("requests must be at least 0, but was " + requests);
        }
        if (requests == 0 && duration.isEmpty()) {
            throw new IllegalArgumentException("a level needs a number of requests or a duration, but has neither");
        }
        duration.ifPresent(value -> positive("duration", value));
        positive("maxDuration", maxDuration);
        deadline.ifPresent(value -> positive("deadline", value));
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " must be longer than 0, but was " + value.toMillis() + " ms");
        }
    }
}
