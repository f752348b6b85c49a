package dev.llmload.load;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Notices when the whole process may stand still: garbage collection, a safepoint, a processor taken away. A daemon
 * thread sleeps a few milliseconds at a time and adds up how much too long; pauses that the collectors report are a
 * second witness. That this one thread was late proves nothing by itself, see {@link ClientHealthMonitor}.
 */
final class PauseDetector implements AutoCloseable {
    private static final long SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** Lateness up to this is the ordinary noise of a scheduler. */
    private static final long NOISE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Thread thread = new Thread(this::watch, "llm-load-standstill");
    private volatile boolean running = true;
    private volatile long stoodStill;

    PauseDetector() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Nanoseconds by which the thread woke up too late so far. */
    long stoodStill() {
        return stoodStill;
    }

    /** Nanoseconds in which the collectors say to have stopped the process, since it began. */
    static long pauseNanos() {
        long millis = 0;
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (stops(bean.getName())) {
                millis += Math.max(0, bean.getCollectionTime());
            }
        }
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Collectors that work beside the application report their cycles as time too; only pauses stop it. */
    static boolean stops(String collector) {
        String name = collector.toLowerCase(Locale.ROOT);
        return !name.contains("cycles") && !name.contains("concurrent");
    }

    /** A lateness that counts as standing still: all of it, or nothing if it is ordinary. */
    static long beyondNoise(long lateNanos) {
        return lateNanos > NOISE_NANOS ? lateNanos : 0;
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
            stoodStill += beyondNoise(System.nanoTime() - before - SLEEP_NANOS);
        }
    }
}
