package dev.llmload.report.page;

import dev.llmload.report.TestReport;
import dev.llmload.report.file.HistoryEntry;
import dev.llmload.report.file.Metadata;
import java.time.Duration;
import java.util.List;

/**
 * What the page of a run is made of. Immutable.
 *
 * @param tests every test of the run
 * @param metadata under which circumstances it was made
 * @param duration from its start to its end
 * @param history what earlier runs came to, and this one; empty where none is kept
 * @param percentiles which percentiles each distribution has
 * @param charts whether the page has charts
 */
public record PageInput(
        List<TestReport> tests,
        Metadata metadata,
        Duration duration,
        List<HistoryEntry> history,
        List<Double> percentiles,
        boolean charts) {
    /** Copies the lists. */
    public PageInput {
        tests = List.copyOf(tests);
        history = List.copyOf(history);
        percentiles = List.copyOf(percentiles);
    }

    /** How many levels there are, those included that could not be measured. */
    int levels() {
        return tests.stream()
                .mapToInt(test -> test.levels().size() + test.unusable().size())
                .sum();
    }
}
