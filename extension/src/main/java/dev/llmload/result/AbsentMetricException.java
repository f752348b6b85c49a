package dev.llmload.result;

/** A metric was read that this measurement does not have; the message says why. Nothing absent is ever null or 0. */
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
