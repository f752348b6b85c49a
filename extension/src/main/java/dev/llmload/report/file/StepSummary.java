package dev.llmload.report.file;

import dev.llmload.report.RunSummary;
import dev.llmload.report.TestReport;
import java.util.List;

/** The Markdown of a CI job's summary: {@code summary.md}, with what JUnit alone saw. */
public final class StepSummary {
    private StepSummary() {}

    /**
     * Renders it.
     *
     * @param run what it came to
     */
    public static String render(RunSummary run) {
        return SummaryMarkdown.render(run.tests().stream().map(StepSummary::report).toList());
    }

    // What JUnit alone saw of a test is part of it: a class that could not be set up, a test that is disabled.
    private static TestReport report(RunSummary.Test test) {
        return test.report()
                .map(report -> report.with(test.entries()))
                .orElseGet(() -> new TestReport(test.id(), test.id(), List.of(), List.of()).with(test.entries()));
    }
}
