package dev.llmload.result;

import java.util.List;
import org.apiguardian.api.API;

/**
 * What the server said of itself during a level, on its own page of counters.
 *
 * @param engine what kind of server wrote the page: {@code "vLLM"}, {@code "SGLang"}
 * @param readings about one a second, by time, from before the first request until after the last
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ServerMeasurement(String engine, List<Reading> readings) {
    /** Copies the list. */
    public ServerMeasurement {
        readings = List.copyOf(readings);
    }

    /**
     * What it said once. A value that it does not give is {@link Double#NaN}, never 0. What is counted is counted since the
     * reading before, so that the first reading does not have it, nor one after which the server began to count anew.
     *
     * @param nanos when, on the requests' clock
     * @param running requests in work
     * @param waiting requests that wait for their turn
     * @param kvCacheUsage share of the KV cache in use; of several engines that of the fullest
     * @param prefixHitRate share of the prompt tokens that came from the prefix cache
     * @param preemptions requests that lost their KV entries to others
     * @param acceptanceLength tokens of a step with speculative decoding, accepted drafts and the one that the step makes
     */
    public record Reading(
            long nanos,
            double running,
            double waiting,
            double kvCacheUsage,
            double prefixHitRate,
            double preemptions,
            double acceptanceLength) {}
}
