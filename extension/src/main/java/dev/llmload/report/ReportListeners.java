package dev.llmload.report;

import dev.llmload.result.LoadResult;
import dev.llmload.result.Subject;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.text.Printable;
import dev.llmload.result.text.Secrets;
import dev.llmload.spi.LevelProgress;
import dev.llmload.spi.LevelStarted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Passes each event on to all listeners of a run, in the order in which they were added. What one of them throws is said in
 * one warning, whatever it goes on to throw, and keeps no other listener, and not the run, from going on. Thread-safe.
 */
public final class ReportListeners implements ReportListener {
    private final List<ReportListener> listeners = new CopyOnWriteArrayList<>();
    private final Set<String> failed = ConcurrentHashMap.newKeySet();

    /** Adds a listener; it gets what happens from now on. */
    public ReportListeners add(ReportListener listener) {
        listeners.add(listener);
        return this;
    }

    private void each(Consumer<ReportListener> call) {
        for (ReportListener listener : listeners) {
            try {
                call.accept(listener);
            } catch (RuntimeException | Error e) {
                failed(listener, e);
            }
        }
    }

    private void failed(ReportListener listener, Throwable failure) {
        if (failed.add(listener.toString())) {
            warned(listener + " failed, which changes nothing of the run: " + Printable.line(failure.toString()));
        }
    }

    @Override
    public void runStarted() {
        each(ReportListener::runStarted);
    }

    @Override
    public void said(String sentence) {
        each(listener -> listener.said(sentence));
    }

    @Override
    public void warned(String sentence) {
        each(listener -> listener.warned(sentence));
    }

    @Override
    public void secretsKnown(Secrets secrets) {
        each(listener -> listener.secretsKnown(secrets));
    }

    @Override
    public void testPrepared(PreparedTest test) {
        each(listener -> listener.testPrepared(test));
    }

    @Override
    public void promptsCounted(String test, Map<String, Number> tokens) {
        each(listener -> listener.promptsCounted(test, tokens));
    }

    @Override
    public void waiting(String what, Duration elapsed, Duration limit) {
        each(listener -> listener.waiting(what, elapsed, limit));
    }

    @Override
    public void levelStarted(LevelStarted level) {
        each(listener -> listener.levelStarted(level));
    }

    @Override
    public void progress(LevelProgress progress) {
        each(listener -> listener.progress(progress));
    }

    // Once per request, on its event loop: without an object for the call.
    @Override
    public void requestEnded(String test, String level, int run, RequestRecord request) {
        for (ReportListener listener : listeners) {
            try {
                listener.requestEnded(test, level, run, request);
            } catch (RuntimeException | Error e) {
                failed(listener, e);
            }
        }
    }

    @Override
    public void requestCorrected(String test, String level, int run, RequestRecord request) {
        each(listener -> listener.requestCorrected(test, level, run, request));
    }

    @Override
    public void loadMeasured(LoadResult result) {
        each(listener -> listener.loadMeasured(result));
    }

    @Override
    public void testChanged(TestReport test) {
        each(listener -> listener.testChanged(test));
    }

    @Override
    public void levelJudged(JudgedLevel level) {
        each(listener -> listener.levelJudged(level));
    }

    @Override
    public void sweepJudged(TestReport test) {
        each(listener -> listener.sweepJudged(test));
    }

    @Override
    public void trendDrawn(Subject subject, String svg) {
        each(listener -> listener.trendDrawn(subject, svg));
    }

    @Override
    public void levelEnded(EndedLevel level) {
        each(listener -> listener.levelEnded(level));
    }

    @Override
    public void sweepEnded(TestReport test, String name) {
        each(listener -> listener.sweepEnded(test, name));
    }

    @Override
    public void testEnded(TestReport test) {
        each(listener -> listener.testEnded(test));
    }

    @Override
    public void runEnded() {
        each(ReportListener::runEnded);
    }
}
