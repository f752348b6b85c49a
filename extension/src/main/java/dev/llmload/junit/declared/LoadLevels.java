package dev.llmload.junit.declared;

import dev.llmload.result.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The levels of a load test. Immutable.
 *
 * @param declared those of the annotation
 * @param running those of this run: a key replaces those of the annotation
 * @param lengths length of each level's window, where the load changes with time; else empty
 */
record LoadLevels(List<Level> declared, List<Level> running, Map<Level, Duration> lengths) {
    LoadLevels {
        declared = List.copyOf(declared);
        running = List.copyOf(running);
        lengths = Map.copyOf(lengths);
    }

    /** Whether there are several levels, no two of the same load. */
    boolean comparable() {
        return running.size() > 1
                && running.stream().map(Level::offered).distinct().count() == running.size();
    }
}
