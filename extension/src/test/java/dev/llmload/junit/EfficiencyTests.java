package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.load.preflight.EndpointUnusableException;
import dev.llmload.result.BudgetViolationError;
import dev.llmload.result.LoadInconclusiveException;
import dev.llmload.result.LoadResult;
import dev.llmload.simulator.Simulator;
import dev.llmload.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The headline gate, small: time to first token, success and MFU on a GPU, and what it says where one is missing. */
class EfficiencyTests {
    /** An engine that is quick to test, on a GPU that the table of peaks knows. */
    private static final String ENGINE = "simulator:h100-fast?tokens=8..12";

    @TempDir
    Path output;

    private Ran run(Class<?> testClass, String url, String... keysAndValues) {
        String[] all = new String[keysAndValues.length + 2];
        all[0] = "llmload.url";
        all[1] = url;
        System.arraycopy(keysAndValues, 0, all, 2, keysAndValues.length);
        return LoadTestKit.run(testClass, output, all);
    }

    @Nested
    class OnTheSimulatedGpu {
        @Test
        void theGateIsGreen_andSaysWhichGpuItFoundAndWhereThePeakComesFrom() {
            Ran ran = run(HeadlineTestCase.class, ENGINE);
            assertThat(ran.invocations()).containsExactly("4 users SUCCESSFUL");
            assertThat(ran.printed())
                    .contains("[llm-load] simulator: NVIDIA H100 80GB HBM3")
                    .contains(
                            "[llm-load] peak for MFU: 1 × NVIDIA H100 80GB HBM3, 989.4 TFLOPS dense in FP16, 3350 GB/s"
                                    + " (datasheet and derived; the SXM part)")
                    .contains("EFFICIENCY   MFU ")
                    .contains(" tok/J (tok/W)");
        }

        @ParameterizedTest
        @CsvSource({
            "lateRate=70%&late=400ms, ttft p50, success_rate",
            "errorRate=40%, success_rate, ttft p50",
            "stepBase=40ms, mfu, ttft p50",
        })
        void theGateIsRedForEachBudgetThatAProfileBreaks(String fault, String broken, String held) {
            Ran ran = run(HeadlineTestCase.class, ENGINE + "&" + fault);
            assertThat(ran.failureOf("4 users"))
                    .isInstanceOf(BudgetViolationError.class)
                    .hasMessageContaining("✘ " + broken);
            assertThat(ran.printed()).contains("✔ " + held);
        }

        @Test
        void resultsHoldTheGpuAndTheEfficiency() throws IOException {
            Ran ran = run(HeadlineTestCase.class, ENGINE);
            JsonNode level = new ObjectMapper()
                    .readTree(ran.file("results.json"))
                    .path("tests")
                    .path(0)
                    .path("levels")
                    .path(0);
            assertThat(ran.file("metadata.json"))
                    .contains("\"gpuSource\": \"auto\"", "\"gpuPeriod\": \"", "\"gpuDevices\": \"busy\"")
                    .doesNotContain("Settings[", "Optional");
            JsonNode device = level.path("gpu").path("devices").path(0);
            assertThat(level.path("gpu").path("source").asText()).isEqualTo("simulator");
            assertThat(device.path("name").asText()).isEqualTo("NVIDIA H100 80GB HBM3");
            assertThat(device.path("energy_method").asText()).isEqualTo("counter");
            double energy = device.path("energy_j").asDouble();
            assertThat(device.path("power_w").asDouble())
                    .isCloseTo(energy / level.path("window_s").asDouble(), Percentage.withPercentage(0.01));
            JsonNode efficiency = level.path("efficiency");
            assertThat(efficiency.path("tokens_per_joule").asDouble()
                            * efficiency.path("joules_per_token").asDouble())
                    .isCloseTo(1, Percentage.withPercentage(0.01));
            assertThat(efficiency.path("mfu").asDouble()).isBetween(0.0001, 1.0);
            assertThat(efficiency.has("mbu")).as("without the model's shape").isFalse();
        }

        @Test
        void telemetryIsWrittenOnTheRequestsClock() {
            Ran ran = run(HeadlineTestCase.class, ENGINE, "llmload.load.requests", "60");
            List<String> lines = ran.file("telemetry.csv").lines().toList();
            assertThat(lines.get(0))
                    .isEqualTo("time,uuid,name,gpu_util,mem_util,memory_used,memory_total,temperature,power,energy,"
                            + "sm_clock,mem_clock,throttle");
            assertThat(lines.size()).isGreaterThan(5);
            List<Long> times = lines.stream()
                    .skip(1)
                    .map(line -> Long.parseLong(line.substring(0, line.indexOf(','))))
                    .toList();
            assertThat(times).isSorted().doesNotHaveDuplicates();
            assertThat(times.get(0)).isPositive();
        }

        @Test
        void aBudgetOnEnergyThatAShortWindowCannotTellIsInconclusive() {
            // A window of seconds, however long this machine takes for eight requests, is short for readings so far
            // apart.
            Ran ran = run(
                    HeadlineTestCase.class,
                    ENGINE,
                    "llmload.budgets",
                    "power < 700 W",
                    "llmload.load.requests",
                    "8",
                    "llmload.gpu.period",
                    "10s");
            assertThat(ran.failureOf("4 users"))
                    .isInstanceOf(LoadInconclusiveException.class)
                    .hasMessageContaining("? power");
        }

