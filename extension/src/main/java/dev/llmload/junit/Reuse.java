package dev.llmload.junit;

import org.apiguardian.api.API;

/**
 * What happens when a run needs more prompts than its source has.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum Reuse {
    /**
     * A short seeded nonce is put in front of the first message, so that no two requests of a run share a prefix and a
     * server's prefix cache cannot answer for its engine. The default.
     */
    UNIQUE_PREFIX,
    /** Prompts repeat as they are. A server with a prefix cache then answers faster than it would fresh ones. */
    ALLOW
}
