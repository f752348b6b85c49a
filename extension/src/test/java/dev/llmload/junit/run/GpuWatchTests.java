package dev.llmload.junit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.gpu.TelemetryChoice;
import dev.llmload.junit.declared.GpuSettings;
import dev.llmload.junit.declared.GpuSource;
import dev.llmload.simulator.Simulator;
import dev.llmload.simulator.SimulatorSettings;
import dev.llmload.spi.TelemetrySource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GpuWatchTests {
    private static final GpuSettings SETTINGS =
            new GpuSettings(GpuSource.AUTO, Optional.empty(), false, Duration.ofMillis(200), List.of(), "", false);

    private static GpuWatch watch(Optional<TelemetrySource> source, Map<String, String> refused) {
        return GpuWatch.of(new TelemetryChoice(source, refused), SETTINGS);
    }

    @Test
    void saysWhatItPicked_andWhyNotTheFirstChoice() {
        try (Simulator simulator = Simulator.start(SimulatorSettings.parse("simulator:llama-3-8b-a40"))) {
            Optional<TelemetrySource> source = Optional.of(simulator.gpu());
            try (GpuWatch first = watch(source, Map.of());
                    GpuWatch second = watch(source, Map.of("nvml", "no driver is loaded"))) {
                assertThat(first).hasToString("simulator: NVIDIA A40");
                assertThat(second).hasToString("simulator: NVIDIA A40 (nvml: no driver is loaded)");
                assertThat(second.watches()).isTrue();
            }
        }
    }

    @Test
    void saysWhyItWatchesNothing() {
        GpuWatch none = watch(Optional.empty(), Map.of("nvml", "no library"));
        assertThat(none).hasToString("no GPU telemetry: nvml: no library");
        assertThat(none.devices()).isEmpty();
        none.close();
    }
}
