package dev.llmload.metric;

import dev.llmload.result.TokenCounts;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.request.RequestRecord.Tokens;

/** Tokens of successes, added up. Confined to one thread at a time. */
final class TokenSums {
    private long withUsage;
    private long withPrompt;
    private long withCached;
    private long withNoneCached;
    private long counted;
    private long prompt;
    private long cached;
    private long output;
    private long streamed;
    private long eventsWithUsage;
    private long arrivalsWithUsage;
    private long events;
    private long arrivals;

    /** Adds a request; only successes count. */
    void add(RequestRecord record) {
        if (!record.succeeded()) {
            return;
        }
        Tokens tokens = record.tokens();
        events += Math.max(0, tokens.events());
        arrivals += Math.max(0, tokens.arrivals());
        counted += record.flags().counted() ? 1 : 0;
        if (tokens.output() < 0) {
            return;
        }
        withUsage++;
        output += tokens.output();
        streamed += Math.max(0, tokens.streamed());
        eventsWithUsage += Math.max(0, tokens.events());
        arrivalsWithUsage += Math.max(0, tokens.arrivals());
        if (tokens.prompt() >= 0) {
            withPrompt++;
            prompt += tokens.prompt();
        }
        if (tokens.cached() >= 0) {
            withCached++;
            withNoneCached += tokens.cached() == 0 ? 1 : 0;
            cached += tokens.cached();
        }
    }

    void addAll(TokenSums other) {
        withUsage += other.withUsage;
        withPrompt += other.withPrompt;
        withCached += other.withCached;
        withNoneCached += other.withNoneCached;
        counted += other.counted;
        prompt += other.prompt;
        cached += other.cached;
        output += other.output;
        streamed += other.streamed;
        eventsWithUsage += other.eventsWithUsage;
        arrivalsWithUsage += other.arrivalsWithUsage;
        events += other.events;
        arrivals += other.arrivals;
    }

    /** Output tokens of the successes with usage. */
    long output() {
        return output;
    }

    /** Successes whose prompt tokens are known. */
    long withPrompt() {
        return withPrompt;
    }

    /** Successes whose usage does not name cached tokens beside others of the level that do. */
    long silentOnCached() {
        return withCached == 0 ? 0 : withUsage - withCached;
    }

    /** A server that names cached tokens, and never 0 of them, leaves them out where there are none: vLLM does. */
    private boolean cachedKnown() {
        return withCached > 0 && (withCached == withUsage || withNoneCached == 0);
    }

    /** Output tokens per token event of the successes with usage, or NaN. */
    double outputPerEvent() {
        return eventsWithUsage == 0 ? Double.NaN : (double) output / eventsWithUsage;
    }

    /**
     * As the result prints it.
     *
     * @param tpotBound the relative bound on TPOT, which takes more than sums
     * @param hiddenFactor by what factor TPOT may be too low, which does so too
     */
    TokenCounts toCounts(double tpotBound, double hiddenFactor) {
        return new TokenCounts(
                prompt,
                cached,
                output,
                withUsage,
                cachedKnown(),
                counted > 0,
                arrivalsWithUsage == 0 ? Double.NaN : (double) streamed / arrivalsWithUsage,
                events == 0 ? Double.NaN : (double) (events - arrivals) / events,
                tpotBound,
                hiddenFactor);
    }
}
