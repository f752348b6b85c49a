package dev.llmload.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmload.result.GpuSample;
import dev.llmload.spi.GpuFacts;
import dev.llmload.spi.GpuProcess;
import dev.llmload.spi.GpuReadings;
import dev.llmload.spi.TelemetrySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceSelectionTests {
    private static final GpuFacts IDLE = Gpus.facts(Gpus.A);
    private static final GpuFacts BUSY = computing(Gpus.facts(Gpus.B));

    private static GpuFacts computing(GpuFacts facts) {
        return new GpuFacts(
                facts.device(),
                facts.driver(),
                facts.mig(),
                facts.memoryTotalBytes(),
                facts.maxSmClockMhz(),
                facts.maxMemClockMhz(),
                facts.powerLimitWatts(),
                facts.defaultPowerLimitWatts(),
                List.of(new GpuProcess(4711, 16e9)));
    }

    /** Reads two devices: one sample of each, and each lost. */
    private static TelemetrySource source(GpuFacts... devices) {
        return new TelemetrySource() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public List<GpuFacts> devices() {
                return List.of(devices);
            }

            @Override
            public List<String> notes() {
                return List.of();
            }

            @Override
            public Duration shortestPeriod() {
                return Duration.ofSeconds(1);
            }

            @Override
            public void read(GpuReadings readings) {
                for (String uuid : List.of(Gpus.A, Gpus.B)) {
                    readings.sample(Gpus.at(uuid, 0, 100, 0));
                    readings.missed(uuid, "once");
                    readings.lost(uuid, 1, "gone");
                }
            }

            @Override
            public void close() {
                throw new AssertionError("the source is not the selection's to close");
            }
        };
    }

    private static List<String> read(TelemetrySource source) {
        List<String> seen = new ArrayList<>();
        source.read(new GpuReadings() {
            @Override
            public void sample(GpuSample sample) {
                seen.add("sample " + sample.uuid());
            }

            @Override
            public void missed(String uuid, String reason) {
                seen.add("missed " + uuid);
            }

            @Override
            public void lost(String uuid, long nanos, String reason) {
                seen.add("lost " + uuid);
            }
        });
        return seen;
    }

    @Test
    void takesThoseThatCompute_andSaysHowManyOfAllThatIs() {
        DeviceSelection selection = DeviceSelection.of(source(IDLE, BUSY), List.of());
        assertThat(selection.devices()).containsExactly(BUSY);
        assertThat(selection).hasToString("1 of 2 GPUs: NVIDIA A40");
        assertThat(read(selection)).containsExactly("sample GPU-b", "missed GPU-b", "lost GPU-b");
        selection.close();
    }

    @Test
    void isReadNoMoreOftenThanItsSource() {
        assertThat(DeviceSelection.of(source(IDLE), List.of()).shortestPeriod()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void takesAllWhereNoProcessCanBeSeen() {
        assertThat(DeviceSelection.of(source(IDLE, Gpus.facts(Gpus.B)), List.of()))
                .hasToString("2× NVIDIA A40");
    }

    @Test
    void takesThoseThatAreNamed_byIndexOrUuid() {
        assertThat(DeviceSelection.of(source(IDLE, BUSY), List.of("0")).devices())
                .containsExactly(IDLE);
        assertThat(DeviceSelection.of(source(IDLE, BUSY), List.of("gpu-A", "1")).devices())
                .containsExactly(IDLE, BUSY);
    }

    @Test
    void refusesOneThatDoesNotExist_andListsThoseThatDo() {
        assertThatThrownBy(() -> DeviceSelection.of(source(IDLE, BUSY), List.of("2")))
                .hasMessage("must be indices or UUIDs of GPUs, but `2` is none; there are 0 (NVIDIA A40, GPU-a),"
                        + " 1 (NVIDIA A40, GPU-b)");
    }
}
