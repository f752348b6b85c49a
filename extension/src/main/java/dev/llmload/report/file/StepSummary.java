package dev.llmload.report.file;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.RunSummary;
import dev.llmload.report.RunSummary.Entry;
import dev.llmload.report.RunSummary.Status;
import dev.llmload.report.TestReport;
import java.util.ArrayList;
import java.util.List;

/** The Markdown of a CI job's summary: {@code summary.md}, and what went wrong besides budgets. */
public final class StepSummary {
    private StepSummary() {}

    /**
     * Renders it.
     *
     * @param run what it came to
     */
    public static String render(RunSummary run) {
        List<TestReport> reports = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (RunSummary.Test test : run.tests()) {
            test.report().ifPresent(reports::add);
            boolean explained = test.report().filter(r -> !r.error().isEmpty()).isPresent();
            for (Entry entry : test.entries()) {
                if (test.report().isEmpty() && entry.status().isGrave()) {
                    reports.add(TestReport.unusable(test.id(), test.id(), entry.message()));
                } else if (entry.status().isGrave() && !explained && !ofBudgets(test, entry)) {
                    others.add("- " + entry.status().mark() + " " + Markdown.text(TestReport.shortName(test.id()))
                            + (entry.name().isEmpty() ? "" : " @ " + Markdown.text(entry.name())) + ": "
                            + Markdown.text(entry.firstLine()));
                }
            }
        }
        String text = SummaryMarkdown.render(reports);
        return others.isEmpty() ? text : text + "\n## ✘ Besides budgets\n\n" + String.join("\n", others) + "\n";
    }

    // The scaling invocation has no level; what breaks there is a budget unless it says otherwise.
    private static boolean ofBudgets(RunSummary.Test test, Entry entry) {
        return entry.message().startsWith("LLM load ")
                && test.level(entry.name())
                        .map(LevelVerdict::verdict)
                        .map(Status::of)
                        .map(entry.status()::equals)
                        .orElse(true);
    }
}
