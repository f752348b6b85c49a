package dev.llmload.analysis;

import java.util.Optional;

/**
 * How the levels of a test are looked at together. Immutable.
 *
 * @param rules from where on a step up counts as too little
 * @param cost what the GPUs cost, if it is known
 */
public record SweepSettings(SweepRules rules, Optional<CostPlan> cost) {
    /** The usual rules, and no cost. */
    public static final SweepSettings USUAL = new SweepSettings(SweepRules.USUAL, Optional.empty());
}
