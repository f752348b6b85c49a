package dev.llmload.load.plan;

import dev.llmload.result.Level;

/**
 * One level of load. Immutable.
 *
 * @param level the level, by whose name it is reported
 * @param load how its requests come
 * @param limits what ends it
 */
public record LevelPlan(Level level, OfferedLoad load, LevelLimits limits) {
    /** A level by the usual name of its load; the other parameters are those of the record. */
    public LevelPlan(OfferedLoad load, LevelLimits limits) {
        this(load.level(), load, limits);
    }
}
