package dev.llmload.report.console;

import java.time.Duration;

/**
 * How far a run is. Immutable.
 *
 * @param level name of the level, or of what comes before the first one
 * @param number which level of the test, from 1; 0 before the first
 * @param of how many levels the test has
 * @param phase what is going on
 * @param done requests that ended
 * @param total requests to come to, or 0 if that is not known
 * @param failures of those that ended
 * @param requestsPerSecond requests that ended per second; NaN if not known yet
 * @param tokensPerSecond output tokens per second; NaN if not known yet
 * @param ttftP95Millis 95th percentile of the time to first token so far, ms; NaN if not known yet, infinite where it falls on a
 *     failed request
 * @param remaining how long the level will still take; negative if that is not known
 * @param remainingOfTest how long the test will still take, about; negative if that is not known
 */
public record ShownProgress(
        String level,
        int number,
        int of,
        String phase,
        int done,
        int total,
        long failures,
        double requestsPerSecond,
        double tokensPerSecond,
        double ttftP95Millis,
        Duration remaining,
        Duration remainingOfTest) {}
