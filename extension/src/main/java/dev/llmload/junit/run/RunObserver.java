package dev.llmload.junit.run;

import dev.llmload.load.LoadListener;
import dev.llmload.load.Progress;
import dev.llmload.report.console.LevelProgress;
import dev.llmload.report.console.ProgressPrinter;
import dev.llmload.report.console.TestClock;
import dev.llmload.result.RequestRecord;
import java.time.Duration;
import java.util.Optional;

/** Passes on what the load says while it runs: to the request log, and to the progress line. */
final class RunObserver implements LoadListener {
    private final String test;
    private final RunFiles files;
    private final ProgressPrinter printer;
    private final TestClock clock;
    private volatile int repeat;
    private volatile String suffix = "";
    private volatile String aborted = "";

    RunObserver(String test, TestClock clock, RunFiles files, ProgressPrinter printer) {
        this.test = test;
        this.clock = clock;
        this.files = files;
        this.printer = printer;
    }

    /**
     * Says which run of a level comes next.
     *
     * @param number from 1; 0 if there is only one
     * @param of how many
     */
    void run(int number, int of) {
        aborted = "";
        repeat = number;
        clock.run(number);
        suffix = number == 0 ? "" : " run " + number + "/" + of;
    }

    @Override
    public void waiting(String what, Duration elapsed, Duration limit) {
        printer.waiting(what, elapsed, limit);
    }

    @Override
    public void progress(Progress p) {
        printer.progress(new LevelProgress(
                p.level() + suffix,
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
    public void requestEnded(String level, RequestRecord request) {
        files.request(test, level, repeat, request);
    }

    @Override
    public void requestCorrected(String level, RequestRecord request) {
        files.correction(test, level, repeat, request);
    }

    @Override
    public void aborted(String level, String reason) {
        aborted = reason;
        printer.print("[llm-load] " + level + suffix + " aborted: " + reason + "; what is in flight finishes");
    }

    /** Why the last run was aborted; empty if it was not. */
    Optional<String> aborted() {
        return aborted.isEmpty() ? Optional.empty() : Optional.of(aborted);
    }

    @Override
    public void note(String sentence) {
        printer.print("[llm-load] " + sentence);
    }
}
