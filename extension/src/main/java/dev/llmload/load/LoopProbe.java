package dev.llmload.load;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Watches one event loop from within: how late a timer fires, and how much CPU time the loop's thread uses. A late
 * probe stands for all those that could not fire meanwhile.
 */
final class LoopProbe {
    static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final VertxWire wire;
    private final Histogram delays = new Histogram(LONGEST, 3);

    private @Nullable ScheduledFuture<?> timer;
    private boolean recording;
    private boolean stopped;
    private long due;
    private volatile long openNanos;
    private volatile long openCpu;
    private volatile double utilisation = Double.NaN;

    LoopProbe(VertxWire wire) {
        this.wire = wire;
    }

    /** Starts watching, or starts over. From any thread. */
    void open() {
        openNanos = System.nanoTime();
        openCpu = cpu();
        utilisation = Double.NaN;
        wire.execute(() -> {
            delays.reset();
            recording = true;
            if (timer == null && !stopped) {
                next();
            }
        });
    }

    /** Takes the numbers; later ones do not count until it is opened again. From any thread. */
    void close() {
        long wall = System.nanoTime() - openNanos;
        long cpu = cpu();
        utilisation = wall <= 0 || cpu < 0 || openCpu < 0 ? Double.NaN : Math.min(1, (double) (cpu - openCpu) / wall);
        wire.execute(() -> recording = false);
    }

    /** Share of the time in which the loop's thread used a processor, NaN if this JVM cannot tell. */
    double utilisation() {
        return utilisation;
    }

    /** Stops watching and hands over how late the probe was, in nanoseconds. */
    CompletableFuture<Histogram> finish() {
        CompletableFuture<Histogram> result = new CompletableFuture<>();
        wire.execute(() -> {
            stopped = true;
            ScheduledFuture<?> pending = timer;
            if (pending != null) {
                pending.cancel(false);
            }
            result.complete(delays);
        });
        return result;
    }

    private void next() {
        due = System.nanoTime() + PERIOD_NANOS;
        timer = wire.schedule(this::fired, PERIOD_NANOS);
    }

    private void fired() {
        if (recording) {
            long late = Math.max(0, System.nanoTime() - due);
            delays.recordValueWithExpectedInterval(Math.min(late, LONGEST), PERIOD_NANOS);
        }
        if (!stopped) {
            next();
        }
    }

    private long cpu() {
        return THREADS.isThreadCpuTimeSupported()
                ? THREADS.getThreadCpuTime(wire.thread().getId())
                : -1;
    }
}
