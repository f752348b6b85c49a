package dev.llmload.load.preflight;

import dev.llmload.result.RequestCounts;
import java.util.Optional;

/** The endpoint cannot be used, so nothing was measured; the message says what was tried and what to do. */
public sealed class EndpointUnusableException extends RuntimeException permits NotReadyException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<RequestCounts> requests;

    /**
     * With its reason.
     *
     * @param message what was tried, what came back, what to do next
     */
    public EndpointUnusableException(String message) {
        this(message, Optional.empty());
    }

    /**
     * With its reason, and what became of the requests that showed it.
     *
     * @param message what was tried, what came back, what to do next
     * @param requests of the level; empty if it came to none
     */
    public EndpointUnusableException(String message, Optional<RequestCounts> requests) {
        super(message);
        this.requests = requests;
    }

    /** What became of the requests of the level; empty if it came to none. */
    public Optional<RequestCounts> requests() {
        return requests;
    }
}
