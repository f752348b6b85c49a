package dev.llmload.report;

import java.io.IOException;

/**
 * Told what a test plan came to, once it is over: the runs in it, and what JUnit alone saw. A service to the reader, and no
 * reason to lose a run: what it throws is a warning that names it.
 */
public interface PlanListener {
    /**
     * The plan is over.
     *
     * @param run with at least one load test
     * @throws IOException if it cannot be told
     */
    void planEnded(RunSummary run) throws IOException;
}
