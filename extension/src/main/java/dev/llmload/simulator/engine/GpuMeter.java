package dev.llmload.simulator.engine;

import java.util.function.LongSupplier;

/**
 * What the simulated GPU did so far. Its power is constant from one change to the next, so energy and working time are
 * exact, on the engine's own time: a step that a late timer ends late here has ended when it was due. Written by the
 * simulator's loop, read by any thread.
 */
public final class GpuMeter {
    private static final double AMBIENT_CELSIUS = 25;
    /** How much warmer it gets at its limit, and how fast. */
    private static final double HEATING_CELSIUS = 50;

    private static final double HEATING_NANOS = 20e9;

    private final GpuModel model;
    private final LongSupplier clock;

    // Guarded by this: the state since an instant, and what it had added up to by then.
    private long since;
    private long length = -1;
    private boolean working;
    private double watts;
    private double memoryBytes;
    private double joules;
    private long workedNanos;
    private double celsius;

    public GpuMeter(GpuModel model, LongSupplier clock) {
        this.model = model;
        this.clock = clock;
        this.since = clock.getAsLong();
        this.watts = model.idleWatts();
        this.memoryBytes = model.modelBytes();
        this.celsius = settled();
    }

    /**
     * What it had done by an instant.
     *
     * @param nanos the instant, on the engine's clock
     * @param watts being drawn
     * @param joules drawn since it began
     * @param workedNanos time in which it worked since it began
     */
    public record State(
            long nanos, double watts, double joules, long workedNanos, double celsius, double memoryBytes) {}

    public GpuModel model() {
        return model;
    }

    /** From one instant to another it works; by the share of the work that is possible, and the tokens in its memory. */
    public synchronized void step(long from, long until, double share, double tokens) {
        change(from, until - from, true, model.watts(share), tokens);
    }

    /** From an instant on it works until something changes. */
    synchronized void work(long from, double share, double tokens) {
        change(from, -1, true, model.watts(share), tokens);
    }

    /** From an instant on it is idle until something changes. */
    synchronized void idle(long from, double tokens) {
        change(from, -1, false, model.idleWatts(), tokens);
    }

    /** Up to now, or up to the end of a step whose end is still to be handled. */
    public synchronized State read() {
        long elapsed = Math.max(0, clock.getAsLong() - since);
        elapsed = length < 0 ? elapsed : Math.min(elapsed, length);
        return new State(
                since + elapsed,
                watts,
                joules + watts * elapsed / 1e9,
                workedNanos + (working ? elapsed : 0),
                warmed(elapsed),
                memoryBytes);
    }

    private void change(long from, long nextLength, boolean works, double nextWatts, double tokens) {
        long elapsed = from - since;
        joules += watts * elapsed / 1e9;
        workedNanos += working ? elapsed : 0;
        celsius = warmed(elapsed);
        since = from;
        length = nextLength;
        working = works;
        watts = nextWatts;
        memoryBytes = model.used(tokens);
    }

    private double warmed(long elapsed) {
        return settled() + (celsius - settled()) * Math.exp(-elapsed / HEATING_NANOS);
    }

    /** The temperature at which it stays with the power that it draws now. */
    private double settled() {
        return AMBIENT_CELSIUS + HEATING_CELSIUS * watts / model.maxWatts();
    }
}
