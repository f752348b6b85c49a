package dev.llmload.gpu;

import static dev.llmload.gpu.Gpus.A;
import static dev.llmload.gpu.Gpus.nanos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.result.GpuSample;
import dev.llmload.result.GpuUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GpuWindowTests {
    private static GpuWindow window(GpuLog log, double from, double to) {
        return GpuWindow.of(log, nanos(from), nanos(to), Map.of());
    }

    @Test
    void powerIsEnergyOverWindow_grossAndNetOfIdle() {
        GpuWindow window = GpuWindow.of(Gpus.log(Gpus.steady(0, 12_000, 250)), nanos(1), nanos(11), Map.of(A, 30.0));
        GpuUse use = window.telemetry().devices().get(0);
        assertThat(use.energyJoules()).isCloseTo(2500, within(1e-6));
        assertThat(use.energyMethod()).isEqualTo("counter");
        assertThat(use.powerWatts()).isCloseTo(250, within(1e-9));
        assertThat(use.energyUncertainty()).isCloseTo(0.02, within(1e-9));
        assertThat(use.netEnergyJoules()).isCloseTo(2200, within(1e-6));
        assertThat(window.objections()).isEmpty();
        assertThat(window.notes()).isEmpty();
        assertThat(window.detail())
                .isEqualTo("test every 200 ms: 51 readings of 1 GPU, 0.0 % missing, refreshed 51 times");
    }

    @Test
    void utilisationIsMean_memoryAndTemperatureAreHighest_ofTheWindowOnly() {
        List<GpuSample> samples =
                List.of(full(0, 1, 9e9, 99), full(1, 0.2, 1e9, 50), full(2, 0.6, 2e9, 60), full(3, 1, 9e9, 99));
        GpuUse use = window(Gpus.log(samples), 0.5, 2.5).telemetry().devices().get(0);
        assertThat(use.gpuUtil()).isCloseTo(0.4, within(1e-12));
        assertThat(use.memoryUsedBytes()).isEqualTo(2e9);
        assertThat(use.temperatureCelsius()).isEqualTo(60);
        assertThat(use.tensorActivity()).isNaN();
    }

    @Test
    void whatTheDeviceDoesNotHave_isAbsent_neverZero() {
        GpuUse use = window(Gpus.log(List.of()), 0, 10).telemetry().devices().get(0);
        assertThat(List.of(
                        use.energyJoules(),
                        use.energyUncertainty(),
                        use.powerWatts(),
                        use.idleWatts(),
                        use.gpuUtil(),
                        use.memoryUsedBytes(),
                        use.temperatureCelsius(),
                        use.tensorActivity(),
                        use.netEnergyJoules()))
                .containsOnly(Double.NaN);
        assertThat(use.energyMethod()).isEmpty();
    }

    @Test
    void idlePower_isWeightedByTime() {
        List<GpuSample> samples = List.of(Gpus.power(0, 20), Gpus.power(1000, 40), Gpus.power(3000, 40));
        assertThat(GpuWindow.idleWatts(Gpus.log(samples)).get(A)).isCloseTo(110.0 / 3, within(1e-9));
        assertThat(GpuWindow.idleWatts(Gpus.log(List.of()))).isEmpty();
    }

    @Test
    void emptyWindow_isRefused() {
        assertThatThrownBy(() -> window(Gpus.log(List.of()), 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 ns");
    }

    @Nested
    class Wholeness {
        @Test
        void fifthOfTheReadingsMayBeMissing_notMore() {
            List<GpuSample> samples = new ArrayList<>(Gpus.steady(0, 20_000, 250));
            samples.subList(30, 50).clear();
            assertThat(window(Gpus.log(samples), 0, 20).objections()).isEmpty();
            samples.subList(30, 32).clear();
            assertThat(window(Gpus.log(samples), 0, 20).objections())
                    .singleElement()
                    .asString()
                    .isEqualTo("21.8 % of the readings of NVIDIA A40 GPU-a are missing (20 % may be)");
        }

        @Test
        void everySecondReadingMissing_isHalfOfThem() {
            List<GpuSample> samples = Gpus.steady(0, 20_000, 250).stream()
                    .filter(sample -> sample.nanos() % 400_000_000L == 0)
                    .toList();
            assertThat(window(Gpus.log(samples), 0, 20).objections().get(0)).startsWith("49.5 %");
        }

        @Test
        void readingsThatCameLate_areNotMissing() {
            List<GpuSample> samples = new ArrayList<>();
            for (int i = 0; i <= 100; i++) {
                samples.add(Gpus.at(200 * i + (i % 2) * 80, 250, 50 * i));
            }
            assertThat(window(Gpus.log(samples), 0.1, 19.9).detail()).contains("0.0 % missing");
        }

        @Test
        void sourceThatRefreshedFewerThan20Times_isNotEnough() {
            List<GpuSample> samples = new ArrayList<>();
            for (int i = 0; i <= 100; i++) {
                samples.add(Gpus.at(200 * i, 250, 250 * (i / 6)));
            }
            assertThat(window(Gpus.log(samples), 0, 20).objections().get(0))
                    .startsWith(
                            "the source refreshed the values of NVIDIA A40 GPU-a 17 times in the 20.0 s of the window")
                    .endsWith("a longer window is needed");
        }

        @Test
        void gpuLostInTheWindow_hasNoEnergyAndAnObjection() {
            GpuLoss loss = new GpuLoss(A, nanos(12), "the GPU has fallen off the bus");
            GpuWindow window = window(Gpus.log(Gpus.steady(0, 12_000, 250), loss), 2, 22);
            assertThat(window.objections())
                    .containsExactly(
                            "NVIDIA A40 GPU-a was lost 10.0 s into the window: the GPU has fallen off the bus");
            assertThat(window.telemetry().devices().get(0).energyJoules()).isNaN();
            assertThat(window.telemetry().devices().get(0).powerWatts()).isNaN();
        }

        @Test
        void gpuLostBeforeTheWindow_isLostInIt() {
            GpuLoss loss = new GpuLoss(A, nanos(1), "gone");
            assertThat(window(Gpus.log(List.of(), loss), 2, 22).objections())
                    .containsExactly("NVIDIA A40 GPU-a was lost before the window: gone");
        }

        @Test
        void gpuLostAfterTheWindow_isNoConcernOfIt() {
            GpuLoss loss = new GpuLoss(A, nanos(23), "gone");
            assertThat(window(Gpus.log(Gpus.steady(0, 22_800, 250), loss), 2, 22)
                            .objections())
                    .isEmpty();
        }

        @Test
        void counterAndPowerThatContradictEachOther_areNoted() {
            List<GpuSample> samples = new ArrayList<>();
            for (int i = 0; i <= 100; i++) {
                samples.add(Gpus.at(200 * i, 250, 60 * i));
            }
            assertThat(window(Gpus.log(samples), 0, 20).notes())
                    .containsExactly("the energy counter of NVIDIA A40 GPU-a says 6000.0 J, its power 5000.0 J:"
                            + " more than 5 % apart");
        }

        @Test
        void failedReadings_areNoted() {
            GpuLog log = new GpuLog(
                    "test",
                    List.of(Gpus.facts(A)),
                    Duration.ofMillis(200),
                    Gpus.steady(0, 20_000, 250),
                    List.of(),
                    Map.of(A, "3 readings failed, the last one: time-out"));
            assertThat(window(log, 0, 20).notes()).containsExactly("GPU-a: 3 readings failed, the last one: time-out");
        }
    }

    private static GpuSample full(int second, double util, double memory, double celsius) {
        return new GpuSample(
                nanos(second), A, util, 0.5, memory, 48e9, celsius, 250, Double.NaN, 1740, 7251, 300, Double.NaN, "");
    }
}
