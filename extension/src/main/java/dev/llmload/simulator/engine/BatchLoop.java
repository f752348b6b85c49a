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
    private final StepLateness lateness;
    private final int replica;
    private boolean stepping;
    private long dueNanos;

    /** Of the only replica. */
    public BatchLoop(BatchEngine engine, StepTimer timer, Ledger ledger, GpuMeter gpu) {
        this(0, engine, timer, ledger, gpu, new StepLateness());
    }

    /** Of one of several replicas, by its number from 0; they may share the lateness of their steps. */
    public BatchLoop(
            int replica, BatchEngine engine, StepTimer timer, Ledger ledger, GpuMeter gpu, StepLateness lateness) {
        this.replica = replica;
        this.engine = engine;
        this.timer = timer;
        this.ledger = ledger;
        this.gpu = gpu;
        this.lateness = lateness;
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

    /** A step that runs goes on; an engine that stood still looks whether there is something to do now. */
    private void changed() {
        if (stepping) {
            ledger.slots(replica, engine.running(), engine.waiting());
        } else {
            dueNanos = timer.nanoTime();
            begin();
        }
    }

    private void begin() {
        long from = dueNanos;
        long duration = engine.begin();
        ledger.slots(replica, engine.running(), engine.waiting());
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
