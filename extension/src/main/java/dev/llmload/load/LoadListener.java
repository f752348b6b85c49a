package dev.llmload.load;

import dev.llmload.result.request.RequestRecord;
import java.time.Duration;

/** Told what the engine is doing. Every method does nothing by default. */
public interface LoadListener {
    /**
     * The endpoint is not ready yet. Called on the thread that waits.
     *
     * @param what its address, and in brackets what it last answered
     * @param elapsed since the wait began
     * @param limit when it will be given up
     */
    default void waiting(String what, Duration elapsed, Duration limit) {}

    /**
     * A phase began. Called on the thread that runs the level, a few tenths of a second late at most.
     *
     * @param level name of the level, {@code warm-up}, or empty in the pre-flight
     * @param phase {@code pre-flight}, {@code warm-up}, {@code ramp-in}, {@code window} or {@code drain}
     */
    default void phase(String level, String phase) {}

    /**
     * How far a level is. Called about five times a second on the thread that runs the level.
     *
     * @param progress the numbers
     */
    default void progress(Progress progress) {}

    /**
     * An attempted request ended. Called on the event loops, by several at a time: must not block.
     *
     * @param level name of the level, or {@code warm-up}
     * @param record all that is kept of it
     */
    default void requestEnded(String level, RequestRecord record) {}

    /**
     * An answer check found the answer of a request wrong that was reported as a success before, because the check was slow.
     * Called like {@link #requestEnded}.
     *
     * @param level name of the level
     * @param record as it is now
     */
    default void requestCorrected(String level, RequestRecord record) {}

    /**
     * A level is a lost cause: it sends nothing more, and what is in flight finishes. Called on the thread that runs the
     * level.
     *
     * @param level name of the level
     * @param reason what was seen, and what it was held against
     */
    default void aborted(String level, String reason) {}

    /**
     * Something that a reader of the results should know. Called on the thread that runs the load.
     *
     * @param sentence one sentence
     */
    default void note(String sentence) {}
}
