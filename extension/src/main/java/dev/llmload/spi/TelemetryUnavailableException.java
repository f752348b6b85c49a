package dev.llmload.spi;

import org.apiguardian.api.API;

/**
 * This machine has no such source. The message is a sentence for users: what is missing, why, and what to do.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
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
