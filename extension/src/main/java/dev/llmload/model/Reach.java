package dev.llmload.model;

/**
 * How far back a position attends.
 *
 * @param kind of attention
 * @param tokens of the window or chunk; 0 where there is none
 */
record Reach(Kind kind, long tokens) {
    static final Reach FULL = new Reach(Kind.FULL, 0);

    /** Kinds of attention that differ in their reach. */
    enum Kind {
        /** To the beginning. */
        FULL,
        /** To the last so many positions. */
        WINDOW,
        /** To the beginning of its own chunk. */
        CHUNK
    }

    /** Pairs of positions in the first {@code n} positions of a sequence. */
    double pairs(long n) {
        return switch (kind) {
            case FULL -> sum(n);
            case WINDOW -> n <= tokens ? sum(n) : sum(tokens) + (n - tokens) * (double) tokens;
            case CHUNK -> n / tokens * sum(tokens) + sum(n % tokens);
        };
    }

    /** Positions whose keys and values a step reads, of a context of so many tokens; of chunks the mean. */
    double kept(double context) {
        return switch (kind) {
            case FULL -> context;
            case WINDOW -> Math.min(context, tokens);
            case CHUNK -> context <= tokens ? context : (tokens + 1) / 2.0;
        };
    }

    private static double sum(long n) {
        return 0.5 * n * (n + 1.0);
    }
}
