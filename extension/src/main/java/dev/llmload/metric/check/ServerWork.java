package dev.llmload.metric.check;

import dev.llmload.metric.ServerLog;
import java.util.OptionalDouble;

/**
 * What the server's own counters say it did from before a level's first request until after its last. Immutable.
 *
 * @param engine what kind of server it is
 * @param requests that ended
 * @param outputTokens that it generated
 * @param doubt why the two readings may not hold all of it, in words; empty if they do
 * @param reason why neither is known, in words; empty if one is
 * @param restart that its counters were reset meanwhile, so that neither is known, in words; empty if it did not
 * @param log what its page said meanwhile
 */
public record ServerWork(
        String engine,
        OptionalDouble requests,
        OptionalDouble outputTokens,
        String doubt,
        String reason,
        String restart,
        ServerLog log) {
    /** Of a server whose page nobody read meanwhile. */
    public ServerWork(
            String engine,
            OptionalDouble requests,
            OptionalDouble outputTokens,
            String doubt,
            String reason,
            String restart) {
        this(engine, requests, outputTokens, doubt, reason, restart, ServerLog.NONE);
    }

    /** The same with what its page said meanwhile; of a page that several servers answer with, nothing is known. */
    public ServerWork with(ServerLog said) {
        return new ServerWork(
                engine, requests, outputTokens, doubt, reason, restart, reason.isEmpty() ? said : ServerLog.NONE);
    }

    /**
     * Not known.
     *
     * @param reason in words
     */
    public static ServerWork unknown(String reason) {
        return new ServerWork("", OptionalDouble.empty(), OptionalDouble.empty(), "", reason, "");
    }

    /**
     * Not known, because the server reset its counters.
     *
     * @param how in words
     */
    public static ServerWork restarted(String how) {
        return new ServerWork("", OptionalDouble.empty(), OptionalDouble.empty(), "", "", how);
    }
}
