package dev.llmload.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.llmload.result.GpuSample;
import dev.llmload.spi.GpuFacts;
import dev.llmload.spi.GpuProcess;
import dev.llmload.spi.GpuReadings;
import dev.llmload.spi.TelemetryUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fallback, against a shell script in the program's place. */
class NvidiaSmiTests {
    private static final String FACTS = """
            0, GPU-a, NVIDIA A40, 550.54.15, [N/A], 46068, 1740, 7251, 300.00, 300.00
            1, GPU-b, NVIDIA H100 80GB HBM3, 550.54.15, Enabled, 81559, 1980, 2619, 500.00, 700.00
            """;
    private static final String SAMPLES = """
            GPU-a, 98, 41, 38500, 46068, 67, 257.31, 250.00, 1725, 7250, 300.00, 0x0000000000000004
            GPU-b, [N/A], [Not Supported], 1024, 81559, 40, [Unknown Error], [N/A], 1980, 2619, 500.00, 0x0000000000000001
            """;

    @TempDir
    private Path folder;

    private final List<GpuSample> samples = new ArrayList<>();
    private final List<GpuLoss> losses = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();
    private final GpuReadings readings = new GpuReadings() {
        @Override
        public void sample(GpuSample sample) {
            samples.add(sample);
        }

        @Override
        public void missed(String uuid, String reason) {
            missed.add(uuid + ": " + reason);
        }

        @Override
        public void lost(String uuid, long nanos, String reason) {
            losses.add(new GpuLoss(uuid, nanos, reason));
        }
    };

