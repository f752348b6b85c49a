package dev.llmload.report;

import java.time.Instant;

/**
 * One phase of a level: warm-up, ramp-in, window, drain. Immutable.
 *
 * @param name what it is called
 * @param start wall-clock start
 * @param stop wall-clock end, not before the start
 */
public record PhaseSpan(String name, Instant start, Instant stop) {}
