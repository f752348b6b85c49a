package dev.llmload.load.plan;

import dev.llmload.result.text.DurationText;
import java.time.Duration;
import java.util.Optional;

/**
 * What ends a level. Immutable.
 *
 * @param requests measured requests after which the window closes; 0 leaves it to {@code duration}
 * @param duration length of the window, if that is to close it
 * @param maxDuration longest time from the level's start until its window must close
 * @param deadline time from the level's start after which everything in flight is cut off
 */
public record LevelLimits(
        int requests, Optional<Duration> duration, Duration maxDuration, Optional<Duration> deadline) {
    /** Refuses a level without an end, and numbers that mean nothing. */
    public LevelLimits {
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

    /** Length of the window in nanoseconds, 0 for no limit. */
    long durationNanos() {
        return duration.map(Duration::toNanos).orElse(0L);
    }

    /** How a window is written that its length closed; empty for no limit. */
    String durationWords() {
        return duration.map(value -> "duration " + DurationText.of(value)).orElse("");
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " must be longer than 0, but was " + value.toMillis() + " ms");
        }
    }
}
