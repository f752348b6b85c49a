package dev.llmload.load.wire;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Notices when the whole process may stand still: garbage collection, a safepoint, a processor taken away. A daemon
 * thread sleeps five milliseconds at a time and says how much too long; pauses that the collectors report are a second
 * witness. That this one thread was late proves nothing by itself. Read from any thread, without waiting.
 */
public final class PauseDetector implements AutoCloseable {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** Lateness up to this is the ordinary noise of a scheduler. */
    private static final long NOISE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final List<GarbageCollectorMXBean> STOPPING = ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(bean -> stops(bean.getName()))
            .toList();

    private volatile boolean running = true;
    private volatile long stoodStill;

    private PauseDetector() {}

    /** One that watches from now on, until it is closed. */
    public static PauseDetector start() {
        PauseDetector detector = new PauseDetector();
        Thread thread = new Thread(detector::watch, "llm-load-standstill");
        thread.setDaemon(true);
        thread.start();
        return detector;
    }

    /** Nanoseconds by which the thread woke up too late so far, where that is more than noise. */
    public long stoodStill() {
        return stoodStill;
    }

    /** Nanoseconds in which the collectors say to have stopped the process, since it began. */
    public static long pauseNanos() {
        long millis = 0;
        for (GarbageCollectorMXBean bean : STOPPING) {
            millis += Math.max(0, bean.getCollectionTime());
        }
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Collectors that work beside the application report their cycles as time too; only pauses stop it. */
    static boolean stops(String collector) {
        String name = collector.toLowerCase(Locale.ROOT);
        return !name.contains("cycles") && !name.contains("concurrent");
    }

    /** A lateness that counts as standing still: all of it, or nothing if it is ordinary. */
    public static long beyondNoise(long lateNanos) {
        return lateNanos > NOISE_NANOS ? lateNanos : 0;
    }

    @Override
    public void close() {
        running = false;
    }

    private void watch() {
        long before = System.nanoTime();
        while (running) {
            LockSupport.parkNanos(TICK_NANOS);
            long now = System.nanoTime();
            stoodStill += beyondNoise(now - before - TICK_NANOS);
            before = now;
        }
    }
}
