package dev.llmload.gpu.prometheus;

import static dev.llmload.testkit.Http.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.llmload.gpu.DeviceSelection;
import dev.llmload.result.GpuSample;
import dev.llmload.spi.GpuFacts;
import dev.llmload.spi.GpuReadings;
import dev.llmload.spi.TelemetrySource;
import dev.llmload.spi.TelemetryUnavailableException;
import dev.llmload.testkit.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GPUs on another host, as the text of a DCGM exporter tells of them. */
@Timeout(300)
class PrometheusSourceTests {
    private static final String A40 =
            "gpu=\"0\",UUID=\"GPU-a\",pci_bus_id=\"00000000:1A:00.0\",device=\"nvidia0\",modelName=\"NVIDIA A40\","
                    + "Hostname=\"gpu-1\",DCGM_FI_DRIVER_VERSION=\"550.54.15\"";
    private static final String H100 =
            "gpu=\"1\",UUID=\"GPU-b\",pci_bus_id=\"00000000:1B:00.0\",device=\"nvidia1\",modelName=\"NVIDIA H100 80GB HBM3\","
                    + "Hostname=\"gpu-1\",DCGM_FI_DRIVER_VERSION=\"550.54.15\"";
    private static final String PAGE = """
            # HELP DCGM_FI_DEV_SM_CLOCK SM clock frequency (in MHz).
            # TYPE DCGM_FI_DEV_SM_CLOCK gauge
            DCGM_FI_DEV_SM_CLOCK{%1$s} 1725
            DCGM_FI_DEV_SM_CLOCK{%2$s} 1980
            # HELP DCGM_FI_DEV_MEM_CLOCK Memory clock frequency (in MHz).
            # TYPE DCGM_FI_DEV_MEM_CLOCK gauge
            DCGM_FI_DEV_MEM_CLOCK{%1$s} 7250
            # HELP DCGM_FI_DEV_GPU_TEMP GPU temperature (in C).
            # TYPE DCGM_FI_DEV_GPU_TEMP gauge
            DCGM_FI_DEV_GPU_TEMP{%1$s} 67
            # HELP DCGM_FI_DEV_POWER_USAGE Power draw (in W).
            # TYPE DCGM_FI_DEV_POWER_USAGE gauge
            DCGM_FI_DEV_POWER_USAGE{%1$s} 257.310000
            DCGM_FI_DEV_POWER_USAGE{%2$s} 140737488355328
            # HELP DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION Total energy consumption since boot (in mJ).
            # TYPE DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION counter
            DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{%1$s} 9876543210
            # HELP DCGM_FI_DEV_GPU_UTIL GPU utilization (in %%).
            # TYPE DCGM_FI_DEV_GPU_UTIL gauge
            DCGM_FI_DEV_GPU_UTIL{%1$s} 98
            DCGM_FI_DEV_GPU_UTIL{%2$s} 0
            # TYPE DCGM_FI_DEV_MEM_COPY_UTIL gauge
            DCGM_FI_DEV_MEM_COPY_UTIL{%1$s} 41
            DCGM_FI_DEV_FB_FREE{%1$s} 7568
            DCGM_FI_DEV_FB_USED{%1$s} 38500
            DCGM_FI_DEV_CLOCK_THROTTLE_REASONS{%1$s} 4
            """.formatted(A40, H100);

