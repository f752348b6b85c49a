package dev.llmload.result;

import org.apiguardian.api.API;

/**
 * What a budget, a level or a test came to. Declared in rising order of precedence.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum Verdict {
    /** The value holds the limit. */
    PASS,
    /** This machine has no source for the value, or the budget's level did not run. Never reads as a pass. */
    NOT_MEASURED,
    /** It was measured but cannot decide. */
    INCONCLUSIVE,
    /** The value does not hold the limit. */
    FAIL;

    /** The one that decides: FAIL over INCONCLUSIVE over NOT_MEASURED over PASS. */
    public Verdict and(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
