package dev.llmload.load;

import dev.llmload.result.request.RequestRecord;
import java.util.List;

/**
 * Decides when a level has as many measured requests as its budgets take to be judged. Asked on the thread that runs the level,
 * each time that all the requests which were wanted so far have ended; meanwhile the load goes on with requests that are in no
 * number.
 */
@FunctionalInterface
public interface Sampling {
    /** What was planned is enough. */
    Sampling AS_PLANNED = measured -> 0;

    /**
     * How many measured requests are wanted in all.
     *
     * @param measured those that have ended, in any order
     * @return more than there are to go on; otherwise the level is at its end
     */
    int wanted(List<RequestRecord> measured);
}
