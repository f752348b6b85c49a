package dev.llmload.load.plan;

import java.time.Duration;

/**
 * What is known when a level starts.
 *
 * @param nanos the instant, on the {@link System#nanoTime} clock
 * @param meanE2e how long a request takes on average; zero if that is not known
 */
public record LevelStart(long nanos, Duration meanE2e) {}