        @Test
        void aDeviceThatDoesNotExistIsAMistakeThatListsThoseThatDo() {
            Ran ran = run(HeadlineTestCase.class, ENGINE, "llmload.gpu.devices", "7");
            assertThat(ran.failureOf("4 users"))
                    .hasMessageContaining(
                            "`devices` of @GpuTelemetry must be indices or UUIDs of GPUs, but `7` is none;"
                                    + " there are 0 (NVIDIA H100 80GB HBM3, GPU-simulated-0)");
        }

        @Test
        void promptsThatMayRepeatMakeAnUpperBound_thatDoesNotPass() {
            Ran ran = run(HeadlineTestCase.class, ENGINE + "&cacheDetails=false", "llmload.request.reuse", "ALLOW");
            assertThat(ran.failureOf("4 users"))
                    .isInstanceOf(LoadInconclusiveException.class)
                    .hasMessageContaining("? mfu");
            assertThat(ran.printed()).contains("MFU <= ");
        }
    }

    @Nested
    class AgainstARealEndpoint {
        @Test
        void withoutAGpu_theBudgetOnMfuIsNotMeasured_andTheRestPasses() {
            try (Simulator server = Simulator.start(SimulatorSettings.parse(ENGINE))) {
                Ran ran = run(
                        HeadlineTestCase.class, server.url(), "llmload.gpu.library", "/nonexistent/libnvidia-ml.so");
                assertThat(ran.invocations()).containsExactly("4 users SUCCESSFUL");
                assertThat(ran.printed())
                        .contains("no GPU telemetry: nvml: ")
                        .contains("MFU will not be measured: no GPU is known (nvml: ")
                        .contains("warning: ")
                        .contains("– mfu");
            }
        }

        @Test
        void inCi_whatIsNotMeasuredFails() {
            try (Simulator server = Simulator.start(SimulatorSettings.parse(ENGINE))) {
                Ran ran = run(HeadlineTestCase.class, server.url(), "llmload.notMeasured", "fail");
                assertThat(ran.failureOf("4 users"))
                        .isInstanceOf(LoadInconclusiveException.class)
                        .hasMessageContaining("– mfu")
                        .hasMessageContaining("2 budgets hold");
            }
        }

        @Test
        void requiredTelemetryFailsBeforeAnyLoad() {
            try (Simulator server = Simulator.start(SimulatorSettings.parse(ENGINE))) {
                Ran ran = run(HeadlineTestCase.class, server.url(), "llmload.gpu.required", "true");
                assertThat(ran.failureOf("4 users"))
                        .isInstanceOf(EndpointUnusableException.class)
                        .hasMessageContaining("requires GPU telemetry, but there is none: nvml: ");
                assertThat(server.stats().requests()).isZero();
            }
        }

        @Test
        void aDeclaredPeakNeedsNoTelemetry() {
            try (Simulator server = Simulator.start(SimulatorSettings.parse(ENGINE))) {
                Ran ran = run(HeadlineTestCase.class, server.url(), "llmload.model.device", "NVIDIA H100 80GB HBM3");
                assertThat(ran.invocations()).containsExactly("4 users SUCCESSFUL");
                assertThat(ran.printed()).contains("✔ mfu").doesNotContain("– mfu");
            }
        }
    }

    @Nested
    class Mistakes {
        @Test
        void ofTheModelAreReportedBeforeAnyLoad() {
            Ran ran = run(NoCostTestCase.class, ENGINE);
            assertThat(ran.containerFailure())
                    .hasMessageContaining("@ModelUnderTest must say what the model costs: set `config`");
        }

        @Test
        void ofTheConfigurationNameWhatToSetInstead() {
            Ran ran = run(HeadlineTestCase.class, ENGINE, "llmload.model.config", "classpath:/models/none.json");
            assertThat(ran.containerFailure())
                    .hasMessageContaining(
                            "key `llmload.model.config`: `classpath:/models/none.json` is not on the class path");
        }

        @Test
        void ofThePeriodSayTheLeast() {
            Ran ran = run(HeadlineTestCase.class, ENGINE, "llmload.gpu.period", "10ms");
            assertThat(ran.containerFailure())
                    .hasMessageContaining("key `llmload.gpu.period`: must be at least 100 ms");
        }

        @Test
        void ofTheSourceContradictTheRequirement() {
            Ran ran = run(HeadlineTestCase.class, ENGINE, "llmload.gpu.source", "NONE", "llmload.gpu.required", "true");
            assertThat(ran.containerFailure())
                    .hasMessageContaining("`required` of @GpuTelemetry contradicts its `source`, which is none");
        }
    }

    @GpuTelemetry(period = "100ms")
    @ModelUnderTest(parameters = 8.03e9, computeType = ComputeType.FP16)
    static class HeadlineTestCase {
        @LlmLoad(concurrency = 4, requests = 24)
        @LlmRequest(maxTokens = 12)
        @Budget("ttft p50 < 300 ms")
        @Budget("success_rate >= 95%")
        @Budget("mfu >= 0.7%")
        void chat(LoadResult result) {}
    }

    static class NoCostTestCase {
        @ModelUnderTest(computeType = ComputeType.FP16)
        @LlmLoad(concurrency = 1, requests = 1)
        void chat(LoadResult result) {}
    }
}
