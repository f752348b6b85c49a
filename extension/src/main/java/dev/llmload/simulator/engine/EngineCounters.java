package dev.llmload.simulator.engine;

/** What an engine has done since it started, under the names that its metrics have. Confined to the engine's thread. */
public final class EngineCounters {
    private long prefixQueries;
    private long prefixHits;
    private long preemptions;
    private long promptTokens;
    private long generationTokens;

    void looked(int tokens, int hits) {
        prefixQueries += tokens;
        prefixHits += hits;
    }

    void preempted() {
        preemptions++;
    }

    /** A sequence is about to get a token. With its first one its prompt counts as done, cached tokens included. */
    void token(Sequence sequence) {
        if (sequence.emitted() == 0) {
            promptTokens += sequence.promptTokens();
        }
        generationTokens++;
    }

    /** Prompt tokens for which the prefix cache was asked; each request asks once. */
    public long prefixQueries() {
        return prefixQueries;
    }

    /** Prompt tokens that the prefix cache had. */
    public long prefixHits() {
        return prefixHits;
    }

    public long preemptions() {
        return preemptions;
    }

    public long promptTokens() {
        return promptTokens;
    }

    public long generationTokens() {
        return generationTokens;
    }
}
