package dev.llmload.junit;

import org.apiguardian.api.API;

/**
 * Where the number of output tokens comes from.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum TokenCount {
    /** From the server's {@code usage} only; without it, token metrics are absent. */
    USAGE,
    /** From the server's {@code usage} and, where that is missing, one token per token event; such counts are marked. */
    EVENTS
}
