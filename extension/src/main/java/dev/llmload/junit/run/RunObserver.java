package dev.llmload.junit.run;

import dev.llmload.load.LoadListener;
import dev.llmload.load.Progress;
import dev.llmload.report.ReportListener;
import dev.llmload.result.Level;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.spi.LevelProgress;
import dev.llmload.spi.LevelStarted;
import java.time.Duration;

/** Passes on what the load says while it runs, with the test and the run of the level that it belongs to. */
final class RunObserver implements LoadListener {
    private final String test;
    private final ReportListener events;
    private volatile int run = 1;
    private volatile int runs = 1;

    RunObserver(String test, ReportListener events) {
        this.test = test;
        this.events = events;
    }

    /**
     * Says which run of a level comes next.
     *
     * @param level which level
     * @param number which run, from 1
     * @param of how many there will be at most
     */
    void begin(Level level, int number, int of) {
        run = number;
        runs = of;
        events.levelStarted(new LevelStarted(test, level, number, of));
    }

    private int repeat() {
        return runs > 1 ? run : 0;
    }

    @Override
    public void waiting(String what, Duration elapsed, Duration limit) {
        events.waiting(what, elapsed, limit);
    }

    @Override
    public void progress(Progress p) {
        events.progress(new LevelProgress(
                test,
                p.level(),
                run,
                runs,
                p.phase(),
                p.done(),
                p.total(),
                p.failures(),
                p.requestsPerSecond(),
                p.tokensPerSecond(),
                p.ttftP95Millis(),
                p.remaining()));
    }

    @Override
    public void requestEnded(String level, RequestRecord request) {
        events.requestEnded(test, level, repeat(), request);
    }

    @Override
    public void requestCorrected(String level, RequestRecord request) {
        events.requestCorrected(test, level, repeat(), request);
    }

    @Override
    public void aborted(String level, String reason) {
        events.said(level + (runs > 1 ? " run " + run + "/" + runs : "") + " aborted: " + reason
                + "; what is in flight finishes");
    }

    @Override
    public void note(String sentence) {
        events.said(sentence);
    }
}