    private final AtomicReference<String> answer = new AtomicReference<>(text(PAGE));
    private final List<String> asked = new ArrayList<>();
    private final ScriptedServer server = ScriptedServer.start(connection -> {
        while (true) {
            String path = connection.request().path();
            synchronized (asked) {
                asked.add(path);
            }
            connection.send(answer.get());
        }
    });
    private final List<GpuSample> samples = new ArrayList<>();
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
            throw new AssertionError("an exporter cannot tell that a GPU is lost");
        }
    };

    private static String text(String page) {
        return response(200, "text/plain; version=0.0.4; charset=utf-8", page);
    }

    private URI page() {
        return ExporterAddress.parse(server.url());
    }

    private TelemetrySource open() throws TelemetryUnavailableException {
        long[] now = {1_000};
        LongSupplier clock = () -> now[0] += 100;
        return PrometheusSource.open(page(), clock);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void eachGpuHasItsNameItsUuidAndItsDriver() throws Exception {
        TelemetrySource source = open();

        assertThat(source.name()).isEqualTo("dcgm");
        assertThat(source.devices())
                .extracting(
                        facts -> facts.device().index(),
                        facts -> facts.device().uuid(),
                        facts -> facts.device().name(),
                        GpuFacts::driver,
                        GpuFacts::mig)
                .containsExactly(
                        tuple(0, "GPU-a", "NVIDIA A40", "550.54.15", false),
                        tuple(1, "GPU-b", "NVIDIA H100 80GB HBM3", "550.54.15", false));
        assertThat(source.devices().get(0).memoryTotalBytes()).isEqualTo(46068 * 1048576.0);
        assertThat(source.notes())
                .anyMatch(note -> note.contains("every 30 s"))
                .anyMatch(note -> note.contains("all 2 of its host count"));
        assertThat(asked).containsExactly("/metrics");
    }

    @Test
    void aReading_isInOurUnits() throws Exception {
        open().read(readings);

        assertThat(samples.get(0))
                .isEqualTo(new GpuSample(
                        1_150,
                        "GPU-a",
                        0.98,
                        0.41,
                        38500 * 1048576.0,
                        46068 * 1048576.0,
                        67,
                        257.31,
                        9_876_543.21,
                        1725,
                        7250,
                        Double.NaN,
                        Double.NaN,
                        "power cap"));
    }

    @Test
    void whatIsNotOnThePage_orBlank_isAbsent_andNothingIsNothing() throws Exception {
        open().read(readings);

        GpuSample other = samples.get(1);
        assertThat(other.gpuUtil()).isZero();
        assertThat(other.smClockMhz()).isEqualTo(1980);
        assertThat(List.of(
                        other.powerWatts(),
                        other.energyJoules(),
                        other.memUtil(),
                        other.memoryUsedBytes(),
                        other.memoryTotalBytes(),
                        other.temperatureCelsius(),
                        other.memClockMhz()))
                .containsOnly(Double.NaN);
        assertThat(other.throttle()).isEmpty();
    }

    @Test
    void aSplitGpu_isSaidToBe() throws Exception {
        answer.set(text("DCGM_FI_DEV_POWER_USAGE{" + A40 + ",GPU_I_PROFILE=\"1g.6gb\",GPU_I_ID=\"3\"} 100\n"));
        assertThat(open().devices()).extracting(GpuFacts::mig).containsExactly(true);
    }

    @Test
    void aGpuOfSeveralPods_isOne() throws Exception {
        answer.set(text(
                "DCGM_FI_DEV_GPU_UTIL{" + A40 + ",pod=\"a } b\"} 50\nDCGM_FI_DEV_GPU_UTIL{" + A40 + ",pod=\"\"} 50\n"));
        open().read(readings);
        assertThat(samples).extracting(GpuSample::gpuUtil).containsExactly(0.5);
    }

    @Test
    void anExporterThatDoesNotAnswer_costsReadings_andNoGpu() throws Exception {
        TelemetrySource source = open();
        answer.set(response(503, "text/plain", "collecting"));
        source.read(readings);

        assertThat(samples).isEmpty();
        assertThat(missed)
                .containsExactly(
                        "GPU-a: " + page() + " cannot be read: it answered 503",
                        "GPU-b: " + page() + " cannot be read: it answered 503");
    }

    @Test
    void aGpuThatIsNoLongerOnThePage_isMissed() throws Exception {
        TelemetrySource source = open();
        answer.set(text("DCGM_FI_DEV_GPU_UTIL{" + A40 + "} 50\n"));
        source.read(readings);

        assertThat(samples).extracting(GpuSample::uuid).containsExactly("GPU-a");
        assertThat(missed).containsExactly("GPU-b: it is no longer on " + page());
    }

    @Test
    void withoutAnExporter_itSaysWhatToCheck() throws Exception {
        URI gone = page();
        server.close();
        assertThatThrownBy(() -> PrometheusSource.open(gone, System::nanoTime))
                .isInstanceOf(TelemetryUnavailableException.class)
                .hasMessageStartingWith(gone + " cannot be read: ")
                .hasMessageEndingWith("; check that the DCGM exporter runs there and can be reached from here");
    }

    @Test
    void anotherPage_isNoExporters() {
        answer.set(text("node_load1 0.5\nDCGM_FI_DEV_GPU_UTIL 5\n"));
        assertThatThrownBy(this::open)
                .isInstanceOf(TelemetryUnavailableException.class)
                .hasMessageContaining("has no DCGM_FI_… value of any GPU");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = PrometheusSourceTests.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** One GPU, as a Prometheus server hands on what it scraped, with the instant. */
    private static String federated(String host, String instance, int index, String uuid, int watts) {
        return "DCGM_FI_DEV_POWER_USAGE{DCGM_FI_DRIVER_VERSION=\"550.54.15\","
                + (host.isEmpty() ? "" : "Hostname=\"" + host + "\",")
                + "UUID=\"" + uuid + "\",gpu=\"" + index + "\""
                + (instance.isEmpty() ? "" : ",instance=\"" + instance + "\"")
                + ",job=\"dcgm\",modelName=\"NVIDIA A40\"} " + watts + " 1764496800000\n";
    }

    private List<String> hosts(String page) throws Exception {
        answer.set(text(page));
        return open().devices().stream().map(GpuFacts::host).toList();
    }

    @Nested
    class SeveralHosts {
        private static final String TWO = federated("gpu-1", "10.0.0.1:9400", 0, "GPU-a", 100)
                + federated("gpu-2", "10.0.0.2:9400", 0, "GPU-b", 200)
                + federated("gpu-1", "10.0.0.1:9400", 1, "GPU-c", 110);
        private static final String LISTED =
                "gpu-1: 0 (NVIDIA A40, GPU-a), 1 (NVIDIA A40, GPU-c);" + " gpu-2: 0 (NVIDIA A40, GPU-b)";

        private List<String> selected(String... names) throws Exception {
            answer.set(text(TWO));
            return DeviceSelection.of(open(), List.of(names)).devices().stream()
                    .map(facts -> facts.device().uuid())
                    .toList();
        }

        @Test
        void areNeverTakenForOne_norTheFirstOfThem() {
            assertThatThrownBy(() -> selected())
                    .hasMessage("must name the GPUs that serve the model, because there are those of several hosts: "
                            + LISTED + "; set it to hosts, `host/index` or UUIDs");
        }

        @Test
        void areSelected_byHost_byHostAndIndex_orByUuid() throws Exception {
            assertThat(selected("gpu-1")).containsExactly("GPU-a", "GPU-c");
            assertThat(selected("GPU-2")).containsExactly("GPU-b");
            assertThat(selected("gpu-2/0", "gpu-1/1")).containsExactly("GPU-b", "GPU-c");
            assertThat(selected("GPU-c", "gpu-1")).containsExactly("GPU-c", "GPU-a");
            assertThat(selected("1")).containsExactly("GPU-c");
        }

        @Test
        void haveIndicesInCommon_whichNameNone() {
            assertThatThrownBy(() -> selected("0"))
                    .hasMessage("must name one GPU each, but `0` is one of several hosts: gpu-1/0, gpu-2/0; there are "
                            + LISTED);
            assertThatThrownBy(() -> selected("gpu-3"))
                    .hasMessage("must be indices or UUIDs of GPUs, but `gpu-3` is none; there are " + LISTED);
        }

        @Test
        void areReadAsSelected() throws Exception {
            answer.set(text(TWO));
            DeviceSelection.of(open(), List.of("gpu-2")).read(readings);
            assertThat(samples).extracting(GpuSample::powerWatts).containsExactly(200.0);
            assertThat(missed).isEmpty();
        }

        @Test
        void areToldApart_byWhateverLabelNamesThem() throws Exception {
            assertThat(hosts(federated("", "10.0.0.1:9400", 0, "GPU-a", 1)
                            + federated("", "10.0.0.2:9400", 0, "GPU-b", 1)))
                    .containsExactly("10.0.0.1", "10.0.0.2");
            assertThat(hosts("DCGM_FI_DEV_GPU_UTIL{gpu=\"0\",UUID=\"GPU-a\",hostname=\"x\"} 1\n"
                            + "DCGM_FI_DEV_GPU_UTIL{gpu=\"0\",UUID=\"GPU-b\",hostname=\"y\"} 1\n"))
                    .containsExactly("x", "y");
            // containers that all call themselves the same
            assertThat(hosts(federated("dcgm", "10.0.0.1:9400", 0, "GPU-a", 1)
                            + federated("dcgm", "10.0.0.2:9400", 0, "GPU-b", 1)))
                    .containsExactly("10.0.0.1", "10.0.0.2");
        }

        @Test
        void withoutUuids_areNotMerged() throws Exception {
            answer.set(text("DCGM_FI_DEV_POWER_USAGE{gpu=\"0\",Hostname=\"x\"} 100\n"
                    + "DCGM_FI_DEV_POWER_USAGE{gpu=\"0\",Hostname=\"y\"} 200\n"));
            open().read(readings);
            assertThat(samples).extracting(GpuSample::uuid).containsExactly("x/0", "y/0");
            assertThat(samples).extracting(GpuSample::powerWatts).containsExactly(100.0, 200.0);
        }

        @Test
        void oneOfThem_isNoneOfSeveral() throws Exception {
            assertThat(hosts(federated("gpu-1", "a:9400", 0, "GPU-a", 1) + federated("gpu-1", "a:9400", 1, "GPU-b", 1)))
                    .containsExactly("", "");
        }

        @Test
        void aGpuThatIsScrapedTwice_isOne() throws Exception {
            answer.set(text(
                    federated("gpu-1", "a:9400", 0, "GPU-a", 100) + federated("gpu-1", "b:9400", 0, "GPU-a", 100)));
            TelemetrySource source = open();
            assertThat(source.devices()).extracting(GpuFacts::host).containsExactly("");
            source.read(readings);
            assertThat(samples).extracting(GpuSample::powerWatts).containsExactly(100.0);
        }
    }

    @Nested
    class PagesOfOthers {
        @Test
        void withoutTheModelsName_areReadAllTheSame() throws Exception {
            answer.set(text(resource("no-model-name.txt")));
            TelemetrySource source = open();
            assertThat(source.devices())
                    .extracting(facts -> facts.device().name())
                    .containsExactly("", "");
            assertThat(DeviceSelection.of(source, List.of()))
                    .hasToString("2× a GPU whose model its source does not name");
            source.read(readings);
            assertThat(samples).extracting(GpuSample::powerWatts).containsExactly(88.1, 90.4);
            assertThat(samples).extracting(GpuSample::energyJoules).containsExactly(123_456.789, 123_999.999);
            assertThat(samples).extracting(GpuSample::gpuUtil).containsExactly(0.55, 0.61);
        }

        @Test
        void ofAGpuThatSharesItsMemory_haveNone() throws Exception {
            answer.set(text(resource("gb10.txt")));
            TelemetrySource source = open();
            assertThat(source.devices())
                    .extracting(facts -> facts.device().name())
                    .containsExactly("NVIDIA GB10");
            source.read(readings);
            GpuSample sample = samples.get(0);
            assertThat(sample.powerWatts()).isEqualTo(38.2);
            assertThat(sample.gpuUtil()).isEqualTo(0.96);
            assertThat(sample.energyJoules()).isEqualTo(55_443.322);
            assertThat(sample.memUtil()).isZero();
            assertThat(List.of(sample.memoryUsedBytes(), sample.memoryTotalBytes()))
                    .containsOnly(Double.NaN);
        }

        @ParameterizedTest
        @ValueSource(strings = {"NaN", "+Inf", "-Inf", "-1", "x"})
        void valuesThatAreNone_areAbsent_andTakeNothingFromOthers(String value) throws Exception {
            answer.set(text("DCGM_FI_DEV_GPU_UTIL{" + A40 + ",pod=\"a\"} " + value + "\n"
                    + "DCGM_FI_DEV_GPU_UTIL{" + A40 + ",pod=\"b\"} 50\n"
                    + "DCGM_FI_DEV_POWER_USAGE{" + A40 + "} " + value + "\n"));
            open().read(readings);
            assertThat(samples).extracting(GpuSample::gpuUtil).containsExactly(0.5);
            assertThat(samples).extracting(GpuSample::powerWatts).containsExactly(Double.NaN);
        }

        @Test
        void instancesOfASplitGpu_areOneGpu_thatIsSaidToBeSplit() throws Exception {
            answer.set(text("DCGM_FI_DEV_POWER_USAGE{" + A40 + ",GPU_I_PROFILE=\"1g.6gb\",GPU_I_ID=\"3\"} 100\n"
                    + "DCGM_FI_DEV_POWER_USAGE{" + A40 + ",GPU_I_PROFILE=\"1g.6gb\",GPU_I_ID=\"5\"} 100\n"
                    + "DCGM_FI_DEV_FB_USED{" + A40 + ",GPU_I_PROFILE=\"1g.6gb\",GPU_I_ID=\"3\"} 1000\n"
                    + "DCGM_FI_DEV_FB_USED{" + A40 + ",GPU_I_PROFILE=\"1g.6gb\",GPU_I_ID=\"5\"} 3000\n"));
            TelemetrySource source = open();
            assertThat(source.devices()).extracting(GpuFacts::mig).containsExactly(true);
            source.read(readings);
            assertThat(samples).extracting(GpuSample::powerWatts).containsExactly(100.0);
            assertThat(samples).extracting(GpuSample::memoryUsedBytes).containsExactly(3000 * 1048576.0);
        }

        @Test
        void thatNameTheModelOnlyLater_nameIt() throws Exception {
            answer.set(text("DCGM_FI_DEV_GPU_UTIL{gpu=\"0\",UUID=\"GPU-a\"} 1\n"
                    + "DCGM_FI_DEV_POWER_USAGE{gpu=\"0\",UUID=\"GPU-a\",modelName=\"NVIDIA A40\"} 1\n"));
            assertThat(open().devices())
                    .extracting(facts -> facts.device().name())
                    .containsExactly("NVIDIA A40");
        }

        @Test
        void keepTheirValuesForHalfAMinute() throws Exception {
            assertThat(open().renewal()).isEqualTo(Duration.ofSeconds(30));
            assertThat(DeviceSelection.of(open(), List.of()).renewal()).isEqualTo(Duration.ofSeconds(30));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://gpu-host:9400/metrics, http://gpu-host:9400/metrics",
        "http://gpu-host:9400, http://gpu-host:9400/metrics",
        "https://gpu-host/dcgm/metrics, https://gpu-host/dcgm/metrics",
    })
    void anAddressIsThePage_orItsServer(String text, String page) {
        assertThat(ExporterAddress.parse(text)).isEqualTo(URI.create(page));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gpu-host:9400", "ftp://gpu-host/metrics", "http://user:secret@gpu-host/metrics", "http://a b"})
    void whatCannotWork_isRefused_withoutItsPassword(String text) {
        assertThatThrownBy(() -> ExporterAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must be the address of a DCGM exporter's page")
                .hasMessageNotContaining("secret");
    }
}
