package dev.llmload.protocol;

import static dev.llmload.result.request.RequestRecord.UNKNOWN;

/**
 * What one {@code usage} says, and what it comes to (docs/metrics.md). A count that is no whole number from 0 to
 * 2^31 − 1 is {@link dev.llmload.result.request.RequestRecord#UNKNOWN}. Mutable, confined to one thread.
 */
final class Usage {
    /** Where a usage stands: the first is what other places only repeat. */
    enum Place {
        NOWHERE,
        ENVELOPE,
        CHOICE,
        TOP
    }

    Place place = Place.NOWHERE;
    int prompt;
    int cached;
    int completion;
    int reasoning;
    int total;

    /** Prompt tokens of a cache, or of tools, that are counted beside the prompt; 0 if none. */
    long besidePrompt;

    /** Prompt tokens newly written to a cache; unknown if it does not say. */
    int written;

    /** Whether a count was there, but was none. */
    boolean unreadable;

    Usage() {
        clear();
    }

    void clear() {
        place = Place.NOWHERE;
        prompt = UNKNOWN;
        cached = UNKNOWN;
        completion = UNKNOWN;
        reasoning = UNKNOWN;
        total = UNKNOWN;
        besidePrompt = 0;
        written = UNKNOWN;
        unreadable = false;
    }

    void set(Usage other) {
        place = other.place;
        prompt = other.prompt;
        cached = other.cached;
        completion = other.completion;
        reasoning = other.reasoning;
        total = other.total;
        besidePrompt = other.besidePrompt;
        written = other.written;
        unreadable = other.unreadable;
    }

    /** Whether there is a usage that says anything at all. */
    boolean present() {
        return place != Place.NOWHERE;
    }

    /** Whether it counts output that is more than none. */
    boolean countsOutput() {
        return completion > 0 || completion == 0 && excess() > 0;
    }

    /** Prompt tokens, those from a cache included; every prompt has one, so 0 is unknown. */
    int promptTokens() {
        long all = prompt + cacheBesidePrompt();
        return prompt == UNKNOWN || all == 0 || all > Integer.MAX_VALUE ? UNKNOWN : (int) all;
    }

    /** Cached prompt tokens; more than there are prompt tokens is unknown. */
    int cachedTokens() {
        return cached <= promptTokens() ? cached : UNKNOWN;
    }

    /**
     * Reasoning tokens that are counted beside the completion: what the total exceeds prompt and completion by, or, without a
     * total, more reasoning than the completion has room for.
     */
    int excess() {
        if (completion == UNKNOWN) {
            return 0;
        }
        if (total == UNKNOWN || prompt == UNKNOWN) {
            return reasoning > completion && (long) reasoning + completion <= Integer.MAX_VALUE ? reasoning : 0;
        }
        long more = beyond();
        long ofPrompt = cacheBesidePrompt();
        return more <= 0 ? 0 : (int) (more >= ofPrompt ? more - ofPrompt : more);
    }

    /** What the total exceeds prompt and completion by. */
    private long beyond() {
        return (long) total - prompt - completion;
    }

    /** Gateways count what was read from a cache, or written to it, in the total and in no prompt. */
    private long cacheBesidePrompt() {
        if (besidePrompt > 0) {
            return besidePrompt;
        }
        boolean told = total != UNKNOWN && prompt != UNKNOWN && completion != UNKNOWN;
        if (!told || reasoning > 0 || beyond() <= 0) {
            return 0;
        }
        long read = Math.max(0, cached);
        long fresh = Math.max(0, written);
        long more = beyond();
        return more == read || more == fresh || more == read + fresh ? more : 0;
    }

    /** Whether nothing in the usage says what the excess consists of. */
    boolean unexplained() {
        int excess = excess();
        return excess > 0 && excess != reasoning;
    }

    /** Output tokens, reasoning included. */
    int output() {
        return completion == UNKNOWN ? UNKNOWN : completion + excess();
    }

    /** Output tokens without hidden reasoning. */
    int streamed(boolean reasoningSeen) {
        if (completion == UNKNOWN) {
            return UNKNOWN;
        }
        if (excess() > 0) {
            return reasoningSeen && !unexplained() ? output() : completion;
        }
        return hides(reasoningSeen) ? completion - reasoning : completion;
    }

    /** Whether reasoning within the completion was not streamed. */
    boolean hides(boolean reasoningSeen) {
        return !reasoningSeen && excess() == 0 && reasoning > 0 && reasoning <= completion;
    }

    /** Reasoning tokens, streamed or not; unknown if the server does not say. */
    int reasoningTokens() {
        int excess = excess();
        return excess > 0 ? excess : reasoning;
    }
}
