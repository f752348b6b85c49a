package dev.llmload.load;

/** The endpoint cannot be used, so nothing was measured; the message says what was tried and what to do. */
public sealed class EndpointUnusableException extends RuntimeException permits NotReadyException {
    private static final long serialVersionUID = 1L;

    /**
     * With its reason.
     *
     * @param message what was tried, what came back, what to do next
     */
    public EndpointUnusableException(String message) {
        super(message);
    }
}
