package dev.llmload.result;

import org.apiguardian.api.API;

/**
 * A metric was read that this measurement does not have; the message says why. Nothing absent is ever null or 0.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class AbsentMetricException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /**
     * With its reason.
     *
     * @param message which metric, and why it is absent
     */
    public AbsentMetricException(String message) {
        super(message);
    }
}
