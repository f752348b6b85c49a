package dev.llmload.result;

/**
 * One second of a level.
 *
 * @param second seconds since the first request of the level was sent, from 0
 * @param nanos when it began, on the {@link System#nanoTime()} clock
 * @param tokensPerSecond output tokens that arrived in it, or NaN where tokens are unknown
 * @param inFlight time-weighted mean of the requests in flight
 * @param failures requests that failed in it
 */
public record TimelinePoint(int second, long nanos, double tokensPerSecond, double inFlight, long failures) {}
