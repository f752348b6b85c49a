package dev.llmload.report.console;

import dev.llmload.report.MethodComparison;
import dev.llmload.report.PlanListener;
import dev.llmload.report.RunSummary;
import dev.llmload.result.text.Printable;
import java.io.PrintStream;

/** Prints what a plan came to: tests side by side, the table of all, the last lines. */
public final class PlanTable implements PlanListener {
    private final PrintStream out;

    public PlanTable(PrintStream out) {
        this.out = out;
    }

    @Override
    public void planEnded(RunSummary run) {
        StringBuilder text = new StringBuilder();
        MethodComparison.of(run.tests().stream()
                        .flatMap(test -> test.report().stream())
                        .toList())
                .forEach(comparison -> text.append(comparison.console()));
        text.append(run.nothingRan() ? SummaryTable.nothingRan(run) : SummaryTable.render(run));
        LastLines.of(run).forEach(line -> text.append(line).append('\n'));
        Terminal terminal = Terminal.ofProcess();
        out.print(terminal.coloursAtEnd().of(terminal.glyphs().of(Printable.lines(text.toString()))));
        out.flush();
    }

    @Override
    public String toString() {
        return "the table of the run";
    }
}
