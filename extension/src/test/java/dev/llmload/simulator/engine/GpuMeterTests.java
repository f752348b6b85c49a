package dev.llmload.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.result.GpuSample;
import dev.llmload.simulator.SimulatorSettings;
import dev.llmload.spi.GpuReadings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulated GPU on a clock that the test turns: 100 W idle, 200 to 300 W at work, 10 GB and 1 MB a token. */
public class GpuMeterTests {
    private static final GpuModel MODEL = new GpuModel("NVIDIA A40", 100, 200, 300, 48e9, 10e9, 1e6);
    private static final long S = 1_000_000_000L;

    private long now;
    private final GpuMeter meter = new GpuMeter(MODEL, () -> now);
    private final SimulatedGpu source = new SimulatedGpu(meter);

    /** For tests that do not look at it. */
    public static GpuMeter meter() {
        return new GpuMeter(MODEL, System::nanoTime);
    }

    private GpuSample read(long nanos) {
        now = nanos;
        List<GpuSample> samples = new ArrayList<>();
        source.read(new GpuReadings() {
            @Override
            public void sample(GpuSample sample) {
                samples.add(sample);
            }

            @Override
            public void missed(String uuid, String reason) {
                throw new AssertionError(reason);
            }

            @Override
            public void lost(String uuid, long lostNanos, String reason) {
                throw new AssertionError(reason);
            }
        });
        return samples.get(0);
    }

    @Test
    void energy_isThatOfEachStretch() {
        meter.step(2 * S, 3 * S, 0.5, 0);
        meter.step(3 * S, 5 * S, 1, 0);
        meter.idle(5 * S, 0);
        assertThat(read(7 * S).energyJoules()).isEqualTo(2 * 100 + 250 + 2 * 300 + 2 * 100);
    }

    @Test
    void energy_neverRunsBackwards_norBeyondAStepThatIsDue() {
        meter.step(0, S, 1, 0);
        assertThat(read(S / 2).energyJoules()).isEqualTo(150);
        GpuSample late = read(3 * S);
        assertThat(late.energyJoules()).isEqualTo(300);
        assertThat(late.nanos()).isEqualTo(S);
        meter.idle(S, 0);
        assertThat(read(3 * S).energyJoules()).isEqualTo(500);
    }

    @Test
    void powerAndUtilisation_areMeansSinceTheReadingBefore() {
        read(0);
        meter.step(S, 2 * S, 1, 0);
        meter.idle(2 * S, 0);
        GpuSample sample = read(4 * S);
        assertThat(sample.powerWatts()).isEqualTo((3 * 100 + 300) / 4.0);
        assertThat(sample.gpuUtil()).isEqualTo(0.25);
        assertThat(read(5 * S).powerWatts()).isEqualTo(100);
        assertThat(read(6 * S).gpuUtil()).isZero();
    }

    @Test
    void secondReadingInTheSameInstant_hasThePowerOfIt_andNoUtilisation() {
        meter.work(0, 0.5, 0);
        assertThat(read(0).powerWatts()).isEqualTo(250);
        assertThat(read(0).gpuUtil()).isNaN();
    }

    @Test
    void memory_isTheModelAndTheTokens_neverMoreThanThereIs() {
        assertThat(read(0).memoryUsedBytes()).isEqualTo(10e9);
        meter.work(0, 0.5, 2000);
        assertThat(read(1).memoryUsedBytes()).isEqualTo(12e9);
        meter.work(1, 0.5, 1e9);
        assertThat(read(2).memoryUsedBytes()).isEqualTo(48e9);
    }

    @Test
    void temperature_followsThePower_slowly() {
        double idle = 25 + 50 / 3.0;
        assertThat(read(0).temperatureCelsius()).isCloseTo(idle, within(1e-9));
        meter.work(0, 1, 0);
        assertThat(read(20 * S).temperatureCelsius()).isCloseTo(75 - (75 - idle) / Math.E, within(1e-9));
        assertThat(read(2000 * S).temperatureCelsius()).isCloseTo(75, within(1e-9));
        assertThat(read(2000 * S).throttle()).isEqualTo("power cap");
    }

    @Test
    void whatItDoesNotHave_isAbsent() {
        GpuSample sample = read(0);
        assertThat(List.of(sample.memUtil(), sample.smClockMhz(), sample.memClockMhz(), sample.tensorActivity()))
                .containsOnly(Double.NaN);
        assertThat(sample.throttle()).isEmpty();
    }

    /** 64 tokens at most in a step of 10 ms, 6400 tokens a second of 12800 possible: half of the arithmetic. */
    @Test
    void batchingEngine_drawsByWhatItsStepsCompute() {
        EngineModel model = new EngineModel(
                12_800, 64, Duration.ofMillis(10), Duration.ZERO, Duration.ZERO, 8, 4096, 1024, false, 0);
        BatchEngine engine = new BatchEngine(model);
        engine.submit(new Sequence(64, new long[0], 3, () -> {}));
        long prefill = engine.begin();
        assertThat(prefill).isEqualTo(15_000_000);
        assertThat(engine.arithmetic(prefill)).isCloseTo(64 / (12_800 * 0.015), within(1e-12));
        assertThat(engine.kvTokens()).isEqualTo(64);
        engine.end();
        long decode = engine.begin();
        assertThat(engine.arithmetic(decode)).isCloseTo(1 / (12_800 * 0.010), within(1e-12));
        assertThat(engine.kvTokens()).isEqualTo(80);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gpu= | gpu must be a name, but was \"\"",
                "gpuActiveWatts=10 | gpuActiveWatts must be at least gpuIdleWatts (50.0), but was 10.0",
                "gpuMaxWatts=100 | gpuMaxWatts must be at least gpuActiveWatts (200.0), but was 100.0",
                "gpuMemoryGb=8 | gpuMemoryGb must be at least gpuModelGb (17.0), but was 8.0",
                "gpuIdleWatts=-1 | parameter \"gpuIdleWatts\" must be a number such as 250 or 0.5, but was \"-1\""
            })
    void whatMakesNoSense_isRefused(String parameter, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatorSettings.parse("simulator?" + parameter))
                .withMessageContaining(message);
    }
}
