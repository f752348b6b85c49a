package dev.llmload.simulator.engine;

import dev.llmload.simulator.settings.Require;
import java.time.Duration;

/**
 * A machine with a continuous-batching engine, as far as the simulator knows it. The engine works in steps. A step
 * gives each running request its next token or a piece of its prefill, at most {@code stepTokens} tokens together, and
 * takes
 *
 * <pre>{@code stepBase + perSequence · decodes + perContextToken · (their contexts) + prefilled tokens / prefillRate}</pre>
 *
 * <p>The form is the usual first-order one: weights are read once a step, KV entries once per token of context, and
 * prefill is bound by arithmetic. It is linear: attention within a long prefill costs nothing extra here.
 *
 * @param prefillRate prompt tokens that are prefilled per second, at least 1
 * @param stepTokens most tokens of a step, decodes and prefills together; at least {@code maxBatch}
 * @param stepBase time of a step however little it does, at least 0
 * @param perSequence time that each decoding request adds to a step, at least 0
 * @param perContextToken time that each token in the context of a decoding request adds to a step, at least 0
 * @param maxBatch requests that run at once, at least 1; the others queue, first in first out
 * @param kvTokens tokens for which the KV cache has room, at least {@code maxContext} (so that each request fits alone)
 * @param maxContext most tokens of one request, prompt and answer, at least 2; a longer prompt is refused with 400, a
 *     longer answer is cut
 * @param prefixCache whether blocks of a prompt's beginning that an earlier request computed are used again
 * @param prefixCacheTokens most tokens that are remembered after the requests that held them, the longest unused forgotten
 *     first; 0 for as many as {@code kvTokens} has room for
 */
public record EngineModel(
        int prefillRate,
        int stepTokens,
        Duration stepBase,
        Duration perSequence,
        Duration perContextToken,
        int maxBatch,
        int kvTokens,
        int maxContext,
        boolean prefixCache,
        int prefixCacheTokens) {

    /**
     * Checks each value.
     *
     * @param prefillRate see above
     * @param stepTokens see above
     * @param stepBase see above
     * @param perSequence see above
     * @param perContextToken see above
     * @param maxBatch see above
     * @param kvTokens see above
     * @param maxContext see above
     * @param prefixCache see above
     * @param prefixCacheTokens see above
     */
    public EngineModel {
        Require.atLeast("prefillRate", prefillRate, 1);
        Require.atLeast("maxBatch", maxBatch, 1);
        Require.that(stepTokens >= maxBatch, "stepTokens", "at least maxBatch (" + maxBatch + ")", stepTokens);
        Require.that(!stepBase.isNegative(), "stepBase", "at least 0", stepBase);
        Require.that(!perSequence.isNegative(), "perSequence", "at least 0", perSequence);
        Require.that(!perContextToken.isNegative(), "perContextToken", "at least 0", perContextToken);
        Require.atLeast("maxContext", maxContext, 2);
        int room = kvTokens - kvTokens % KvCache.BLOCK;
        Require.that(
                room >= maxContext,
                "kvTokens",
                "at least maxContext (" + maxContext + ") in whole blocks of " + KvCache.BLOCK,
                kvTokens);
        Require.that(
                prefixCacheTokens == 0 || prefixCacheTokens >= KvCache.BLOCK && prefixCacheTokens <= kvTokens,
                "prefixCacheTokens",
                "0 (all that kvTokens has room for), or from " + KvCache.BLOCK + " (one block) to kvTokens (" + kvTokens
                        + ")",
                prefixCacheTokens);
        Require.that(
                prefixCache || prefixCacheTokens == 0,
                "prefixCacheTokens",
                "0 without prefixCache=true, because nothing is remembered",
                prefixCacheTokens);
    }

    /** How long a step takes. */
    long stepNanos(int decodes, long contextTokens, int prefillTokens) {
        return stepBase.toNanos()
                + perSequence.toNanos() * decodes
                + perContextToken.toNanos() * contextTokens
                + Math.round(prefillTokens * 1e9 / prefillRate);
    }

    /** The parameters as they are written. */
    @Override
    public String toString() {
        return "prefillRate=" + prefillRate + " stepTokens=" + stepTokens + " stepBase=" + text(stepBase)
                + " perSequence=" + text(perSequence) + " perContextToken=" + text(perContextToken) + " maxBatch="
                + maxBatch + " kvTokens=" + kvTokens + " maxContext=" + maxContext + " prefixCache=" + prefixCache
                + (prefixCacheTokens == 0 ? "" : " prefixCacheTokens=" + prefixCacheTokens);
    }

    private static String text(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos % 1_000_000 == 0) {
            return nanos / 1_000_000 + "ms";
        }
        return nanos % 1000 == 0 ? nanos / 1000 + "us" : nanos + "ns";
    }
}
