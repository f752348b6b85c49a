package dev.llmload.simulator;

import org.apiguardian.api.API;

/**
 * What can be wrong with an answer. Each request has at most one, drawn by its number and the seed.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Fault {
    /** Answered at once with an error status, 500 unless {@code errorStatus} says otherwise. */
    ERROR("errorRate"),
    /** Answered at once with 429 and {@code Retry-After}. */
    RATE_LIMIT("rateLimitRate"),
    /** Sends {@code faultAfter} tokens, then nothing more, and holds the connection and its slot. */
    STALL("stallRate"),
    /** Sends the response head and the role, never a token, and holds the connection and its slot. */
    STALL_FIRST("stallFirstRate"),
    /** Sends {@code faultAfter} tokens, then resets the TCP connection (RST). */
    RESET("resetRate"),
    /** Sends {@code faultAfter} tokens, then ends cleanly with neither finish reason nor {@code [DONE]}. */
    TRUNCATE("truncateRate"),
    /** Sends {@code faultAfter} tokens, then an error object inside the 200 stream. */
    STREAM_ERROR("streamErrorRate"),
    /** Finishes properly without a single token. */
    EMPTY("emptyRate"),
    /** A proper answer whose first token comes {@code late} later than it should. */
    LATE("lateRate");

    private final String key;

    Fault(String key) {
        this.key = key;
    }

    /**
     * The parameter that sets how often it happens.
     *
     * @return for example {@code errorRate}
     */
    public String key() {
        return key;
    }
}
