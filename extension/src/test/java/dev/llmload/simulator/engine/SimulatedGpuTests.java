package dev.llmload.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.gpu.GpuLog;
import dev.llmload.gpu.GpuSampler;
import dev.llmload.result.GpuSample;
import dev.llmload.simulator.Simulator;
import dev.llmload.simulator.SimulatorClient;
import dev.llmload.simulator.SimulatorSettings;
import dev.llmload.spi.GpuFacts;
import dev.llmload.spi.TelemetrySource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real simulator, sampled while it answers: what does not depend on how fast this machine is. */
class SimulatedGpuTests {
    @ParameterizedTest
    @CsvSource({
        "simulator:small?stepBase=3ms&tokens=60, NVIDIA A10, 150",
        "simulator:fast?tokens=60, Simulated GPU, 300"
    })
    void gpu_isIdleWithoutRequests_andWorksWithThem(String spec, String name, double most) throws Exception {
        SimulatorSettings settings = SimulatorSettings.parse(spec);
        try (Simulator simulator = Simulator.start(settings);
                TelemetrySource source = simulator.gpu();
                GpuSampler sampler = GpuSampler.start(source, GpuSampler.MIN_PERIOD)) {
            GpuFacts facts = source.devices().get(0);
            assertThat(facts.device().name()).isEqualTo(name);
            assertThat(facts.powerLimitWatts()).isEqualTo(most);
            assertThat(source.name()).isEqualTo("simulator");

            long start = System.nanoTime();
            GpuLog idle = sampler.between(start, start + 1);
            GpuSample resting = idle.samples().get(idle.samples().size() - 1);
            assertThat(resting.powerWatts()).isCloseTo(settings.gpu().idleWatts(), within(1e-3));

            long from = System.nanoTime();
            for (int i = 0; i < 3; i++) {
                SimulatorClient.chat(simulator, "");
            }
            long to = System.nanoTime();
            List<GpuSample> samples = sampler.between(from, to).samples();
            GpuSample first = samples.get(0);
            GpuSample last = samples.get(samples.size() - 1);
            assertThat(samples.stream().mapToDouble(GpuSample::gpuUtil).max().orElseThrow())
                    .isPositive();
            double watts = (last.energyJoules() - first.energyJoules()) / ((last.nanos() - first.nanos()) / 1e9);
            assertThat(watts).isGreaterThan(settings.gpu().idleWatts()).isLessThan(most);
            assertThat(samples)
                    .allSatisfy(sample -> assertThat(sample.memoryUsedBytes())
                            .isBetween(17e9, settings.gpu().memoryBytes()));
        }
    }
}
