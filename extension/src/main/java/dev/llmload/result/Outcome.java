package dev.llmload.result;

import org.apiguardian.api.API;

/**
 * How one attempted request ended: {@link #OK}, one of the failure kinds, or {@link #CUT}.
 *
 * <p>For any set of attempts, attempted = succeeded + failed + cut, always.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum Outcome {
    /** A complete answer with at least one token event. */
    OK,
    /** No connection: refused, unreachable, or the name did not resolve. */
    CONNECT,
    /** The TLS handshake failed. */
    TLS,
    /** A 4xx status other than 429; the status is kept beside it. */
    HTTP_4XX,
    /** A 5xx status, or another status that is neither 2xx nor 4xx; the status is kept beside it. */
    HTTP_5XX,
    /** Status 429. */
    RATE_LIMITED,
    /** No token event within the first-token time-out. */
    TIMEOUT_FIRST_TOKEN,
    /** Token events began, then none came for the stall time-out. */
    TIMEOUT_STALLED,
    /** The request as a whole took longer than the total time-out. */
    TIMEOUT_TOTAL,
    /** The connection was lost after the request was sent and before the response ended. */
    RESET,
    /** The response ended with neither a {@code finish_reason} nor {@code [DONE]}. */
    TRUNCATED,
    /** An error inside a 200 stream. */
    STREAM_ERROR,
    /** The response ended well but held no token event. */
    EMPTY,
    /** Not an event stream, broken JSON, or a line over the limit. */
    PROTOCOL,
    /** A declared answer check said no. */
    WRONG_ANSWER,
    /**
     * This machine allowed no more: no file descriptor, local port, thread or memory for a connection. It says nothing of
     * the endpoint, so it decides no verdict.
     */
    CLIENT_LIMIT,
    /** Cut off by a deadline or a stop: reported apart, in no rate. */
    CUT;

    /** Whether this is one of the failure kinds, that is neither {@link #OK} nor {@link #CUT}. */
    public boolean isFailure() {
        return this != OK && this != CUT;
    }
}
