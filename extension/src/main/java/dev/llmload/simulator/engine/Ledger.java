package dev.llmload.simulator.engine;

import dev.llmload.simulator.Fault;
import dev.llmload.simulator.SimulatorStats;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the simulator's own numbers. Written by its loop, read by any thread. */
public final class Ledger {
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final Map<String, Long> finished = new TreeMap<>(Map.of("length", 0L, "stop", 0L));
    private long[] ttftNanos = new long[256];
    private int ttfts;
    private long requests;
    private long completed;
    private long promptTokens;
    private long outputTokens;
    private int[] runningOf = new int[1];
    private int[] queuedOf = new int[1];
    private int running;
    private int maxRunning;
    private int queued;
    private int maxQueued;

    public synchronized void request() {
        requests++;
    }

    /** What one replica, by its number from 0, has in its slots and in its queue now. */
    synchronized void slots(int replica, int nowRunning, int nowQueued) {
        if (replica >= runningOf.length) {
            runningOf = Arrays.copyOf(runningOf, replica + 1);
            queuedOf = Arrays.copyOf(queuedOf, replica + 1);
        }
        running += nowRunning - runningOf[replica];
        queued += nowQueued - queuedOf[replica];
        runningOf[replica] = nowRunning;
        queuedOf[replica] = nowQueued;
        maxRunning = Math.max(maxRunning, running);
        maxQueued = Math.max(maxQueued, queued);
    }

    public synchronized void fault(Fault fault) {
        faults.merge(fault, 1L, Long::sum);
    }

    public synchronized void firstToken(long nanosSinceRead) {
        if (ttfts == ttftNanos.length) {
            ttftNanos = Arrays.copyOf(ttftNanos, ttfts * 2);
        }
        ttftNanos[ttfts++] = nanosSinceRead;
    }

    public synchronized void completed(int prompt, int output, String reason) {
        completed++;
        finished.merge(reason, 1L, Long::sum);
        promptTokens += prompt;
        outputTokens += output;
    }

    public synchronized SimulatorStats snapshot() {
        return new SimulatorStats(
                requests,
                completed,
                running,
                maxRunning,
                queued,
                maxQueued,
                Map.copyOf(faults),
                promptTokens,
                outputTokens,
                Arrays.copyOf(ttftNanos, ttfts));
    }

    /** Answers that completed, by finish reason. */
    public synchronized Map<String, Long> finished() {
        return new TreeMap<>(finished);
    }
}
