package dev.llmload.simulator.engine;

import dev.llmload.exposition.MetricsText;

/** How long after its instant the end of each step was handled: whether the simulator itself kept up. */
public final class StepLateness {
    private static final double[] BOUNDS_SECONDS = {
        0.0001, 0.0002, 0.0005, 0.001, 0.0015, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1
    };

    private final long[] counts = new long[BOUNDS_SECONDS.length + 1];
    private double sumSeconds;

    void add(long nanos) {
        double seconds = Math.max(0, nanos) / 1e9;
        int i = 0;
        while (i < BOUNDS_SECONDS.length && seconds > BOUNDS_SECONDS[i]) {
            i++;
        }
        counts[i]++;
        sumSeconds += seconds;
    }

    public void write(MetricsText text) {
        text.histogram(
                "simulator:step_lateness_seconds",
                "How long after its instant each step's end was handled.",
                BOUNDS_SECONDS,
                counts,
                sumSeconds);
    }
}
