package dev.llmload.junit;

import dev.llmload.load.LoadListener;
import dev.llmload.load.Progress;
import dev.llmload.report.ProgressPrinter;
import dev.llmload.report.RequestLog;
import dev.llmload.result.RequestRecord;
import java.time.Duration;

/** Passes on what the load says while it runs: to the request log, and to the progress line. */
final class RunObserver implements LoadListener {
    private final String test;
    private final RequestLog log;
    private final ProgressPrinter printer;

    RunObserver(String test, RequestLog log, ProgressPrinter printer) {
        this.test = test;
        this.log = log;
        this.printer = printer;
    }

    @Override
    public void waiting(String what, Duration elapsed, Duration limit) {
        printer.waiting(what, elapsed, limit);
    }

    @Override
    public void progress(Progress p) {
        printer.progress(
                p.level(),
                p.phase(),
                p.done(),
                p.total(),
                p.failures(),
                p.requestsPerSecond(),
                p.tokensPerSecond(),
                p.ttftP95Millis(),
                p.remaining());
    }

    @Override
    public void requestEnded(String level, RequestRecord request) {
        log.write(test, level, request);
    }

    @Override
    public void note(String sentence) {
        printer.print("[llm-load] " + sentence);
    }
}
