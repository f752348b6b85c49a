package dev.llmload.result;

import org.apiguardian.api.API;

/**
 * Tokens of the sample's successes, as the server's usage counted them.
 *
 * @param prompt prompt tokens of the successes with usage
 * @param cached cached prompt tokens of those, where known
 * @param output output tokens of the successes with usage
 * @param withUsage successes whose usage is known
 * @param cachedKnown whether the server said how many prompt tokens were cached: for each of them, or for some and never 0, so
 *     that it leaves a 0 out
 * @param counted whether events were counted as tokens, because the user asked for it
 * @param perArrival streamed tokens per arrival, or NaN if unknown
 * @param coalesced share of token events that shared a buffer with an earlier one, 0 to 1, or NaN if unknown
 * @param tpotBound relative bound (n−1)/(O−1) on TPOT that stems from not knowing how many tokens the first event
 *     held; 0 when they are known or when every event is one token
 * @param hiddenFactor by what factor TPOT may be too low, because it is not known whether tokens beyond the events were hidden
 *     reasoning; 1 when that is known
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record TokenCounts(
        long prompt,
        long cached,
        long output,
        long withUsage,
        boolean cachedKnown,
        boolean counted,
        double perArrival,
        double coalesced,
        double tpotBound,
        double hiddenFactor) {
    /** Of no request. */
    public static final TokenCounts NONE = new TokenCounts(0, 0, 0, 0, false, false, Double.NaN, Double.NaN, 0, 1);
}
