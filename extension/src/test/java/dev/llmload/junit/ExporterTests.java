package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.load.preflight.EndpointUnusableException;
import dev.llmload.simulator.Simulator;
import dev.llmload.simulator.SimulatorSettings;
import dev.llmload.testkit.Http;
import dev.llmload.testkit.ScriptedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;

/** GPUs on another host: {@code dcgm} of {@link GpuTelemetry}, from the annotation to the result. */
class ExporterTests {
    @TempDir
    Path output;

    private Ran run(String... keys) {
        return LoadTestKit.run(RemoteTestCase.class, output, keys);
    }

    /** Each page has something new: a joule more. */
    private static ScriptedServer exporter() {
        return exporter("gpu=\"0\",UUID=\"GPU-a\",modelName=\"NVIDIA A40\"");
    }

    private static ScriptedServer exporter(String... gpus) {
        AtomicInteger joules = new AtomicInteger();
        return ScriptedServer.start(connection -> {
            while (true) {
                connection.request();
                long milliJoules = 1000L * joules.incrementAndGet();
                StringBuilder page = new StringBuilder();
                for (String gpu : gpus) {
                    page.append("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{" + gpu + "} " + milliJoules + "\n");
                    page.append("DCGM_FI_DEV_GPU_UTIL{" + gpu + "} 98\n");
                }
                connection.send(Http.response(200, "text/plain", page.toString()));
            }
        });
    }

    @Test
    void theGpusOfAnExporter_areTheOnesOfTheResult() throws Exception {
        try (ScriptedServer exporter = exporter();
                Simulator server = Simulator.start(SimulatorSettings.parse(LoadTestKit.QUICK))) {
            Ran ran = run("llmload.url", server.url(), "llmload.gpu.dcgm", exporter.url());

            assertThat(ran.printed()).contains("dcgm: NVIDIA A40").contains("renews its values every 30 s");
            JsonNode gpu = new ObjectMapper().readTree(ran.file("results.json")).at("/tests/0/levels/0/gpu");
            assertThat(gpu.path("source").asText()).isEqualTo("dcgm");
            assertThat(gpu.at("/devices/0/uuid").asText()).isEqualTo("GPU-a");
            assertThat(gpu.at("/devices/0/gpu_util").asDouble()).isEqualTo(0.98);
            assertThat(ran.printed()).contains("peak for MFU: 1 × NVIDIA A40");
        }
    }

    @Test
    void aGpuWithoutAName_isWatched_andMfuAsksForTheDevice() throws Exception {
        try (ScriptedServer exporter = exporter("gpu=\"0\",UUID=\"GPU-a\",device=\"nvidia0\",Hostname=\"node\"");
                Simulator server = Simulator.start(SimulatorSettings.parse(LoadTestKit.QUICK))) {
            Ran ran = run("llmload.url", server.url(), "llmload.gpu.dcgm", exporter.url());
            assertThat(ran.printed())
                    .contains("MFU will not be measured: the exporter does not name the GPU's model: set `device`, or"
                            + " `peakTflops`, of @ModelUnderTest");
            JsonNode gpu = new ObjectMapper().readTree(ran.file("results.json")).at("/tests/0/levels/0/gpu");
            assertThat(gpu.at("/devices/0/gpu_util").asDouble()).isEqualTo(0.98);

            Ran named = run(
                    "llmload.url",
                    server.url(),
                    "llmload.gpu.dcgm",
                    exporter.url(),
                    "llmload.model.device",
                    "NVIDIA A40");
            assertThat(named.printed()).contains("peak for MFU: 1 × NVIDIA A40");
        }
    }

    private static ScriptedServer twoHosts() {
        return exporter(
                "gpu=\"0\",UUID=\"GPU-a\",modelName=\"NVIDIA A40\",Hostname=\"gpu-1\"",
                "gpu=\"0\",UUID=\"GPU-b\",modelName=\"NVIDIA A40\",Hostname=\"gpu-2\"");
    }

    @Test
    void severalHosts_areAMistake_beforeAnyLoad() throws Exception {
        try (ScriptedServer exporter = twoHosts();
                Simulator server = Simulator.start(SimulatorSettings.parse(LoadTestKit.QUICK))) {
            Ran ran = run("llmload.url", server.url(), "llmload.gpu.dcgm", exporter.url());
            assertThat(ran.failureOf("2 users"))
                    .isInstanceOf(ExtensionConfigurationException.class)
                    .hasMessageContaining("`devices` of @GpuTelemetry must name the GPUs that serve the model, because"
                            + " there are those of several hosts: gpu-1: 0 (NVIDIA A40, GPU-a); gpu-2: 0 (NVIDIA A40,"
                            + " GPU-b); set it to hosts, `host/index` or UUIDs");
            assertThat(server.stats().requests()).isZero();
        }
    }

    @Test
    void severalHosts_areReadAsTheKeyNamesThem() throws Exception {
        try (ScriptedServer exporter = twoHosts();
                Simulator server = Simulator.start(SimulatorSettings.parse(LoadTestKit.QUICK))) {
            Ran ran = run(
                    "llmload.url", server.url(), "llmload.gpu.dcgm", exporter.url(), "llmload.gpu.devices", "gpu-2");
            JsonNode devices =
                    new ObjectMapper().readTree(ran.file("results.json")).at("/tests/0/levels/0/gpu/devices");
            assertThat(devices).hasSize(1);
            assertThat(devices.at("/0/uuid").asText()).isEqualTo("GPU-b");
            assertThat(ran.printed()).contains("peak for MFU: 1 × NVIDIA A40");
        }
    }

    @Test
    void theSimulatorHasAGpuOfItsOwn() throws Exception {
        try (ScriptedServer exporter = exporter()) {
            assertThat(run("llmload.gpu.dcgm", exporter.url()).printed()).contains("simulator: Simulated GPU");
        }
    }

    @Test
    void anExporterThatCannotBeReached_isSaid_beforeAnyLoad() throws IOException {
        try (Simulator server = Simulator.start(SimulatorSettings.parse(LoadTestKit.QUICK))) {
            Ran ran = run(
                    "llmload.url", server.url(),
                    "llmload.gpu.dcgm", "http://127.0.0.1:1/metrics",
                    "llmload.gpu.required", "true");

            assertThat(ran.failureOf("2 users"))
                    .isInstanceOf(EndpointUnusableException.class)
                    .hasMessageContaining("requires GPU telemetry, but there is none: dcgm: http://127.0.0.1:1/metrics"
                            + " cannot be read");
            assertThat(server.stats().requests()).isZero();
        }
    }

    @Test
    void aMistake_isReportedWithAllOthers() {
        assertThat(run("llmload.gpu.dcgm", "gpu-host:9400").containerFailure())
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("key `llmload.gpu.dcgm`: must be the address of a DCGM exporter's page");
        assertThat(run("llmload.gpu.dcgm", "http://gpu-host:9400", "llmload.gpu.source", "NVML")
                        .containerFailure())
                .hasMessageContaining("`dcgm` of @GpuTelemetry contradicts its `source`, which is nvml");
    }

    @GpuTelemetry(period = "100ms")
    @ModelUnderTest(parameters = 8.03e9, computeType = ComputeType.FP16)
    static class RemoteTestCase {
        @LlmLoad(concurrency = 2, requests = 40)
        void load() {}
    }
}
