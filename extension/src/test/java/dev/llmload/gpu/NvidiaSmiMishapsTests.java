package dev.llmload.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.llmload.result.GpuSample;
import dev.llmload.spi.GpuFacts;
import dev.llmload.spi.GpuReadings;
import dev.llmload.spi.TelemetryUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nvidia-smi prints where not all is well: rows of healthy GPUs mixed with messages, warnings, words for "none". */
class NvidiaSmiMishapsTests {
    private static final String NO_HANDLE =
            "Unable to determine the device handle for GPU1: 0000:65:00.0: Unknown Error";
    private static final String SAMPLES = """
            GPU-a, 98, 41, 20000, 24576, 60, 160.10, 160.00, 1440, 1215, 165.00, 0x0000000000000000
            GPU-c, 97, 41, 20000, 24576, 60, 161.10, 160.00, 1440, 1215, 165.00, 0x0000000000000000
            GPU-d, 96, 41, 20000, 24576, 60, 162.10, 160.00, 1440, 1215, 165.00, 0x0000000000000000
            """;

    @TempDir
    private Path folder;

    private String prelude = "";
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

    private static String resource(String name) throws IOException {
        try (InputStream in = NvidiaSmiMishapsTests.class.getResourceAsStream("smi/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private SmiSource open(String facts, String readings, int status)
            throws IOException, TelemetryUnavailableException {
        say(facts, readings, status);
        Path script = folder.resolve("smi");
        Files.writeString(script, ("#!/bin/sh\n" + prelude + """
                case "$1" in
                  --query-compute-apps=*) ;;
                  *driver_version*) cat FOLDER/facts; exit $(cat FOLDER/status) ;;
                  *) cat FOLDER/samples; exit $(cat FOLDER/status) ;;
                esac
                """).replace("FOLDER", folder.toString()));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        long[] now = {0};
        return SmiSource.open(new SmiCommand(script.toString(), Duration.ofSeconds(60)), () -> now[0] += 20);
    }

    private void say(String facts, String samples, int status) throws IOException {
        Files.writeString(folder.resolve("facts"), facts);
        Files.writeString(folder.resolve("samples"), samples);
        Files.writeString(folder.resolve("status"), Integer.toString(status));
    }

    /** Of the healthy three. */
    private static String facts() throws IOException {
        return first(3, resource("facts-one-gpu-lost.csv"));
    }

    private static String first(int count, String lines) {
        return lines.lines().limit(count).map(line -> line + "\n").collect(Collectors.joining());
    }

    private static List<String> uuids(SmiSource source) {
        return source.devices().stream().map(facts -> facts.device().uuid()).toList();
    }

    @Nested
    class OneGpuOfFourIsLostAtTheStart {
        @ParameterizedTest
        @ValueSource(ints = {255, 15})
        void theOthersAreWatched_andItIsNamed(int status) throws IOException, TelemetryUnavailableException {
            SmiSource source = open(resource("facts-one-gpu-lost.csv"), SAMPLES + NO_HANDLE + "\n", status);
            assertThat(uuids(source)).containsExactly("GPU-a", "GPU-c", "GPU-d");
            assertThat(source.devices())
                    .extracting(facts -> facts.device().index())
                    .containsExactly(0, 2, 3);
            assertThat(source.notes())
                    .startsWith("a GPU is left out: nvidia-smi (exit status " + status + ") says: " + NO_HANDLE);

            source.read(readings);
            assertThat(samples).extracting(GpuSample::powerWatts).containsExactly(160.10, 161.10, 162.10);
            assertThat(missed).isEmpty();
            assertThat(losses).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1, GPU-b, [GPU is lost], [GPU is lost], [GPU is lost], [GPU is lost], [GPU is lost], [GPU is lost], [GPU is lost], [GPU is lost]",
                    "1, [Unknown Error], [Unknown Error], 560.35.03, [Unknown Error], [Unknown Error], [Unknown Error], [Unknown Error], [Unknown Error], [Unknown Error]",
                    "1, GPU-b, ERR!, 560.35.03, ERR!, ERR!, ERR!, ERR!, ERR!, ERR!",
                    "Unable to determine the device handle for GPU 0000:65:00.0: GPU is lost.  Reboot the system to recover this GPU",
                })
        void whereverItsLineIs(String line) throws IOException, TelemetryUnavailableException {
            List<String> rows = facts().lines().toList();
            for (int at = 0; at <= 3; at += 3) {
                List<String> lines = new ArrayList<>(rows);
                lines.add(at, line);
                for (int status : new int[] {0, 255}) {
                    SmiSource source = open(String.join("\n", lines), SAMPLES, status);
                    assertThat(uuids(source)).containsExactly("GPU-a", "GPU-c", "GPU-d");
                    assertThat(source.notes().get(0))
                            .startsWith("a GPU is left out: ")
                            .endsWith(" says: " + line);
                }
            }
        }

        @Test
        void aHealthyOneThatIsNotReadOnce_isNotTakenForLost() throws IOException, TelemetryUnavailableException {
            SmiSource source = open(resource("facts-one-gpu-lost.csv"), SAMPLES, 15);
            say("", first(2, SAMPLES) + NO_HANDLE + "\n", 15);
            source.read(readings);
            assertThat(losses).isEmpty();
            assertThat(missed).containsExactly("GPU-d: nvidia-smi (exit status 15): it does not list GPU-d");
        }

        @Test
        void allLost_isNoSource_inTheProgramsWords() {
            assertThatThrownBy(() -> open(NO_HANDLE + "\n", "", 255))
                    .isInstanceOf(TelemetryUnavailableException.class)
                    .hasMessage("nvidia-smi failed (exit status 255): " + NO_HANDLE);
        }
    }

    @Nested
    class OneIsLostLater {
        private SmiSource whole() throws IOException, TelemetryUnavailableException {
            return open(facts(), SAMPLES, 0);
        }

        @ParameterizedTest
        @ValueSource(ints = {255, 15})
        void itIsLost_andTheReasonIsAboutIt(int status) throws IOException, TelemetryUnavailableException {
            SmiSource source = whole();
            String message = "Unable to determine the device handle for GPU3: 0000:E5:00.0: Unknown Error";
            say("", first(2, SAMPLES) + message + "\n", status);
            source.read(readings);
            assertThat(samples).extracting(GpuSample::uuid).containsExactly("GPU-a", "GPU-c");
            assertThat(losses).singleElement().satisfies(loss -> {
                assertThat(loss.uuid()).isEqualTo("GPU-d");
                assertThat(loss.reason()).isEqualTo("nvidia-smi (exit status " + status + "): " + message);
            });
        }

        @Test
        void aRowOfFailures_isNoReading() throws IOException, TelemetryUnavailableException {
            SmiSource source = whole();
            String failed =
                    "GPU-d, [Unknown Error], [Unknown Error], [Unknown Error], [Unknown Error], [Unknown Error],"
                            + " [Unknown Error], [Unknown Error], [Unknown Error], [Unknown Error], [Unknown Error], [Unknown Error]";
            say("", first(2, SAMPLES) + failed + "\n", 0);
            source.read(readings);
            assertThat(samples).extracting(GpuSample::uuid).containsExactly("GPU-a", "GPU-c");
            assertThat(missed).containsExactly("GPU-d: nvidia-smi (exit status 0): " + failed);
        }

        @Test
        void nothingAtAll_isSaid() throws IOException, TelemetryUnavailableException {
            SmiSource source = whole();
            say("", "", 255);
            source.read(readings);
            assertThat(missed)
                    .hasSize(3)
                    .contains("GPU-a: nvidia-smi (exit status 255): it does not list GPU-a, no output");
        }
    }

    @Nested
    class Noise {
        private static final String WARNING = "WARNING: infoROM is corrupted at gpu 0000:65:00.0";

        @ParameterizedTest
        @ValueSource(
                strings = {
                    WARNING,
                    "index, uuid, name, driver_version, mig.mode.current, memory.total [MiB], clocks.max.sm [MHz],"
                            + " clocks.max.mem [MHz], enforced.power.limit [W], power.default_limit [W]",
                    "uuid, utilization.gpu [%], utilization.memory [%], memory.used [MiB], memory.total [MiB],"
                            + " temperature.gpu, power.draw.instant [W], power.draw [W], clocks.current.sm [MHz],"
                            + " clocks.current.memory [MHz], enforced.power.limit [W], clocks_event_reasons.active",
                    "Warning: persistence mode is disabled on device GPU-a, and others, too",
                })
        void onTheFirstLine_isNoDevice_andNoReason(String noise) throws IOException, TelemetryUnavailableException {
            for (String end : new String[] {"\n", "\r\n"}) {
                samples.clear();
                SmiSource source = open(
                        (noise + "\n" + facts()).replace("\n", end), (noise + "\n" + SAMPLES).replace("\n", end), 0);
                assertThat(uuids(source)).containsExactly("GPU-a", "GPU-c", "GPU-d");
                assertThat(source.notes())
                        .containsExactly("nvidia-smi has no energy counter: energy is the trapezoid of its power");
                source.read(readings);
                assertThat(samples).extracting(GpuSample::gpuUtil).containsExactly(0.98, 0.97, 0.96);
                assertThat(samples).extracting(GpuSample::powerLimitWatts).containsOnly(165.0);
            }
        }

        @Test
        void aStatusOfAWarning_isNoFailure() throws IOException, TelemetryUnavailableException {
            SmiSource source = open(facts() + WARNING + "\n", SAMPLES + WARNING + "\n", 14);
            assertThat(uuids(source)).hasSize(3);
            source.read(readings);
            assertThat(samples).hasSize(3);
        }

        @Test
        void beforeAFieldThatIsNotKnown_doesNotHideIt() throws IOException, TelemetryUnavailableException {
            prelude = """
                    case "$1" in *power.draw.instant*)
                      echo 'WARNING: something'; echo 'Field "power.draw.instant" is not a valid field to query.'; exit 2 ;;
                    esac
                    """;
            SmiSource source =
                    open(first(1, facts()), "GPU-a, 98, 41, 20000, 24576, 60, 160.00, 1440, 1215, 165.00, 0x0\n", 0);
            assertThat(source.notes()).contains("this nvidia-smi does not know power.draw.instant");
            source.read(readings);
            assertThat(samples).extracting(GpuSample::powerWatts).containsExactly(160.0);
        }

        @Test
        void units_areUnderstood_andWhatIsNoNumberIsNone() throws IOException, TelemetryUnavailableException {
            SmiSource source = open(
                    "0, GPU-a, NVIDIA A40, 550.54, [N/A], 46068 MiB, 1740 MHz, 7251 MHz, 300.00 W, 300.00 W\n",
                    "GPU-a, 98 %, NaN, 20000 MiB, Infinity, ERR!, 160.10 W, -5, 1e3, 0x10, [Not Supported], 0x0000000000000004\n",
                    0);
            assertThat(source.devices().get(0).memoryTotalBytes()).isEqualTo(46068.0 * 1024 * 1024);
            source.read(readings);
            GpuSample sample = samples.get(0);
            assertThat(sample.gpuUtil()).isEqualTo(0.98);
            assertThat(sample.powerWatts()).isEqualTo(160.10);
            assertThat(sample.memoryUsedBytes()).isEqualTo(20000.0 * 1024 * 1024);
            assertThat(List.of(
                            sample.memUtil(),
                            sample.memoryTotalBytes(),
                            sample.temperatureCelsius(),
                            sample.smClockMhz(),
                            sample.memClockMhz(),
                            sample.powerLimitWatts()))
                    .containsOnly(Double.NaN);
        }
    }

    /** A GPU that shares its memory with the processor: there is no number for it. */
    @Test
    void gb10_isRead_andWhatItDoesNotHaveIsAbsent() throws IOException, TelemetryUnavailableException {
        SmiSource source = open(resource("gb10-facts.csv"), resource("gb10-samples.csv"), 0);
        GpuFacts facts = source.devices().get(0);
        assertThat(facts.device().name()).isEqualTo("NVIDIA GB10");
        assertThat(List.of(facts.memoryTotalBytes(), facts.maxMemClockMhz(), facts.powerLimitWatts()))
                .containsOnly(Double.NaN);
        assertThat(facts.powerCapped()).isFalse();
        source.read(readings);
        GpuSample sample = samples.get(0);
        assertThat(sample.gpuUtil()).isEqualTo(0.96);
        assertThat(sample.powerWatts()).isEqualTo(38.20);
        assertThat(sample.smClockMhz()).isEqualTo(2418);
        assertThat(List.of(sample.memoryUsedBytes(), sample.memoryTotalBytes(), sample.memClockMhz()))
                .containsOnly(Double.NaN);
    }

    @Test
    void anIntegratedGpu_hasAUuidWithoutAPrefix() throws IOException, TelemetryUnavailableException {
        String uuid = "54614d45-5a4b-5f4a-8f3e-1f2e3d4c5b6a";
        SmiSource source = open(
                "0, " + uuid + ", Orin (nvgpu), 540.4.0, [N/A], [N/A], 1300, [N/A], [N/A], [N/A]\n",
                uuid + ", 37, [N/A], [N/A], [N/A], 45, [N/A], [N/A], 918, [N/A], [N/A], [N/A]\n",
                0);
        assertThat(source.devices().get(0).device().name()).isEqualTo("Orin (nvgpu)");
        source.read(readings);
        assertThat(samples.get(0).gpuUtil()).isEqualTo(0.37);
        assertThat(samples.get(0).powerWatts()).isNaN();
    }
}
