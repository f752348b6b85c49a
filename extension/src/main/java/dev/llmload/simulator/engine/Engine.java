package dev.llmload.simulator.engine;

import dev.llmload.simulator.settings.SimulatorTiming;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The slots and the prefill that requests share. Confined to the simulator's one event loop, so it needs no lock.
 *
 * <p>Both are first in, first out: the {@code maxConcurrent + 1}st request waits until one of those before it has
 * ended, and a request that got its slot waits until those before it are prefilled.
 */
public final class Engine {
    /** What the GPU makes of requests that have no KV entries here. */
    private static final double TOKENS_OF_A_REQUEST = 1024;

    private static final int SLOTS_WITHOUT_LIMIT = 64;

    private final SimulatorTiming timing;
    private final Ledger ledger;
    private final GpuMeter gpu;
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private int running;
    private long prefillFreeNanos = System.nanoTime();

    public Engine(SimulatorTiming timing, Ledger ledger, GpuMeter gpu) {
        this.timing = timing;
        this.ledger = ledger;
        this.gpu = gpu;
    }

    /** Runs the start of an answer, now or when a slot is free. */
    public void admit(Runnable start) {
        if (timing.maxConcurrent() == 0 || running < timing.maxConcurrent()) {
            running++;
            changed();
            start.run();
        } else {
            queue.add(start);
            changed();
        }
    }

    /** Gives back the slot that was had with this start, or its place in the queue. */
    public void leave(Runnable start) {
        if (queue.remove(start)) {
            changed();
            return;
        }
        Runnable next = queue.poll();
        if (next == null) {
            running--;
        }
        changed();
        if (next != null) {
            next.run();
        }
    }

    private void changed() {
        ledger.slots(0, running, queue.size());
        long now = System.nanoTime();
        double tokens = TOKENS_OF_A_REQUEST * running;
        if (running == 0) {
            gpu.idle(now, tokens);
        } else {
            int slots = timing.maxConcurrent() == 0 ? SLOTS_WITHOUT_LIMIT : timing.maxConcurrent();
            gpu.work(now, (double) running / slots, tokens);
        }
    }

    /** When a request that starts now will be prefilled. Books the prefill. */
    public long prefilledNanos(long nowNanos) {
        long start = prefillFreeNanos - nowNanos > 0 ? prefillFreeNanos : nowNanos;
        prefillFreeNanos = start + timing.prefill().toNanos();
        return prefillFreeNanos;
    }

    /** From one chunk to the next with as many running as now, by a draw of 0 to 1. */
    public long chunkNanos(double draw) {
        double grown = timing.tpot().toNanos() * (1 + timing.tpotGrowth() * (running - 1));
        return SimulatorTiming.jitter(Math.round(grown * timing.tokensPerChunk()), timing.tpotJitter(), draw);
    }
}
