package dev.llmload.result;

import java.time.Duration;
import org.apiguardian.api.API;

/**
 * The stretch of a level that its numbers come from. Instants are on the {@link System#nanoTime()} clock.
 *
 * @param kind steady window or whole run
 * @param openNanos when it opened
 * @param closeNanos when it closed, not before it opened
 * @param wholeRun from the first request sent to the last response closed
 * @param endedBy what closed it, in words: {@code "500 requests sent"}, {@code "maxDuration 3 m"}
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Window(Kind kind, long openNanos, long closeNanos, Duration wholeRun, String endedBy) {
    /** Steady window or whole run. */
    public enum Kind {
        /** From the moment every user had finished one request until the last measured request was sent. */
        STEADY("steady"),
        /** The run was too short for a steady window, so everything counts; marked wherever it is printed. */
        WHOLE_RUN("whole run");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word of the result files. */
        public String word() {
            return word;
        }
    }

    /** Its length. */
    public Duration length() {
        return Duration.ofNanos(closeNanos - openNanos);
    }

    /** Its length in seconds. */
    public double seconds() {
        return (closeNanos - openNanos) / 1e9;
    }

    /** Whether an instant lies in it: from the opening, up to but not at the closing. */
    public boolean contains(long nanos) {
        return nanos - openNanos >= 0 && nanos - closeNanos < 0;
    }
}
