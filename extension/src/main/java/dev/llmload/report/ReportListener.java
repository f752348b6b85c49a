package dev.llmload.report;

import dev.llmload.result.LoadResult;
import dev.llmload.result.Subject;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.text.Secrets;
import dev.llmload.spi.LevelProgress;
import dev.llmload.spi.LevelStarted;
import java.time.Duration;
import java.util.Map;

/**
 * Told what happens in a run: each medium of the reports is one. Called by the thread of the test, except where a method
 * says otherwise. A listener that cannot do its work throws; {@link ReportListeners} says so and goes on.
 */
public interface ReportListener {
    /** The run begins. */
    default void runStarted() {}

    /** Something that the user should know, one sentence. Any thread. */
    default void said(String sentence) {}

    /** Something that the user should mend, one sentence. Any thread. */
    default void warned(String sentence) {}

    /** From now on these must be in no output. */
    default void secretsKnown(Secrets secrets) {}

    /** A test's endpoint is ready. */
    default void testPrepared(PreparedTest test) {}

    /**
     * The warm-up told how long the prompts are in tokens.
     *
     * @param test id of the test
     * @param tokens by the name that metadata.json has
     */
    default void promptsCounted(String test, Map<String, Number> tokens) {}

    /**
     * An endpoint or the host is waited for.
     *
     * @param what for what
     * @param elapsed how long already
     * @param limit how long at most
     */
    default void waiting(String what, Duration elapsed, Duration limit) {}

    /** A level's load begins; once per run of it. */
    default void levelStarted(LevelStarted level) {}

    /** How far a level is; about five times a second while load is offered. */
    default void progress(LevelProgress progress) {}

    /**
     * An attempted request ended. Called on the event loops, by several at a time: must not block.
     *
     * @param test id of the test
     * @param level name of the level, or {@code warm-up}
     * @param run which run of the level, from 1; 0 if it runs once
     * @param request all that is kept of it
     */
    default void requestEnded(String test, String level, int run, RequestRecord request) {}

    /** An answer check found a request wrong that was reported as a success before; called like {@link #requestEnded}. */
    default void requestCorrected(String test, String level, int run, RequestRecord request) {}

    /** One run of a level was measured. */
    default void loadMeasured(LoadResult result) {}

    /** More is known of a test than before: what must survive a killed run is written now. Any thread. */
    default void testChanged(TestReport test) {}

    /** A level is judged, while its invocation is still open. */
    default void levelJudged(JudgedLevel level) {}

    /** The levels are compared, while that invocation is still open. */
    default void sweepJudged(TestReport test) {}

    /** A test's history was drawn, while an invocation of it is still open. */
    default void trendDrawn(Subject subject, String svg) {}

    /** A level's invocation is over. */
    default void levelEnded(EndedLevel level) {}

    /**
     * The invocation that compares the levels is over.
     *
     * @param test with what it came to
     * @param name its display name
     */
    default void sweepEnded(TestReport test, String name) {}

    /** The last invocation of a test is over. */
    default void testEnded(TestReport test) {}

    /**
     * The run is over: everything is written and closed. The thread of the test, or a shutdown hook while that thread may
     * still be at work; once for each of them, and what was done need not be done again.
     */
    default void runEnded() {}
}
