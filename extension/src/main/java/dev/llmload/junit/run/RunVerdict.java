package dev.llmload.junit.run;

import dev.llmload.report.RunSummary;
import dev.llmload.report.file.AtomicFile;
import dev.llmload.report.file.FileFailures;
import dev.llmload.report.file.SummaryJson;
import dev.llmload.spi.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Follows a test plan and says at its end what a release gate makes of it. What could not be told is no pass: not even
 * where a policy makes it a warning, nor where only the simulator answered. Register one with the launcher for each
 * execution; safe for use by any thread.
 */
public final class RunVerdict extends RunCollector {
    /** What a gate makes of a run. */
    public enum Answer {
        /** All budgets hold. */
        PASSED("all budgets hold"),
        /** A budget is broken, or an assertion of a test. */
        BROKEN("budgets are broken"),
        /** Nobody knows whether the budgets hold. */
        COULD_NOT_TELL("could not tell"),
        /** What is declared or configured is wrong. */
        MISCONFIGURED("a test is not configured"),
        /** All load tests are disabled or skipped: the gate gates nothing. */
        NOTHING_RAN("no load was offered");

        private final String words;

        Answer(String words) {
            this.words = words;
        }
    }

    private volatile String ended = "";

    /** One that has seen nothing yet. */
    public RunVerdict() {}

    /**
     * Notes that the plan did not come to its end: then nothing passes. What is broken by then stays broken. The first
     * reason counts.
     *
     * @param reason in words, for example {@code interrupted by a signal}
     */
    public void endedEarly(String reason) {
        if (ended.isEmpty()) {
            ended = reason;
        }
        stop();
    }

    /** What a gate makes of it; call it once the plan is finished. */
    public Answer answer() {
        Answer whole = ofWhole();
        return ended.isEmpty() || whole != Answer.PASSED ? whole : Answer.COULD_NOT_TELL;
    }

    private Answer ofWhole() {
        RunSummary run = summary();
        return switch (run.status()) {
            case FAIL -> Answer.BROKEN;
            case MISCONFIGURED -> Answer.MISCONFIGURED;
            case ERROR, INCONCLUSIVE, NOT_MEASURED -> Answer.COULD_NOT_TELL;
            case SKIPPED, PASS ->
                run.nothingRan()
                        ? Answer.NOTHING_RAN
                        : run.count(Status.PASS) == 0 || run.simulated() ? Answer.COULD_NOT_TELL : Answer.PASSED;
        };
    }

    /** The answer in a sentence: {@code budgets are broken: 1 FAIL, 3 PASS}. */
    public String sentence() {
        RunSummary run = summary();
        boolean nothingWrong = run.status().compareTo(Status.SKIPPED) <= 0;
        String why = ended.isEmpty() ? "" : " (" + ended + ")";
        if (!why.isEmpty()) {
            return answer().words + ": " + run.counts() + why;
        }
        if (run.nothingRan()) {
            why = " (" + run.reasons() + ")";
        } else if (nothingWrong && run.count(Status.PASS) == 0) {
            why = " (nothing passed)";
        } else if (nothingWrong && run.simulated()) {
            why = " (the simulator answered, which says nothing of a release)";
        }
        return answer().words + ": " + run.counts() + why;
    }

    /** The run as JSON, schema {@code llm-load-gate/1}: the answer, then every test and invocation with its message. */
    public String json() {
        return SummaryJson.render(summary(), answer().name(), ended);
    }

    /**
     * Writes {@link #json} into a file, whole or not at all.
     *
     * @param file replaced if it exists
     * @throws IOException if it cannot be written, with the reason as its message
     */
    public void write(Path file) throws IOException {
        try {
            AtomicFile.write(file, json());
        } catch (IOException e) {
            throw new IOException(FileFailures.reason(e), e);
        }
    }

    /** The folders of the run's files; none if no test got so far. */
    public List<Path> folders() {
        return summary().folders();
    }
}
