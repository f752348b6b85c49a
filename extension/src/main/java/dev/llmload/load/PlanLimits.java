package dev.llmload.load;

import java.time.Duration;
import java.util.Optional;

/** Refuses plans without an end, and numbers that mean nothing. */
final class PlanLimits {
    private PlanLimits() {}

    static void check(int requests, Optional<Duration> duration, Duration maxDuration, Optional<Duration> deadline) {
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
