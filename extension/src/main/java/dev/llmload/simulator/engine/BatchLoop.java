package dev.llmload.simulator.engine;

/**
 * Lets a {@link BatchEngine} run in real time on an event loop. Each step begins at the instant at which the one before
 * it was due to end, not when that was noticed: a late timer makes one step late and no other, and after a standstill the steps catch up. Confined to its loop.
 */
public final class BatchLoop {
    private final BatchEngine engine;
    private final StepTimer timer;
    private final Ledger ledger;
    private final GpuMeter gpu;
    private final StepLateness lateness = new StepLateness();
    private boolean stepping;
    private long dueNanos;

    public BatchLoop(BatchEngine engine, StepTimer timer, Ledger ledger, GpuMeter gpu) {
        this.engine = engine;
        this.timer = timer;
        this.ledger = ledger;
        this.gpu = gpu;
    }

    public void submit(Sequence sequence) {
        engine.submit(sequence);
        changed();
    }

    public void cancel(Sequence sequence) {
        engine.cancel(sequence);
        changed();
    }

    public void park(Sequence sequence) {
        engine.park(sequence);
    }

    public BatchEngine engine() {
        return engine;
    }

    public StepLateness lateness() {
        return lateness;
    }

    /** A step that runs goes on; an engine that stood still looks whether there is something to do now. */
    private void changed() {
        if (stepping) {
            ledger.slots(engine.running(), engine.waiting());
        } else {
            dueNanos = timer.nanoTime();
            begin();
        }
    }

    private void begin() {
        long from = dueNanos;
        long duration = engine.begin();
        ledger.slots(engine.running(), engine.waiting());
        stepping = duration >= 0;
        if (!stepping) {
            gpu.idle(from, engine.kvTokens());
            return;
        }
        dueNanos += duration;
        gpu.step(from, dueNanos, engine.arithmetic(duration), engine.kvTokens());
        timer.after(Math.max(0, dueNanos - timer.nanoTime()), this::end);
    }

    private void end() {
        lateness.add(timer.nanoTime() - dueNanos);
        engine.end();
        begin();
    }
}
