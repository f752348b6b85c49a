package dev.llmload.simulator;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The slots and the prefill that requests share. Confined to the simulator's one event loop, so it needs no lock.
 *
 * <p>Both are first in, first out: the {@code maxConcurrent + 1}st request waits until one of those before it has
 * ended, and a request that got its slot waits until those before it are prefilled.
 */
final class Engine {
    private final SimulatorTiming timing;
    private final Ledger ledger;
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private int running;
    private long prefillFreeNanos = System.nanoTime();

    Engine(SimulatorTiming timing, Ledger ledger) {
        this.timing = timing;
        this.ledger = ledger;
    }

    /** Runs the start of an answer, now or when a slot is free. */
    void admit(Runnable start) {
        if (timing.maxConcurrent() == 0 || running < timing.maxConcurrent()) {
            running++;
            ledger.slots(running, queue.size());
            start.run();
        } else {
            queue.add(start);
            ledger.slots(running, queue.size());
        }
    }

    /** Gives back the slot that was had with this start, or its place in the queue. */
    void leave(Runnable start) {
        if (queue.remove(start)) {
            ledger.slots(running, queue.size());
            return;
        }
        Runnable next = queue.poll();
        if (next == null) {
            running--;
        }
        ledger.slots(running, queue.size());
        if (next != null) {
            next.run();
        }
    }

    /** When a request that starts now will be prefilled. Books the prefill. */
    long prefilledNanos(long nowNanos) {
        long start = prefillFreeNanos - nowNanos > 0 ? prefillFreeNanos : nowNanos;
        prefillFreeNanos = start + timing.prefill().toNanos();
        return prefillFreeNanos;
    }

    /** From one chunk to the next with as many running as now, by a draw of 0 to 1. */
    long chunkNanos(double draw) {
        double grown = timing.tpot().toNanos() * (1 + timing.tpotGrowth() * (running - 1));
        return RequestPlan.jitter(Math.round(grown * timing.tokensPerChunk()), timing.tpotJitter(), draw);
    }
}
