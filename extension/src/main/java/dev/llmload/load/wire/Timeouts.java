package dev.llmload.load.wire;

import java.time.Duration;

/**
 * How long a request may take. Each is positive.
 *
 * @param connect DNS, TCP and TLS of a new connection
 * @param firstToken from the request being sent to its first token event; other events do not count
 * @param stall between two events of any kind, comments included, once token events have begun
 * @param total from the request being sent to the end of its response
 */
public record Timeouts(Duration connect, Duration firstToken, Duration stall, Duration total) {
    /** Refuses what is not positive. */
    public Timeouts {
        positive("connect", connect);
        positive("firstToken", firstToken);
        positive("stall", stall);
        positive("total", total);
    }

    /** The defaults: 10 s, 60 s, 30 s and 10 min. */
    public static Timeouts defaults() {
        return new Timeouts(
                Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofMinutes(10));
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(
                    "the " + name + " time-out must be longer than 0, but was " + value.toMillis() + " ms");
        }
    }
}
