package dev.llmload.gpu;

import dev.llmload.spi.TelemetrySource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Reads all GPUs of a source on a schedule, on a thread of its own, so that a slow driver delays nobody but the next
 * reading. The schedule is absolute: readings are due at multiples of the period after the start, a reading that takes
 * longer costs those that it overran and shifts none. Keeps the newest {@value #CAPACITY} samples.
 *
 * <p>Start, {@link #between} and close may be called from any thread. Closing it does not close the source.
 *
 * <pre>{@code
 * try (GpuSampler sampler = GpuSampler.start(source, GpuSampler.DEFAULT_PERIOD)) {
 *     long from = System.nanoTime();
 *     load();
 *     GpuLog log = sampler.between(from, System.nanoTime());
 * }
 * }</pre>
 */
public final class GpuSampler implements AutoCloseable {
    /** From one reading to the next, if nothing else is wanted: 200 ms. */
    public static final Duration DEFAULT_PERIOD = Duration.ofMillis(200);

    /** The shortest period: 100 ms; drivers do not refresh their values more often. */
    public static final Duration MIN_PERIOD = Duration.ofMillis(100);

    /** Samples that are kept: 27 minutes of 8 GPUs at 100 ms, 16 MB. */
    static final int CAPACITY = 131_072;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final TelemetrySource source;
    private final Duration period;
    private final SamplingClock clock;
    private final SampleStore store;
    private final Thread thread = new Thread(this::run, "llm-load-gpu");
    // Guarded by this.
    private long newestNanos;
    private boolean running;

    GpuSampler(TelemetrySource source, Duration period, SamplingClock clock, int capacity) {
        if (period.compareTo(MIN_PERIOD) < 0) {
            throw new IllegalArgumentException("the period of GPU telemetry must be at least " + MIN_PERIOD.toMillis()
                    + " ms, but was " + period.toMillis() + " ms");
        }
        this.source = source;
        this.period = period.compareTo(source.shortestPeriod()) < 0 ? source.shortestPeriod() : period;
        this.clock = clock;
        this.store = new SampleStore(capacity);
        thread.setDaemon(true);
    }

    /**
     * Starts a sampler; its first reading is under way when this returns.
     *
     * @param source what to read; stays the caller's
     * @param period from one reading to the next, at least {@link #MIN_PERIOD}; the source's own
     *     {@link TelemetrySource#shortestPeriod()} if that is longer
     * @return a running sampler, to be closed
     * @throws IllegalArgumentException if the period is too short
     */
    public static GpuSampler start(TelemetrySource source, Duration period) {
        GpuSampler sampler = new GpuSampler(source, period, SamplingClock.SYSTEM, CAPACITY);
        sampler.begin();
        sampler.thread.start();
        return sampler;
    }

    /**
     * What was read between two instants. If the reading after the second one is still to come it is waited for, two
     * seconds at most: never call this while load is offered.
     *
     * @param fromNanos an instant of {@link System#nanoTime()}
     * @param toNanos a later one
     * @return the samples, with each device's last one before and first one after the stretch where there are such
     */
    public GpuLog between(long fromNanos, long toNanos) {
        await(toNanos);
        return new GpuLog(
                source.name(),
                source.devices(),
                period,
                source.renewal(),
                store.between(fromNanos, toNanos),
                store.lossesBefore(toNanos),
                store.troubles());
    }

    /**
     * Devices that were lost so far.
     *
     * @return in the order in which that was noticed
     */
    public List<GpuLoss> losses() {
        return store.lossesBefore(clock.nanoTime());
    }

    /** Ends the thread; waits for a reading that is under way, two seconds at most. Further calls do nothing. */
    @Override
    public void close() {
        end();
        thread.interrupt();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads on schedule until it is told to end. */
    void run() {
        long due = clock.nanoTime();
        while (isRunning()) {
            long begun = clock.nanoTime();
            read();
            newest(begun);
            long now = clock.nanoTime();
            due += period.toNanos() * Math.max(1, (now - due + period.toNanos() - 1) / period.toNanos());
            try {
                clock.sleep(Math.max(1, due - now));
            } catch (InterruptedException e) {
                end();
            }
        }
    }

    // A reading that fails is one reading lost, and said.
    private void read() {
        try {
            source.read(store);
        } catch (RuntimeException | Error e) {
            source.devices().forEach(device -> store.missed(device.device().uuid(), "the source failed with " + e));
        }
    }

    synchronized void begin() {
        running = true;
        newestNanos = clock.nanoTime() - 1;
    }

    private synchronized boolean isRunning() {
        return running;
    }

    private synchronized void end() {
        running = false;
        notifyAll();
    }

    private synchronized void newest(long nanos) {
        newestNanos = nanos;
        notifyAll();
    }

    private synchronized void await(long nanos) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (running && newestNanos - nanos < 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(giveUp - System.nanoTime());
                if (left <= 0) {
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
