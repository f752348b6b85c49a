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
    private final Deque<Answer> queue = new ArrayDeque<>();
    private int running;
    private long prefillFreeNanos = System.nanoTime();

    Engine(SimulatorTiming timing, Ledger ledger) {
        this.timing = timing;
        this.ledger = ledger;
    }

    /** Starts an answer, now or when a slot is free. */
    void admit(Answer answer) {
        if (timing.maxConcurrent() == 0 || running < timing.maxConcurrent()) {
            running++;
            ledger.slots(running, queue.size());
            answer.start();
        } else {
            queue.add(answer);
            ledger.slots(running, queue.size());
        }
    }

    /** Gives a slot back, or the place in the queue. */
    void leave(Answer answer) {
        if (queue.remove(answer)) {
            ledger.slots(running, queue.size());
            return;
        }
        running--;
        Answer next = queue.poll();
        if (next != null) {
            running++;
            next.start();
        }
        ledger.slots(running, queue.size());
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
