package dev.llmload.metric;

/** What a server's own page may say, and how the samples of several engines come together. */
public enum ServerValue {
    RUNNING(Together.SUM),
    WAITING(Together.SUM),
    /** A share: the fullest engine is the one that preempts. */
    KV_CACHE_USAGE(Together.HIGHEST),
    /** Counters, in prompt tokens. */
    PREFIX_HITS(Together.SUM),
    PREFIX_QUERIES(Together.SUM),
    /** A gauge, of engines that do not count. */
    PREFIX_HIT_RATE(Together.MEAN),
    /** A counter. */
    PREEMPTIONS(Together.SUM),
    /** Counters of speculative decoding. */
    ACCEPTED_TOKENS(Together.SUM),
    DRAFTS(Together.SUM),
    /** A gauge, of engines that do not count. */
    ACCEPTANCE_LENGTH(Together.MEAN);

    /** How the samples of several engines become one number. */
    public enum Together {
        SUM,
        HIGHEST,
        MEAN
    }

    private final Together together;

    ServerValue(Together together) {
        this.together = together;
    }

    public Together together() {
        return together;
    }
}
