package dev.llmload.report.console;

import dev.llmload.report.MethodComparison;
import dev.llmload.report.PlanListener;
import dev.llmload.report.RunSummary;

/** Prints what a plan came to: tests side by side, the table of all, the last lines. */
public final class PlanTable implements PlanListener {
    private final ProgressPrinter printer;

    public PlanTable(ProgressPrinter printer) {
        this.printer = printer;
    }

    @Override
    public void planEnded(RunSummary run) {
        StringBuilder text = new StringBuilder();
        MethodComparison.of(run.tests().stream()
                        .flatMap(test -> test.report().stream())
                        .toList())
                .forEach(comparison -> text.append(SideBySideTable.render(comparison)));
        text.append(run.nothingRan() ? SummaryTable.nothingRan(run) : SummaryTable.render(run));
        LastLines.of(run).forEach(line -> text.append(line).append('\n'));
        printer.printAtEnd(text.toString());
    }

    @Override
    public String toString() {
        return "the table of the run";
    }
}
