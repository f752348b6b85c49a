package dev.llmload.gpu.prometheus;

import static dev.llmload.testkit.Http.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.llmload.gpu.GpuFacts;
import dev.llmload.gpu.Readings;
import dev.llmload.gpu.TelemetrySource;
import dev.llmload.gpu.TelemetryUnavailableException;
import dev.llmload.result.GpuSample;
import dev.llmload.testkit.ScriptedServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GPUs on another host, as the text of a DCGM exporter tells of them. */
@Timeout(60)
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
    private final Readings readings = new Readings() {
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
