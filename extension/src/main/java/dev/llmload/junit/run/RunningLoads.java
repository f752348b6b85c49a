package dev.llmload.junit.run;

import dev.llmload.load.LoadSession;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The loads that a Ctrl-C has to stop. The load stops at once; the test's own thread then assembles and writes what was
 * measured, unless it is stuck somewhere, which must not hold the JVM for longer than three seconds. Thread-safe.
 */
final class RunningLoads {
    private static final String STOPPED = "the JVM was told to stop";
    private static final long PATIENCE_NANOS = 3_000_000_000L;

    private final Set<LoadSession> running = ConcurrentHashMap.newKeySet();
    private final Thread onShutdown;
    private volatile boolean stopping;

    /**
     * Waits for the JVM to be told to stop.
     *
     * @param then called when the loads have come to their end, or are given up
     */
    RunningLoads(Runnable then) {
        this.onShutdown = new Thread(() -> interrupted(then), "llm-load shutdown");
        Runtime.getRuntime().addShutdownHook(onShutdown);
    }

    /** A load that begins; what it measured is kept if it is stopped. */
    void begin(LoadSession session) {
        running.add(session);
        if (stopping) {
            session.stop(STOPPED);
        }
    }

    void end(LoadSession session) {
        running.remove(session);
    }

    private void interrupted(Runnable then) {
        stopping = true;
        running.forEach(session -> session.stop(STOPPED));
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (!running.isEmpty() && System.nanoTime() - giveUp < 0) {
            LockSupport.parkNanos(20_000_000L);
        }
        then.run();
    }

    /** Waits no more. */
    void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(onShutdown);
        } catch (IllegalStateException e) {
            // The JVM is going down, and the hook has stopped the load; what came of it is handed over all the same.
        }
    }
}
