package dev.llmload.gpu.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.result.GpuSample;
import dev.llmload.spi.GpuFacts;
import dev.llmload.spi.GpuProcess;
import dev.llmload.spi.TelemetrySource;
import dev.llmload.spi.TelemetryUnavailableException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The binding against a library that the test compiles: NVML's symbols and structures for two GPUs. */
class NvmlSourceTests {
    private static final String A = "GPU-00000000-0000-0000-0000-00000000000a";
    private static final String B = "GPU-00000000-0000-0000-0000-00000000000b";

    @Test
    void devices_haveTheirFacts() throws TelemetryUnavailableException {
        StandIn standIn = StandIn.without();
        standIn.call("processes", 2);
        try (TelemetrySource source = standIn.open()) {
            GpuFacts first = source.devices().get(0);
            assertThat(first.device().index()).isZero();
            assertThat(first.device().uuid()).isEqualTo(A);
            assertThat(first.device().name()).isEqualTo("NVIDIA Stand-in 48GB");
            assertThat(first.driver()).isEqualTo("570.00-standin");
            assertThat(first.mig()).isFalse();
            assertThat(first.memoryTotalBytes()).isEqualTo(48e9);
            assertThat(first.maxSmClockMhz()).isEqualTo(1740);
            assertThat(first.maxMemClockMhz()).isEqualTo(7251);
            assertThat(first.powerLimitWatts()).isEqualTo(300);
            assertThat(first.powerCapped()).isFalse();
            assertThat(first.processes())
                    .containsExactly(new GpuProcess(1000, Double.NaN), new GpuProcess(1001, 1_000_000));
            GpuFacts second = source.devices().get(1);
            assertThat(second.device().uuid()).isEqualTo(B);
            assertThat(second.powerLimitWatts()).isEqualTo(600);
            assertThat(second.defaultPowerLimitWatts()).isEqualTo(700);
            assertThat(second.powerCapped()).isTrue();
            assertThat(source.notes()).containsExactly("NVML from " + standIn.path() + ", driver 570.00-standin");
        }
    }

    @Test
    void reading_hasEveryValueOfEachDevice() throws TelemetryUnavailableException {
        StandIn standIn = StandIn.without();
        standIn.call("reasons", 1L | 4 | 0x40 | 0x200);
        try (TelemetrySource source = standIn.open()) {
            standIn.time(1_750_000_000L);
            List<GpuSample> samples = Recorded.of(source).samples;
            assertThat(samples).hasSize(2);
            GpuSample a = samples.get(0);
            assertThat(a.nanos()).isEqualTo(1_750_000_000L);
            assertThat(a.uuid()).isEqualTo(A);
            assertThat(a.gpuUtil()).isEqualTo(0.97);
            assertThat(a.memUtil()).isEqualTo(0.41);
            assertThat(a.memoryUsedBytes()).isEqualTo(39e9);
            assertThat(a.memoryTotalBytes()).isEqualTo(48e9);
            assertThat(a.temperatureCelsius()).isEqualTo(61);
            assertThat(a.powerWatts()).isEqualTo(310);
            assertThat(a.energyJoules()).isCloseTo(1e6 + 250 * 1.75 + 60 * 7 / (2 * Math.PI), within(0.001));
            assertThat(a.smClockMhz()).isEqualTo(1600);
            assertThat(a.memClockMhz()).isEqualTo(7000);
            assertThat(a.powerLimitWatts()).isEqualTo(300);
            assertThat(a.throttle()).isEqualTo("power cap|thermal slowdown by hardware|reason 0x200");
            assertThat(a.tensorActivity()).isNaN();
            assertThat(samples.get(1).uuid()).isEqualTo(B);
            assertThat(samples.get(1).gpuUtil()).isEqualTo(0.98);
        }
    }

    @Test
    void idleClocks_areNotThrottled() throws TelemetryUnavailableException {
        StandIn standIn = StandIn.without();
        standIn.call("reasons", 1L);
        try (TelemetrySource source = standIn.open()) {
            assertThat(Recorded.of(source).samples.get(0).throttle()).isEmpty();
        }
    }

