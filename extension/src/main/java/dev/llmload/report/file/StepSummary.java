package dev.llmload.report.file;

import dev.llmload.report.PlanListener;
import dev.llmload.report.RunSummary;
import dev.llmload.report.TestReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Appends to the summary of a CI job: {@code summary.md}, with what JUnit alone saw. */
public final class StepSummary implements PlanListener {
    /** The environment variable that names GitHub's file. */
    public static final String GITHUB = "GITHUB_STEP_SUMMARY";

    private final Path file;

    public StepSummary(Path file) {
        this.file = file;
    }

    @Override
    public void planEnded(RunSummary run) throws IOException {
        Files.writeString(file, render(run), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public String toString() {
        return GITHUB;
    }

    /**
     * Renders it.
     *
     * @param run what it came to
     */
    public static String render(RunSummary run) {
        return SummaryMarkdown.render(
                run.tests().stream().map(StepSummary::report).toList());
    }

    // What JUnit alone saw of a test is part of it: a class that could not be set up, a test that is disabled.
    private static TestReport report(RunSummary.Test test) {
        return test.report()
                .map(report -> report.with(test.entries()))
                .orElseGet(() -> new TestReport(test.id(), test.id(), List.of(), List.of()).with(test.entries()));
    }
}
