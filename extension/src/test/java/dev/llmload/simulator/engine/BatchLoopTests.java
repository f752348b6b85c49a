package dev.llmload.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.simulator.SimulatorSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps in real time, on a clock that the test turns. A step takes 10 ms. */
class BatchLoopTests implements StepTimer {
    private static final long MS = 1_000_000;

    private final BatchLoop loop = new BatchLoop(
            new BatchEngine(new EngineModel(
                    1_000_000_000, 64, Duration.ofMillis(10), Duration.ZERO, Duration.ZERO, 8, 4096, 1024, false, 0)),
            this,
            new Ledger(),
            new GpuMeter(SimulatorSettings.parse("simulator").gpu(), this::nanoTime));
    private final List<Long> tokens = new ArrayList<>();
    private long now = 1000 * MS;
    private long due = -1;
    private Runnable task = () -> {};

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void after(long nanos, Runnable next) {
        assertThat(due).as("one timer at a time").isEqualTo(-1);
        due = now + nanos;
        task = next;
    }

    /** The timer fires, so late. */
    private void fire(long late) {
        now = due + late;
        due = -1;
        task.run();
    }

    private Sequence submit(int output) {
        Sequence sequence = new Sequence(1, new long[0], output, () -> tokens.add(now / MS));
        loop.submit(sequence);
        return sequence;
    }

    @Test
    void anIdleEngine_beginsWhenARequestComes() {
        submit(1);
        assertThat(due - now).isEqualTo(10 * MS + 1);
        fire(0);
        assertThat(tokens).containsExactly(1010L);
        assertThat(due).as("idle again").isEqualTo(-1);
    }

    @Test
    void aLateTimer_makesNoOtherStepLate() {
        submit(3);
        fire(4 * MS);
        assertThat(due - now).isEqualTo(6 * MS);
        fire(0);
        fire(0);
        assertThat(tokens).containsExactly(1014L, 1020L, 1030L);
    }

    @Test
    void afterAStandstill_theStepsCatchUp() {
        submit(4);
        fire(25 * MS);
        assertThat(due - now).isZero();
        fire(0);
        fire(0);
        fire(0);
        assertThat(tokens).containsExactly(1035L, 1035L, 1035L, 1040L);
    }

    @Test
    void whoComesDuringAStep_isInTheNextOne() {
        submit(2);
        now += 3 * MS;
        submit(1);
        fire(0);
        assertThat(tokens).containsExactly(1010L);
        fire(0);
        assertThat(tokens).containsExactly(1010L, 1020L, 1020L);
    }

    @Test
    void whatIsParked_stopsNobodyElse() {
        Sequence parked = submit(9);
        fire(0);
        loop.park(parked);
        fire(0);
        assertThat(due).as("nothing to do").isEqualTo(-1);
        loop.cancel(parked);
        submit(1);
        fire(0);
        assertThat(tokens).hasSize(2);
    }
}
