package dev.llmload.simulator.settings;

import java.time.Duration;

/**
 * How fast the simulator answers, and how much. A request waits for one of {@code maxConcurrent} slots, first in first
 * out; then for the prefills of those before it; its first token comes {@code ttft} after its own prefill.
 *
 * @param ttft from the end of the prefill to the first token, at least 0
 * @param ttftJitter how far {@code ttft} varies either way, 0 to 1: 0.2 is ±20 %, uniform
 * @param ttftPerPromptToken added to {@code ttft} for each prompt token, at least 0
 * @param prefill time for which each request has the prefill to itself, at least 0
 * @param tpot from one token to the next with one request running, at least 0
 * @param tpotJitter how far each {@code tpot} varies either way, 0 to 1, uniform
 * @param tpotGrowth by how much {@code tpot} grows with each further request running: 0.01 is 1 %
 * @param minTokens fewest tokens of an answer, at least 1
 * @param maxTokens most tokens of an answer; a request's own {@code max_tokens} cuts it
 * @param tokensPerChunk tokens that one event carries, at least 1
 * @param maxConcurrent requests that run at once, 0 for no limit; the others queue
 */
public record SimulatorTiming(
        Duration ttft,
        double ttftJitter,
        Duration ttftPerPromptToken,
        Duration prefill,
        Duration tpot,
        double tpotJitter,
        double tpotGrowth,
        int minTokens,
        int maxTokens,
        int tokensPerChunk,
        int maxConcurrent) {

    /**
     * Checks each value.
     *
     * @param ttft see above
     * @param ttftJitter see above
     * @param ttftPerPromptToken see above
     * @param prefill see above
     * @param tpot see above
     * @param tpotJitter see above
     * @param tpotGrowth see above
     * @param minTokens see above
     * @param maxTokens see above
     * @param tokensPerChunk see above
     * @param maxConcurrent see above
     */
    public SimulatorTiming {
        Require.share("ttftJitter", ttftJitter);
        Require.share("tpotJitter", tpotJitter);
        Require.atLeast("ttft", ttft.toNanos(), 0);
        Require.atLeast("ttftPerPromptToken", ttftPerPromptToken.toNanos(), 0);
        Require.atLeast("prefill", prefill.toNanos(), 0);
        Require.atLeast("tpot", tpot.toNanos(), 0);
        Require.that(tpotGrowth >= 0 && tpotGrowth <= 100, "tpotGrowth", "from 0 to 100", tpotGrowth);
        Require.atLeast("tokens", minTokens, 1);
        Require.that(
                maxTokens >= minTokens,
                "tokens",
                "a range whose end is not below its start",
                minTokens + ".." + maxTokens);
        Require.atLeast("tokensPerChunk", tokensPerChunk, 1);
        Require.atLeast("maxConcurrent", maxConcurrent, 0);
    }

    /**
     * A duration that varies.
     *
     * @param nanos without the variation
     * @param share how far it varies either way, 0 to 1
     * @param draw from 0 to 1: shortest to longest
     * @return nanoseconds
     */
    public static long jitter(long nanos, double share, double draw) {
        return Math.round(nanos * (1 + share * (2 * draw - 1)));
    }
}
