package dev.llmload.result;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * One question that a level asks about its own measurement. Immutable.
 *
 * @param check its name, for example {@code "client keeps up"}
 * @param status the answer
 * @param detail the numbers behind the answer, in words
 * @param bias for a broken check: the metrics it affects and which way it moves them; otherwise empty
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record ValidityCheck(String check, Status status, String detail, Map<Metric, Bias> bias) {
    /** The answer to a check. */
    public enum Status {
        /** Nothing to object. */
        OK,
        /** Worth knowing; moves no verdict. */
        WARNING,
        /** This run had no means to ask. */
        NOT_MEASURED,
        /** The affected metrics cannot decide a budget that the bias could have tipped. */
        BROKEN
    }

    /** Copies the map. */
    public ValidityCheck {
        bias = Map.copyOf(bias);
    }

    /** Whether it is not {@link Status#BROKEN}. */
    public boolean ok() {
        return status != Status.BROKEN;
    }
}
