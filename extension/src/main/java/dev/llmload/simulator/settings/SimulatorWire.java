package dev.llmload.simulator.settings;

/**
 * How the simulator's answers differ from a plain server's.
 *
 * @param buffered whether a stream is held back and written as a whole at its end, as some proxies do
 * @param noUsage whether the usage is left out even if it was asked for
 * @param rejectStreamOptions whether a request with {@code stream_options} is refused with 400
 * @param cacheDetails whether the usage says how many prompt tokens were cached (none without a batching
 *     engine); without, the cache's use is unknown
 */
public record SimulatorWire(boolean buffered, boolean noUsage, boolean rejectStreamOptions, boolean cacheDetails) {}
