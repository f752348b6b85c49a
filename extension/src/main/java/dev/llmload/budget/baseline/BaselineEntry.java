package dev.llmload.budget.baseline;

import dev.llmload.result.text.CountText;
import java.util.ArrayList;
import java.util.List;

/**
 * What a baseline keeps of one level of one test. Immutable.
 *
 * @param test id of the test
 * @param level display name of the level
 * @param circumstances under which all its runs were made
 * @param runs oldest first, at least one
 */
public record BaselineEntry(String test, String level, Circumstances circumstances, List<BaselineRun> runs) {
    /** More runs than these say nothing new; the oldest go. */
    public static final int MOST_RUNS = 10;

    /** Copies the list. */
    public BaselineEntry {
        runs = List.copyOf(runs);
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("a baseline must hold at least one run of " + test + " @ " + level);
        }
    }

    /** Of the same test and level. */
    boolean isOf(String otherTest, String otherLevel) {
        return test.equals(otherTest) && level.equals(otherLevel);
    }

    /** The newer one; with the runs of this one before its own if both are of one subject under the same conditions. */
    BaselineEntry followedBy(BaselineEntry newer) {
        if (!circumstances.equals(newer.circumstances)) {
            return newer;
        }
        List<BaselineRun> all = new ArrayList<>(runs);
        all.addAll(newer.runs);
        return new BaselineEntry(
                test, level, newer.circumstances, all.subList(Math.max(0, all.size() - MOST_RUNS), all.size()));
    }

    /** {@code release 2026-11 (3 runs, newest 2026-11-26)}. */
    String title() {
        String release = circumstances.subject().getOrDefault("release", "");
        BaselineRun newest = runs.get(runs.size() - 1);
        String day = newest.at().substring(0, Math.min(10, newest.at().length()));
        return (release.isEmpty() ? "a release without a name" : "release " + release) + " ("
                + CountText.of(runs.size(), "run") + CountText.form(runs.size(), " of ", ", newest ") + day + ")";
    }
}
