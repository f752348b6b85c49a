package dev.llmload.spi;

/** This machine has no such source. The message is a sentence for users: what is missing, why, and what to do. */
public final class TelemetryUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param message a sentence for users
     */
    public TelemetryUnavailableException(String message) {
        super(message);
    }
}
