package dev.llmload.gpu;

import static dev.llmload.gpu.Gpus.at;
import static dev.llmload.gpu.Gpus.nanos;
import static dev.llmload.gpu.Gpus.power;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.result.GpuSample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnergyTests {
    private static final List<GpuSample> ORACLE =
            List.of(power(0, 100), power(1000, 200), power(2000, 300), power(4000, 100));

    @Test
    void trapezoid_isWeightedByTime() {
        Energy energy = Energy.of(ORACLE, 0, nanos(4));
        assertThat(energy.joules()).isEqualTo(800);
        assertThat(energy.method()).isEqualTo("trapezoid");
        assertThat(Energy.meanWatts(ORACLE)).isEqualTo(200);
    }

    @Test
    void trapezoid_isCutAtTheWindowsEdges() {
        // From 150 W at 0.5 s to 200 W at 3 s: 87.5 + 250 + 250 J.
        assertThat(Energy.of(ORACLE, nanos(0.5), nanos(3)).joules()).isCloseTo(587.5, within(1e-9));
    }

    @Test
    void counter_isInterpolatedAtTheWindowsEdges() {
        List<GpuSample> samples = List.of(at(0, 1, 1000), at(1000, 1, 1100), at(2000, 1, 1300), at(3000, 1, 1400));
        Energy energy = Energy.of(samples, nanos(0.5), nanos(2.25));
        assertThat(energy.joules()).isCloseTo(1325 - 1050, within(1e-9));
        assertThat(energy.method()).isEqualTo("counter");
        assertThat(energy.uncertainty()).isCloseTo(1 / 1.75, within(1e-12));
    }

    @Test
    void counterThatWentBackwards_isNotUsed() {
        List<GpuSample> samples = List.of(at(0, 100, 5000), at(1000, 100, 5100), at(2000, 100, 10), at(3000, 100, 110));
        Energy energy = Energy.of(samples, 0, nanos(3));
        assertThat(energy.method()).isEqualTo("trapezoid");
        assertThat(energy.joules()).isEqualTo(300);
    }

    @Test
    void uncertainty_isThePeriodInWhichTheSourceRefreshes_notThatOfTheReadings() {
        List<GpuSample> samples = new ArrayList<>();
        for (long t = 0; t <= 100_000; t += 200) {
            samples.add(at(t, 250, 250.0 * (t / 1000)));
        }
        assertThat(Energy.of(samples, 0, nanos(100)).uncertainty()).isCloseTo(0.01, within(1e-12));
    }

    @Test
    void windowThatBeginsLongBeforeTheSamples_hasNoEnergy() {
        List<GpuSample> samples = Gpus.steady(1000, 3000, 250);
        assertThat(Energy.of(samples, nanos(0.7), nanos(3)).joules()).isCloseTo(575, within(1e-9));
        Energy none = Energy.of(samples, nanos(0.5), nanos(3));
        assertThat(none.joules()).isNaN();
        assertThat(none.method()).isEmpty();
        assertThat(none.uncertainty()).isNaN();
    }

    @Test
    void withoutAnyReading_energyIsAbsent() {
        assertThat(Energy.of(List.of(), 0, nanos(1)).joules()).isNaN();
        assertThat(Energy.of(List.of(power(0, 100)), 0, nanos(1)).joules()).isNaN();
        assertThat(Energy.meanWatts(List.of())).isNaN();
    }

    @Test
    void clockMayBeNearItsEnd() {
        long origin = Long.MAX_VALUE - 2_000_000_000L;
        List<GpuSample> samples = new ArrayList<>();
        for (int i = 0; i <= 40; i++) {
            GpuSample sample = at(0, 100, 20.0 * i);
            samples.add(new GpuSample(
                    origin + i * 200_000_000L,
                    sample.uuid(),
                    sample.gpuUtil(),
                    sample.memUtil(),
                    sample.memoryUsedBytes(),
                    sample.memoryTotalBytes(),
                    sample.temperatureCelsius(),
                    sample.powerWatts(),
                    sample.energyJoules(),
                    sample.smClockMhz(),
                    sample.memClockMhz(),
                    sample.powerLimitWatts(),
                    sample.tensorActivity(),
                    sample.throttle()));
        }
        assertThat(Energy.of(samples, origin, origin + 8_000_000_000L).joules()).isCloseTo(800, within(1e-6));
    }
}
