package dev.llmload.load;

import java.util.Optional;

/**
 * How many event loops a level needs: one is good for about 35 000 tokens a second with a trustworthy tail.
 *
 * @param configured as configured, 0 to choose
 * @param processors of this machine
 */
record LoopCount(int configured, int processors) {
    /** Tokens per second that one loop is trusted with. */
    static final double TOKENS_PER_SECOND = 35_000;

    LoopCount {
        if (configured < 0) {
            throw new IllegalArgumentException("loops must be at least 0, but was " + configured);
        }
    }

    /** The warm-up gets by with one unless configured otherwise. */
    int forWarmUp() {
        return Math.max(1, configured);
    }

    /** By the warm-up's rate per user, scaled to what the level has in flight; at most all processors but one, at least one. */
    int forLevel(Optional<WarmUp> warmUp, int warmUpConcurrency, double inFlight) {
        if (configured > 0) {
            return configured;
        }
        double planned = warmUp.map(WarmUp::tokensPerSecond).orElse(0.0) / warmUpConcurrency * inFlight;
        int needed = (int) Math.min(Integer.MAX_VALUE, Math.ceil(planned / TOKENS_PER_SECOND));
        return Math.max(1, Math.min(needed, processors - 1));
    }
}
