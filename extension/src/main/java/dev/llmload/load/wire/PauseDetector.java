package dev.llmload.load.wire;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Notices when the whole process may stand still: garbage collection, a safepoint, a processor taken away. A daemon
 * thread sleeps a millisecond at a time and says how much too long; pauses that the collectors report are a second
 * witness. That this one thread was late proves nothing by itself: a bound on lateness may be too large for it, never too
 * small. Read from any thread, without waiting.
 */
public final class PauseDetector implements AutoCloseable {
    /** Between two signs of life. */
    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** A sign of life that is late by no more than this is on time: timers and wake-ups take that long. */
    static final long ON_TIME_NANOS = TimeUnit.MICROSECONDS.toNanos(300);
    /** Lateness up to this is the ordinary noise of a scheduler. */
    private static final long NOISE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final List<GarbageCollectorMXBean> STOPPING = ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(bean -> stops(bean.getName()))
            .toList();

    private record Gap(long from, long to) {}

    private final LongSupplier clock;
    private volatile boolean running = true;
    private volatile long stoodStill;
    private volatile long alive;
    private volatile Gap gap;

    private PauseDetector(LongSupplier clock) {
        this.clock = clock;
        this.alive = clock.getAsLong();
        this.gap = new Gap(alive, alive);
    }

    /** One that watches from now on, until it is closed. */
    public static PauseDetector start() {
        PauseDetector detector = new PauseDetector(System::nanoTime);
        Thread thread = new Thread(detector::watch, "llm-load-standstill");
        thread.setDaemon(true);
        thread.start();
        return detector;
    }

    /** One that a test tells of signs of life. */
    static PauseDetector onClock(LongSupplier clock) {
        return new PauseDetector(clock);
    }

    /** Nanoseconds by which the thread woke up too late so far, where that is more than noise. */
    public long stoodStill() {
        return stoodStill;
    }

    /**
     * Since when the process may have stood still, for somebody who slept and was awake again.
     *
     * @param from when the sleep began
     * @param until when it was over
     * @param slack nanoseconds that a thread may take to run again after a standstill
     * @return {@code until} if there were signs of life all the time, else an instant of the sleep
     */
    long standstill(long from, long until, long slack) {
        long last = alive; // asked first: who has just signed has told of the gap before
        Gap before = gap;
        if (until - last > TICK_NANOS + ON_TIME_NANOS) {
            return last - from > 0 ? last : from;
        }
        if (before.to() - from > 0 && until - before.to() <= slack && until - before.from() > 0) {
            return before.from() - from > 0 ? before.from() : from;
        }
        return until;
    }

    /** A sign of life; the last one came before a sleep of one tick. */
    void alive(long now) {
        long late = now - alive - TICK_NANOS;
        if (late > ON_TIME_NANOS) {
            gap = new Gap(alive, now);
        }
        stoodStill += beyondNoise(late);
        alive = now;
    }

    /** How often the collectors have stopped the process since it began. Some hundred nanoseconds. */
    static long collections() {
        long count = 0;
        for (GarbageCollectorMXBean bean : STOPPING) {
            count += Math.max(0, bean.getCollectionCount());
        }
        return count;
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
        while (running) {
            LockSupport.parkNanos(TICK_NANOS);
            alive(clock.getAsLong());
        }
    }
}
