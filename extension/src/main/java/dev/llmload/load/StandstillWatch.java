package dev.llmload.load;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Notices when the whole process stands still: garbage collection, a safepoint, a processor taken away. A daemon thread
 * sleeps a few milliseconds at a time and adds up how much too long; pauses that the collectors report are a second
 * witness, and the larger sum counts.
 */
final class StandstillWatch implements AutoCloseable {
    private static final long SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** Lateness below this is the ordinary noise of a scheduler. */
    private static final long NOISE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Thread thread = new Thread(this::watch, "llm-load-standstill");
    private volatile boolean running = true;
    private volatile long stoodStill;
    private volatile long openNanos;
    private volatile long openStill;
    private volatile long openPauses;
    private volatile double share;

    StandstillWatch() {
        thread.setDaemon(true);
        thread.start();
    }

    void open() {
        openNanos = System.nanoTime();
        openStill = stoodStill;
        openPauses = pauseNanos();
    }

    void closeWindow() {
        long wall = System.nanoTime() - openNanos;
        long still = Math.max(stoodStill - openStill, pauseNanos() - openPauses);
        share = wall <= 0 ? 0 : Math.min(1, (double) still / wall);
    }

    /** Share of the time between opening and closing, 0 to 1. */
    double share() {
        return share;
    }

    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
    }

    private void watch() {
        while (running) {
            long before = System.nanoTime();
            LockSupport.parkNanos(SLEEP_NANOS);
            long late = System.nanoTime() - before - SLEEP_NANOS;
            if (late > NOISE_NANOS) {
                stoodStill += late;
            }
        }
    }

    // Collectors that work beside the application report their cycles as time too; only pauses stop it.
    private static long pauseNanos() {
        long millis = 0;
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            String name = bean.getName().toLowerCase(Locale.ROOT);
            if (!name.contains("cycles") && !name.contains("concurrent")) {
                millis += Math.max(0, bean.getCollectionTime());
            }
        }
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
