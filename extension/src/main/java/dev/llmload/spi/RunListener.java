package dev.llmload.spi;

import org.apiguardian.api.API;

/**
 * Told what happens in a run, to pass it on: to a chat, a database, a dashboard. Found by {@link java.util.ServiceLoader}, so
 * that an implementation has a constructor without parameters and stands in
 * {@code META-INF/services/dev.llmload.spi.RunListener}; one is made for each run.
 *
 * <p>It cannot change anything: what it throws is reported once in a warning and harms neither the run nor its verdict.
 * Methods are called one after the other, mostly on the thread of the test, and the run waits for them. {@link #progress} is
 * called while load is offered: it must return within milliseconds.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface RunListener {
    /**
     * The endpoint of a test is ready: its model answers, the warm-up comes next.
     *
     * @param event what is about to be measured, and of whom
     */
    default void prepared(TestPrepared event) {}

    /**
     * A level begins to offer its load; once for each of its runs.
     *
     * @param event which one
     */
    default void levelStarted(LevelStarted event) {}

    /**
     * How far a level is; about five times a second, also in the warm-up.
     *
     * @param event roughly right numbers
     */
    default void progress(LevelProgress event) {}

    /**
     * A level's invocation is over, whatever it came to: also one that could not run.
     *
     * @param event what was measured and decided
     */
    default void levelEnded(LevelEnded event) {}

    /**
     * The invocation that compares the levels is over.
     *
     * @param event what they came to together
     */
    default void sweepEnded(SweepEnded event) {}

    /**
     * The run is over and its files are written. The last call. When the JVM is told to stop it comes from a shutdown hook.
     *
     * @param event what each test came to
     */
    default void runEnded(RunEnded event) {}
}