    @BeforeEach
    void needsAShell() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the program's stand-in is a shell script");
    }

    /** A program that says these things; which fields it does not know is up to a prelude. */
    private SmiCommand program(String prelude) throws IOException {
        Files.writeString(folder.resolve("facts"), FACTS);
        say(SAMPLES);
        Files.writeString(folder.resolve("processes"), "GPU-a, 4711, 37000\nGPU-a, 4712, [N/A]\n");
        return script(prelude + """
                case "$1" in
                  --query-compute-apps=*) cat FOLDER/processes ;;
                  *driver_version*) cat FOLDER/facts ;;
                  *) cat FOLDER/samples; exit $(cat FOLDER/status) ;;
                esac
                """);
    }

    private SmiCommand script(String text) throws IOException {
        Files.writeString(folder.resolve("status"), "0");
        Path script = folder.resolve("smi");
        Files.writeString(script, "#!/bin/sh\n" + text.replace("FOLDER", folder.toString()));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return new SmiCommand(script.toString(), Duration.ofSeconds(60));
    }

    private void say(String text) throws IOException {
        Files.writeString(folder.resolve("samples"), text);
    }

    private SmiSource open(SmiCommand command) throws TelemetryUnavailableException {
        long[] now = {0};
        return SmiSource.open(command, () -> now[0] += 20);
    }

    @Test
    void devices_haveTheirFacts() throws IOException, TelemetryUnavailableException {
        SmiSource source = open(program(""));
        GpuFacts a40 = source.devices().get(0);
        assertThat(a40.device().uuid()).isEqualTo("GPU-a");
        assertThat(a40.device().name()).isEqualTo("NVIDIA A40");
        assertThat(a40.driver()).isEqualTo("550.54.15");
        assertThat(a40.mig()).isFalse();
        assertThat(a40.memoryTotalBytes()).isEqualTo(46068.0 * 1024 * 1024);
        assertThat(a40.maxSmClockMhz()).isEqualTo(1740);
        assertThat(a40.processes())
                .containsExactly(new GpuProcess(4711, 37000.0 * 1024 * 1024), new GpuProcess(4712, Double.NaN));
        GpuFacts h100 = source.devices().get(1);
        assertThat(h100.device().index()).isEqualTo(1);
        assertThat(h100.mig()).isTrue();
        assertThat(h100.powerCapped()).isTrue();
        assertThat(h100.processes()).isEmpty();
        assertThat(source.notes())
                .containsExactly("nvidia-smi has no energy counter: energy is the trapezoid of its power");
        assertThat(source.shortestPeriod()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void reading_hasUnitsOfTheProduct_andWhatIsNotThereIsAbsent() throws IOException, TelemetryUnavailableException {
        open(program("")).read(readings);
        GpuSample a40 = samples.get(0);
        assertThat(a40.gpuUtil()).isEqualTo(0.98);
        assertThat(a40.memUtil()).isEqualTo(0.41);
        assertThat(a40.memoryUsedBytes()).isEqualTo(38500.0 * 1024 * 1024);
        assertThat(a40.temperatureCelsius()).isEqualTo(67);
        assertThat(a40.powerWatts()).isEqualTo(257.31);
        assertThat(a40.energyJoules()).isNaN();
        assertThat(a40.smClockMhz()).isEqualTo(1725);
        assertThat(a40.memClockMhz()).isEqualTo(7250);
        assertThat(a40.powerLimitWatts()).isEqualTo(300);
        assertThat(a40.throttle()).isEqualTo("power cap");
        GpuSample h100 = samples.get(1);
        assertThat(List.of(h100.gpuUtil(), h100.memUtil(), h100.powerWatts())).containsOnly(Double.NaN);
        assertThat(h100.memoryUsedBytes()).isEqualTo(1024.0 * 1024 * 1024);
        assertThat(h100.throttle()).isEmpty();
    }

    @Test
    void fieldsThatAnOlderVersionDoesNotKnow_areAskedForByTheirOlderNames_orLeftOut()
            throws IOException, TelemetryUnavailableException {
        SmiSource source = open(program("""
                for field in power.draw.instant clocks_event_reasons.active utilization.memory; do
                  case "$1" in *$field*) echo "Field \\"$field\\" is not a valid field to query."; exit 2 ;; esac
                done
                """));
        say("GPU-a, 98, 38500, 46068, 67, 250.00, 1725, 7250, 300.00, 0x0000000000000008\n");
        source.read(readings);
        assertThat(samples.get(0).powerWatts()).isEqualTo(250);
        assertThat(samples.get(0).throttle()).isEqualTo("hardware slowdown");
        assertThat(samples.get(0).memUtil()).isNaN();
        assertThat(samples.get(0).gpuUtil()).isEqualTo(0.98);
        assertThat(source.notes().get(1))
                .isEqualTo("this nvidia-smi does not know power.draw.instant, utilization.memory");
    }

    @Test
    void gpuThatIsLost_isLostForGood_theOtherIsReadOn() throws IOException, TelemetryUnavailableException {
        SmiSource source = open(program(""));
        say(
                SAMPLES.lines().toList().get(0)
                        + "\nUnable to determine the device handle for GPU1: GPU is lost. Reboot the system to recover this GPU\n");
        source.read(readings);
        assertThat(samples).singleElement().matches(sample -> sample.uuid().equals("GPU-a"));
        assertThat(losses).singleElement().satisfies(loss -> {
            assertThat(loss.uuid()).isEqualTo("GPU-b");
            assertThat(loss.reason()).contains("GPU is lost. Reboot the system");
        });
        source.read(readings);
        assertThat(losses).hasSize(1);
        assertThat(samples).hasSize(2);
    }

    @Test
    void readingThatFails_isMissed() throws IOException, TelemetryUnavailableException {
        SmiSource source = open(program(""));
        say("Something went wrong\n");
        Files.writeString(folder.resolve("status"), "255");
        source.read(readings);
        assertThat(missed)
                .containsExactlyInAnyOrder(
                        "GPU-a: nvidia-smi (exit status 255): Something went wrong",
                        "GPU-b: nvidia-smi (exit status 255): Something went wrong");
        assertThat(losses).isEmpty();
    }

    @Test
    void programThatDoesNotAnswer_isEnded() throws IOException {
        script("exec sleep 1000\n");
        SmiCommand hasty = new SmiCommand(folder.resolve("smi").toString(), Duration.ofMillis(50));
        assertThatThrownBy(() -> open(hasty))
                .isInstanceOf(TelemetryUnavailableException.class)
                .hasMessageEndingWith("did not answer within 50 ms and was ended");
    }

    @Test
    void noDriver_isSaidInTheProgramsWords() throws IOException {
        SmiCommand command = script("""
                echo "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver."
                exit 9
                """);
        assertThatThrownBy(() -> open(command))
                .hasMessage("nvidia-smi failed (exit status 9): NVIDIA-SMI has failed because it couldn't communicate"
                        + " with the NVIDIA driver.");
    }

    @Test
    void noGpu_isNoSource() throws IOException {
        SmiCommand command = script("echo No devices were found\n");
        assertThatThrownBy(() -> open(command)).hasMessage("nvidia-smi lists no GPU: No devices were found");
    }

    @Test
    void noProgram_isNoSource() {
        assertThatThrownBy(() -> new NvidiaSmiProbe("/no/such/nvidia-smi").open())
                .isInstanceOf(TelemetryUnavailableException.class)
                .hasMessageStartingWith("the program /no/such/nvidia-smi, which NVIDIA's driver brings, cannot be run");
    }

    @Test
    void sampler_neverAsksMoreOftenThanTheSourceWants() throws IOException, TelemetryUnavailableException {
        SmiSource source = open(program(""));
        try (GpuSampler sampler = GpuSampler.start(source, GpuSampler.DEFAULT_PERIOD)) {
            assertThat(sampler.between(0, 1).period()).isEqualTo(Duration.ofSeconds(1));
        }
    }
}
