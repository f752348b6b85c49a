package dev.llmload.metric;

import java.util.OptionalDouble;

/**
 * What the server's own counters say it did from before a level's first request until after its last. Immutable.
 *
 * @param engine what kind of server it is
 * @param requests that ended; negative if it began to count anew
 * @param outputTokens that it generated; negative if it began to count anew
 * @param doubt why the two readings may not hold all of it, in words; empty if they do
 * @param reason why neither is known, in words; empty if one is
 */
public record ServerWork(
        String engine, OptionalDouble requests, OptionalDouble outputTokens, String doubt, String reason) {
    /**
     * Not known.
     *
     * @param reason in words
     */
    public static ServerWork unknown(String reason) {
        return new ServerWork("", OptionalDouble.empty(), OptionalDouble.empty(), "", reason);
    }

    /** Whether it counts less than before: it was started anew. */
    boolean restarted() {
        return requests.orElse(0) < 0 || outputTokens.orElse(0) < 0;
    }
}
