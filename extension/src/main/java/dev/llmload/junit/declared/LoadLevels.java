package dev.llmload.junit.declared;

import dev.llmload.result.Level;
import java.util.List;

/**
 * The levels of a load test. Immutable.
 *
 * @param declared those of the annotation
 * @param planned those of this run: a key replaces those of the annotation
 */
record LoadLevels(List<Level> declared, List<LoadTestSpec.PlannedLevel> planned) {
    LoadLevels {
        declared = List.copyOf(declared);
        planned = List.copyOf(planned);
    }

    /** The levels of this run. */
    List<Level> running() {
        return planned.stream().map(LoadTestSpec.PlannedLevel::level).toList();
    }

    /** Whether the load changes with time: each level has a length of its own. */
    boolean staged() {
        return planned.stream().anyMatch(level -> level.length().isPresent());
    }

    /** Whether there are several levels, each of a steady load, no two of the same. */
    boolean comparable() {
        return planned.size() > 1
                && planned.stream().allMatch(level -> level.load().steady())
                && running().stream().map(Level::offered).distinct().count() == planned.size();
    }
}
