package dev.llmload.report.console;

import dev.llmload.report.JudgedLevel;
import dev.llmload.report.PreparedTest;
import dev.llmload.report.ReportListener;
import dev.llmload.report.TestReport;
import dev.llmload.result.Level;
import dev.llmload.spi.LevelProgress;
import dev.llmload.spi.LevelStarted;
import java.time.Duration;
import java.util.List;

/** Prints a run: how far it is, a table per level, the comparison of the levels. Thread-safe. */
public final class ConsoleReport implements ReportListener {
    private static final String LEAD = "[llm-load] ";

    private final ProgressPrinter printer;
    private final String release;
    private final boolean suggest;
    private volatile TestClock clock = new TestClock(List.of(), 1, System::nanoTime);

    /**
     * On one printer.
     *
     * @param printer to print on
     * @param release name of the model release, or empty
     * @param suggest whether each test prints budgets from its own values
     */
    public ConsoleReport(ProgressPrinter printer, String release, boolean suggest) {
        this.printer = printer;
        this.release = release;
        this.suggest = suggest;
    }

    @Override
    public void said(String sentence) {
        printer.print(LEAD + sentence);
    }

    @Override
    public void warned(String sentence) {
        printer.print(LEAD + "warning: " + sentence);
    }

    @Override
    public void waiting(String what, Duration elapsed, Duration limit) {
        printer.waiting(what, elapsed, limit);
    }

    @Override
    public void testPrepared(PreparedTest test) {
        clock = new TestClock(test.levels().stream().map(Level::name).toList(), test.repeat(), System::nanoTime);
    }

    @Override
    public void levelStarted(LevelStarted level) {
        clock.run(level.run());
    }

    @Override
    public void progress(LevelProgress p) {
        String run = p.runs() > 1 ? " run " + p.run() + "/" + p.runs() : "";
        printer.progress(new ShownProgress(
                p.level() + run,
                clock.number(p.level()),
                clock.levels(),
                p.phase(),
                p.done(),
                p.total(),
                p.failures(),
                p.requestsPerSecond(),
                p.tokensPerSecond(),
                p.ttftP95Millis(),
                p.remaining(),
                clock.remaining(p.level(), p.remaining())));
    }

    @Override
    public void levelJudged(JudgedLevel judged) {
        printer.finish();
        printer.print(ConsoleTable.level(judged.level(), judged.outcome()));
    }

    @Override
    public void sweepJudged(TestReport test) {
        printer.finish();
        printer.print(ConsoleTable.comparison(test));
    }

    @Override
    public void testEnded(TestReport test) {
        if (suggest && !test.levels().isEmpty()) {
            printer.print(SuggestedBudgets.render(test, release));
        }
    }

    @Override
    public String toString() {
        return "the console";
    }
}
