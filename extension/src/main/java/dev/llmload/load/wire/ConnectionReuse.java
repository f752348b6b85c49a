package dev.llmload.load.wire;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether connections to one endpoint are used again. A server that closes connections which it promised to keep makes
 * requests fail that it never saw; after {@link #LIMIT} of those, every request gets a connection of its own. Safe for
 * use by any thread.
 */
public final class ConnectionReuse {
    /** Stale connections after which none is reused any more. */
    public static final int LIMIT = 3;

    private final AtomicInteger stale = new AtomicInteger();
    private volatile boolean reached;

    public boolean allowed() {
        return stale.get() < LIMIT;
    }

    /** A reused connection died under a request before any response byte. */
    void wasStale() {
        stale.incrementAndGet();
    }

    /** A connection to the endpoint was made. */
    void wasReached() {
        if (!reached) {
            reached = true;
        }
    }

    /** Whether a connection to the endpoint was ever made. */
    boolean reached() {
        return reached;
    }

    int staleConnections() {
        return stale.get();
    }
}