    @Test
    void tensorActivity_isThatSinceTheReadingBefore() throws TelemetryUnavailableException {
        StandIn standIn = StandIn.without();
        standIn.call("gpm", 1);
        try (TelemetrySource source = standIn.open()) {
            assertThat(Recorded.of(source, standIn, 9.8, 10.4).samples.stream()
                            .filter(sample -> sample.uuid().equals(B))
                            .map(GpuSample::tensorActivity))
                    .satisfiesExactly(
                            since0 -> assertThat(since0).isCloseTo(0.3, within(1e-9)),
                            before -> assertThat(before).isCloseTo(0.3, within(1e-9)),
                            after -> assertThat(after).isCloseTo(0.6, within(1e-9)),
                            later -> assertThat(later).isCloseTo(0.6, within(1e-9)));
            standIn.time(10_450_000_000L);
            assertThat(Recorded.of(source).samples.get(0).tensorActivity())
                    .as("too soon: the value before")
                    .isCloseTo(0.6, within(1e-9));
            standIn.fail("nvmlGpmMetricsGet", -1, 27);
            standIn.time(10_650_000_000L);
            Recorded notReady = Recorded.of(source);
            assertThat(notReady.missed).isEmpty();
            assertThat(notReady.samples.get(0).tensorActivity()).isCloseTo(0.6, within(1e-9));
        }
        assertThat(standIn.ask("gpm_samples")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "33", "500"})
    void processes_areAllListed_howeverManyThereAre(int count) throws TelemetryUnavailableException {
        StandIn standIn = StandIn.without();
        standIn.call("processes", count);
        try (TelemetrySource source = standIn.open()) {
            assertThat(source.devices().get(1).processes()).hasSize(count);
        }
    }

    @Test
    void gpuInInstances_isSaidToBe() throws TelemetryUnavailableException {
        StandIn standIn = StandIn.without();
        standIn.call("mig", 1);
        try (TelemetrySource source = standIn.open()) {
            assertThat(source.devices().get(0).mig()).isTrue();
            assertThat(source.notes()).anyMatch(note -> note.contains("split into instances (MIG)"));
        }
    }

    @Test
    void library_isInitialisedOnce_andShutDownOnce() throws TelemetryUnavailableException {
        StandIn standIn = StandIn.without();
        TelemetrySource source = standIn.open();
        assertThat(standIn.ask("initialised")).isEqualTo(1);
        source.close();
        source.close();
        assertThat(standIn.ask("initialised")).isZero();
        assertThat(standIn.ask("shutdowns")).isEqualTo(1);
        assertThat(Recorded.of(source).losses)
                .hasSize(2)
                .allMatch(loss -> loss.reason().equals("telemetry was closed"));
    }

    /** A driver that is older than a function, or a device without the thing: the metric is gone, nothing else. */
    @Nested
    class MissingSymbols {
        private GpuSample sampleWithout(String... symbols) throws TelemetryUnavailableException {
            try (TelemetrySource source = StandIn.without(symbols).open()) {
                return Recorded.of(source).samples.get(0);
            }
        }

        @Test
        void olderFunctionsServe_whereThereAreSome() throws TelemetryUnavailableException {
            GpuSample sample = sampleWithout(
                    "nvmlDeviceGetFieldValues",
                    "nvmlDeviceGetMemoryInfo_v2",
                    "nvmlDeviceGetTemperatureV",
                    "nvmlDeviceGetCurrentClocksEventReasons");
            assertThat(sample.powerWatts()).isEqualTo(240);
            assertThat(sample.memoryUsedBytes()).isEqualTo(39.5e9);
            assertThat(sample.memoryTotalBytes()).isEqualTo(48e9);
            assertThat(sample.temperatureCelsius()).isEqualTo(71);
            assertThat(sample.throttle()).isEqualTo("hardware slowdown");
        }

        @Test
        void everyOtherMetric_isAbsentAlone() throws TelemetryUnavailableException {
            StandIn standIn = StandIn.without(
                    "nvmlDeviceGetTotalEnergyConsumption",
                    "nvmlDeviceGetFieldValues",
                    "nvmlDeviceGetPowerUsage",
                    "nvmlDeviceGetEnforcedPowerLimit",
                    "nvmlDeviceGetPowerManagementDefaultLimit",
                    "nvmlDeviceGetUtilizationRates",
                    "nvmlDeviceGetMemoryInfo",
                    "nvmlDeviceGetMemoryInfo_v2",
                    "nvmlDeviceGetTemperature",
                    "nvmlDeviceGetTemperatureV",
                    "nvmlDeviceGetMaxClockInfo",
                    "nvmlDeviceGetMigMode",
                    "nvmlDeviceGetComputeRunningProcesses_v3",
                    "nvmlGpmQueryDeviceSupport",
                    "nvmlSystemGetDriverVersion");
            try (TelemetrySource source = standIn.open()) {
                GpuSample sample = Recorded.of(source).samples.get(0);
                assertThat(List.of(
                                sample.energyJoules(),
                                sample.powerWatts(),
                                sample.powerLimitWatts(),
                                sample.gpuUtil(),
                                sample.memUtil(),
                                sample.memoryUsedBytes(),
                                sample.memoryTotalBytes(),
                                sample.temperatureCelsius()))
                        .containsOnly(Double.NaN);
                assertThat(sample.smClockMhz()).isEqualTo(1600);
                GpuFacts facts = source.devices().get(0);
                assertThat(facts.driver()).isEmpty();
                assertThat(facts.processes()).isEmpty();
                assertThat(facts.mig()).isFalse();
                assertThat(facts.powerCapped()).isFalse();
                assertThat(source.notes())
                        .contains("NVIDIA Stand-in 48GB " + A + " has no power: nvmlDeviceGetFieldValues: this driver's"
                                + " library does not have the function: the driver is too old for it (NVML error 13)")
                        .noneMatch(note -> note.contains("tensor"));
            }
        }

