package dev.llmload.analysis;

/**
 * From where on a step up counts as too little. Immutable.
 *
 * @param saturationGain a step that gains a smaller fraction of throughput saturates: 0.1 is 10 %; at least 0
 * @param diminishingTokens a step that gains fewer tok/s per added user has diminishing returns; at least 0
 */
public record SweepRules(double saturationGain, double diminishingTokens) {
    /** 10 % and 10 tok/s. */
    public static final SweepRules USUAL = new SweepRules(0.1, 10);

    /** Refuses negative numbers. */
    public SweepRules {
        if (!(saturationGain >= 0) || !(diminishingTokens >= 0)) {
            throw new IllegalArgumentException(
                    "both must be at least 0, but were " + saturationGain + " and " + diminishingTokens);
        }
    }
}
