package dev.llmload.load.health;

import dev.llmload.load.wire.PauseDetector;
import dev.llmload.load.wire.VertxWire;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Watches one event loop from within: how late a timer fires, and how much CPU time the loop's thread uses. A late
 * probe stands for all those that could not fire meanwhile.
 */
public final class LoopProbe {
    static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final VertxWire wire;

    // Confined to the loop.
    private final List<Stretch> watched = new ArrayList<>();
    private @Nullable ScheduledFuture<?> timer;
    private boolean stopped;
    private long due;

    public LoopProbe(VertxWire wire) {
        this.wire = wire;
    }

    /** What was seen of the loop from a beginning to an end; read it after {@link LoopProbe#stop}. */
    final class Stretch {
        private final Histogram delays = new Histogram(LONGEST, 3);
        private final long beginNanos = System.nanoTime();
        private final long beginCpu = cpu();
        private long stoodStill;
        private long queuedBefore = -1;
        private long queuedAfter = -1;
        private volatile double utilisation = Double.NaN;

        /** Later delays do not count. From any thread. */
        void end() {
            long wall = System.nanoTime() - beginNanos;
            long cpu = cpu();
            utilisation =
                    wall <= 0 || cpu < 0 || beginCpu < 0 ? Double.NaN : Math.min(1, (double) (cpu - beginCpu) / wall);
            wire.execute(() -> {
                watched.remove(this);
                queuedAfter = wire.queuedNanos();
            });
        }

        /** Nanoseconds for which the loop waited for a processor though it could have run; -1 if nobody knows. */
        long queued() {
            return queuedBefore < 0 || queuedAfter < 0 ? -1 : queuedAfter - queuedBefore;
        }

        /** How late the probe was, in nanoseconds. */
        Histogram delays() {
            return delays;
        }

        /** Share of the time in which the loop's thread used a processor, NaN if this JVM cannot tell. */
        double utilisation() {
            return utilisation;
        }

        /** Nanoseconds in which the loop did nothing because it was held up for long, by itself or by the machine. */
        long stoodStill() {
            return stoodStill;
        }

        // What was late before it began is not its own.
        private void late(long lateNanos, long now) {
            long nanos = Math.max(0, Math.min(lateNanos, now - beginNanos));
            delays.recordValueWithExpectedInterval(Math.min(nanos, LONGEST), PERIOD_NANOS);
            stoodStill += PauseDetector.beyondNoise(nanos);
        }
    }

    /** Watches from now on. From any thread. */
    Stretch begin() {
        Stretch stretch = new Stretch();
        wire.execute(() -> {
            watched.add(stretch);
            stretch.queuedBefore = wire.queuedNanos();
            if (timer == null && !stopped) {
                next();
            }
        });
        return stretch;
    }

    /** Stops watching; done when everything that was seen may be read. From any thread. */
    public CompletableFuture<Void> stop() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        wire.execute(() -> {
            stopped = true;
            ScheduledFuture<?> pending = timer;
            if (pending != null) {
                pending.cancel(false);
            }
            done.complete(null);
        });
        return done;
    }

    private void next() {
        due = System.nanoTime() + PERIOD_NANOS;
        timer = wire.schedule(this::fired, PERIOD_NANOS);
    }

    private void fired() {
        long now = System.nanoTime();
        for (Stretch stretch : watched) {
            stretch.late(now - due, now);
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
