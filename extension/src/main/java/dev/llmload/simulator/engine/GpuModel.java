package dev.llmload.simulator.engine;

import dev.llmload.simulator.settings.Require;

/**
 * The GPU that a simulated engine runs on. While the engine works it draws
 *
 * <pre>{@code activeWatts + (maxWatts - activeWatts) · (tokens a second / most tokens a second)}</pre>
 *
 * <p>for reading memory and for arithmetic; else it draws {@code idleWatts}. The most tokens a second are the prefill
 * rate of a batching engine; answers timed one by one take the share of their slots that is occupied instead.
 *
 * @param name as a driver would give it; efficiency needs it to know the peak
 * @param idleWatts drawn without any work, at least 0
 * @param activeWatts drawn by the least work, at least {@code idleWatts}
 * @param maxWatts drawn by the most work, which is its limit; at least {@code activeWatts}
 * @param memoryBytes memory it has
 * @param modelBytes memory that the weights and the engine take
 * @param bytesPerToken memory of a token's KV entries
 */
public record GpuModel(
        String name,
        double idleWatts,
        double activeWatts,
        double maxWatts,
        double memoryBytes,
        double modelBytes,
        double bytesPerToken) {
    /**
     * Checks each value.
     *
     * @param name see above
     * @param idleWatts see above
     * @param activeWatts see above
     * @param maxWatts see above
     * @param memoryBytes see above
     * @param modelBytes see above
     * @param bytesPerToken see above
     */
    public GpuModel {
        Require.that(!name.isBlank(), "gpu", "a name", "\"" + name + "\"");
        Require.that(idleWatts >= 0, "gpuIdleWatts", "at least 0", idleWatts);
        Require.that(
                activeWatts >= idleWatts, "gpuActiveWatts", "at least gpuIdleWatts (" + idleWatts + ")", activeWatts);
        Require.that(maxWatts >= activeWatts, "gpuMaxWatts", "at least gpuActiveWatts (" + activeWatts + ")", maxWatts);
        Require.that(maxWatts > 0, "gpuMaxWatts", "more than 0", maxWatts);
        Require.that(
                memoryBytes >= modelBytes,
                "gpuMemoryGb",
                "at least gpuModelGb (" + modelBytes / 1e9 + ")",
                memoryBytes / 1e9);
        Require.that(bytesPerToken >= 0, "gpuKbPerToken", "at least 0", bytesPerToken);
    }

    /** What it draws while it works, by the share of the work that is possible. */
    double watts(double share) {
        return activeWatts + (maxWatts - activeWatts) * Math.min(1, share);
    }

    /** Memory in use while so many tokens have KV entries. */
    double used(double tokens) {
        return Math.min(memoryBytes, modelBytes + tokens * bytesPerToken);
    }
}