        @Test
        void withoutTheFirstFunctions_thereIsNoSource() {
            assertThatThrownBy(() -> sampleWithout("nvmlInit_v2"))
                    .isInstanceOf(TelemetryUnavailableException.class)
                    .hasMessageContaining("too old");
            assertThatThrownBy(() -> sampleWithout("nvmlDeviceGetCount_v2"))
                    .isInstanceOf(TelemetryUnavailableException.class)
                    .hasMessageStartingWith("nvmlDeviceGetCount_v2: this driver's library does not have the function");
        }
    }

    @Nested
    class Codes {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "1 | not initialised",
                    "2 | did not accept an argument",
                    "3 | does not support it",
                    "4 | no permission",
                    "5 | initialised before",
                    "6 | no such object",
                    "7 | larger buffer",
                    "8 | power cables",
                    "9 | kernel module is not loaded",
                    "10 | did not answer in time",
                    "11 | interrupt problem",
                    "12 | no NVIDIA driver library here",
                    "13 | does not have the function",
                    "14 | infoROM",
                    "15 | fallen off the bus",
                    "16 | needs a reset",
                    "17 | operating system blocks",
                    "18 | reboot, or recreate the container",
                    "19 | in use",
                    "20 | out of memory",
                    "21 | no data yet",
                    "22 | virtual GPU",
                    "23 | out of resources",
                    "24 | resources for clocks",
                    "25 | does not know that version",
                    "26 | no longer answers",
                    "27 | not ready",
                    "28 | finds no GPU",
                    "29 | in no state",
                    "30 | cannot be reset",
                    "999 | internal error",
                    "77 | unknown here"
                })
        void everyCode_isASentence_whenTheLibraryStarts(int code, String words) {
            StandIn standIn = StandIn.without();
            standIn.fail("nvmlInit_v2", -1, code);
            assertThatThrownBy(standIn::open)
                    .isInstanceOf(TelemetryUnavailableException.class)
                    .hasMessageContaining(words)
                    .hasMessageEndingWith("(NVML error " + code + ")");
            assertThat(standIn.ask("initialised")).isZero();
        }

        @ParameterizedTest
        @CsvSource({"2", "3", "4", "13", "25", "26"})
        void whatIsNotThere_isAbsent_andNotAskedForAgain(int code) throws TelemetryUnavailableException {
            StandIn standIn = StandIn.without();
            try (TelemetrySource source = standIn.open()) {
                standIn.fail("nvmlDeviceGetTotalEnergyConsumption", 0, code);
                Recorded recorded = Recorded.of(source);
                assertThat(recorded.samples.get(0).energyJoules()).isNaN();
                assertThat(recorded.samples.get(1).energyJoules()).isPositive();
                assertThat(recorded.missed).isEmpty();
                standIn.fail("nvmlDeviceGetTotalEnergyConsumption", 0, 0);
                assertThat(Recorded.of(source).samples.get(0).energyJoules()).isNaN();
            }
        }

        @ParameterizedTest
        @CsvSource({
            "1", "5", "6", "7", "8", "9", "10", "11", "12", "14", "17", "18", "19", "20", "21", "22", "23", "24", "27",
            "29", "30", "999", "77"
        })
        void whatFailsOnce_costsThatReading(int code) throws TelemetryUnavailableException {
            StandIn standIn = StandIn.without();
            try (TelemetrySource source = standIn.open()) {
                standIn.fail("nvmlDeviceGetTotalEnergyConsumption", 0, code);
                Recorded recorded = Recorded.of(source);
                assertThat(recorded.samples)
                        .singleElement()
                        .matches(sample -> sample.uuid().equals(B));
                assertThat(recorded.missed)
                        .singleElement()
                        .asString()
                        .startsWith("a: nvmlDeviceGetTotalEnergyConsumption: ")
                        .endsWith("(NVML error " + code + ")");
                standIn.fail("nvmlDeviceGetTotalEnergyConsumption", 0, 0);
                assertThat(Recorded.of(source).samples).hasSize(2);
            }
        }

        @ParameterizedTest
        @CsvSource({"15", "16", "28"})
        void gpuThatIsGone_isLost_theOtherIsReadOn(int code) throws TelemetryUnavailableException {
            StandIn standIn = StandIn.without();
            try (TelemetrySource source = standIn.open()) {
                standIn.time(3_000_000_000L);
                standIn.fail("nvmlDeviceGetClockInfo", 1, code);
                Recorded recorded = Recorded.of(source);
                assertThat(recorded.samples)
                        .singleElement()
                        .matches(sample -> sample.uuid().equals(A));
                assertThat(recorded.losses).singleElement().satisfies(loss -> {
                    assertThat(loss.uuid()).isEqualTo(B);
                    assertThat(loss.nanos()).isEqualTo(3_000_000_000L);
                    assertThat(loss.reason()).endsWith("(NVML error " + code + ")");
                });
                standIn.fail("nvmlDeviceGetClockInfo", 1, 0);
                Recorded later = Recorded.of(source);
                assertThat(later.samples).hasSize(1);
                assertThat(later.losses).isEmpty();
            }
        }

        @Test
        void metricThatFailsFromTheBeginning_isAbsent_andTheSamplesGoOn() throws TelemetryUnavailableException {
            StandIn standIn = StandIn.without();
            standIn.fail("nvmlDeviceGetTotalEnergyConsumption", -1, 999);
            try (TelemetrySource source = standIn.open()) {
                assertThat(source.notes()).anyMatch(note -> note.contains("has no energy: "));
                assertThat(Recorded.of(source).samples.get(0).energyJoules()).isNaN();
                assertThat(Recorded.of(source).samples.get(0).powerWatts()).isEqualTo(250);
            }
        }

        @Test
        void fieldThatIsNotSupported_leavesThePowerToTheFunction() throws TelemetryUnavailableException {
            StandIn standIn = StandIn.without();
            standIn.fail("field", 0, 3);
            try (TelemetrySource source = standIn.open()) {
                assertThat(Recorded.of(source).samples.get(0).powerWatts()).isEqualTo(240);
                assertThat(Recorded.of(source).samples.get(1).powerWatts()).isEqualTo(400);
            }
        }

        @Test
        void deviceThatMayNotBeOpened_isLeftOut_andNamed() throws TelemetryUnavailableException {
            StandIn standIn = StandIn.without();
            standIn.fail("nvmlDeviceGetHandleByIndex_v2", 0, 4);
            try (TelemetrySource source = standIn.open()) {
                assertThat(source.devices())
                        .singleElement()
                        .matches(facts -> facts.device().uuid().equals(B));
                assertThat(source.notes())
                        .anyMatch(note -> note.startsWith("GPU 0 is left out: ") && note.contains("no permission"));
            }
        }

        @Test
        void noDeviceThatMayBeOpened_isNoSource() {
            StandIn standIn = StandIn.without();
            standIn.fail("nvmlDeviceGetHandleByIndex_v2", -1, 17);
            assertThatThrownBy(standIn::open)
                    .isInstanceOf(TelemetryUnavailableException.class)
                    .hasMessageContaining("operating system blocks");
            assertThat(standIn.ask("initialised")).isZero();
        }

        @Test
        void driverWithoutAGpu_isNoSource() {
            StandIn standIn = StandIn.without();
            standIn.call("devices", 0);
            assertThatThrownBy(standIn::open)
                    .isInstanceOf(TelemetryUnavailableException.class)
                    .hasMessageContaining("driver 570.00-standin is loaded but shows no GPU");
        }
    }

    @Nested
    class Loading {
        @Test
        void pathThatIsNoLibrary_isNamed(@TempDir Path folder) {
            assertThatThrownBy(() -> new NvmlProbe(folder + "/none.so").open())
                    .isInstanceOf(TelemetryUnavailableException.class)
                    .hasMessageStartingWith("cannot load \"" + folder + "/none.so\" as NVIDIA's management library: ");
        }

        @Test
        void probe_saysItsNameWithoutLoadingAnything() {
            assertThat(new NvmlProbe("/none").name()).isEqualTo("nvml");
        }
    }
}
