package dev.llmload.spi;

import dev.llmload.result.Verdict;
import org.apiguardian.api.API;

/**
 * What an invocation, a test or a run came to. Declared in rising order of precedence.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Status {
    /** All budgets hold, and so did the test's own assertions. */
    PASS,
    /** Disabled, or there was nothing to do, or a level before it was aborted. */
    SKIPPED,
    /** A budget has no source of its value here, or a key removed its level. */
    NOT_MEASURED,
    /** Measured, but it cannot decide. */
    INCONCLUSIVE,
    /** It could not run or finish: the endpoint is unusable, or an exception that is no assertion. */
    ERROR,
    /** What is declared or configured is wrong. */
    MISCONFIGURED,
    /** A budget is broken, or an assertion of the test. */
    FAIL;

    /** The status of a verdict. */
    public static Status of(Verdict verdict) {
        return switch (verdict) {
            case PASS -> PASS;
            case NOT_MEASURED -> NOT_MEASURED;
            case INCONCLUSIVE -> INCONCLUSIVE;
            case FAIL -> FAIL;
        };
    }

    /** The one that decides. */
    public Status and(Status other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** Whether it is one that nobody should read over. */
    public boolean isGrave() {
        return this == FAIL || this == MISCONFIGURED || this == ERROR;
    }

    public String mark() {
        return switch (this) {
            case PASS -> "✔";
            case SKIPPED, NOT_MEASURED -> "–";
            case INCONCLUSIVE -> "?";
            case ERROR, MISCONFIGURED, FAIL -> "✘";
        };
    }

    public String words() {
        return name().replace('_', ' ');
    }
}
