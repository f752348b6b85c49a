package dev.llmload.report.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Golden;
import dev.llmload.report.Gpus;
import dev.llmload.report.Levels;
import dev.llmload.report.TestReport;
import dev.llmload.report.Xml;
import dev.llmload.report.file.TelemetryCsv;
import dev.llmload.result.Outcome;
import dev.llmload.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pictures of a level over time, of its GPUs, and of what a test got out of them. */
class GpuChartTests {
    private static LevelVerdict ten() {
        return Gpus.on(Levels.users(10).succeeded(50).throughput(184.1).judged(), 242, 0.0197, false);
    }

    private static LevelVerdict hundred() {
        return Gpus.on(
                Levels.users(100)
                        .outcome("mfu >= 16 %", Verdict.FAIL, 15.6, null, "")
                        .simulated()
                        .judged(),
                257,
                0.156,
                true);
    }

    private static TestReport report(LevelVerdict... levels) {
        return new TestReport("com.acme.ChatReleaseTest#chat", "chat()", List.of(levels), List.of());
    }

    private static void sound(String svg) {
        Xml.parse(svg);
        assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity").hasSizeLessThan(60_000);
    }

    @Nested
    class OfALevelOverTime {
        @Test
        void showsTokensRequestsFailuresAndPower_withTheWindowShaded() {
            String svg = TimelineChart.svg(hundred());
            sound(svg);
            Golden.matches("timeline.svg", svg);
            assertThat(Xml.texts(svg))
                    .contains(
                            "1458 tok/s in the window at 100 users",
                            "output tokens a second",
                            "requests in flight",
                            "failures a second",
                            "power of the GPUs, W",
                            "seconds",
                            "SIMULATED");
        }

        @Test
        void withoutAGpu_hasNoPanelOfPower() {
            String svg = TimelineChart.svg(
                    Levels.hundredUsers().failed(Outcome.RESET, 1, 0).judged());
            sound(svg);
            assertThat(Xml.texts(svg)).doesNotContain("power of the GPUs, W", "SIMULATED");
        }
    }

    @Nested
    class OfTheGpus {
        @Test
        void showsThatUtilisationIsNotComputeUtilisation_thePowersLimit_andThrottling() {
            String svg = GpuChart.svg(List.of(hundred()));
            sound(svg);
            Golden.matches("gpu.svg", svg);
            assertThat(Xml.texts(svg))
                    .contains(
                            "share of time in which any kernel ran, %: not compute utilisation",
                            "power, W",
                            "power limit",
                            "temperature, °C",
                            "red: held down (power cap)",
                            "100 users",
                            "1 × NVIDIA A40 · nvml · ChatReleaseTest.chat",
                            "The GPU was held down in 10.0 % of the readings");
        }

        @Test
        void isNotDrawnWhereNobodyWatched() {
            assertThat(GpuChart.has(List.of(Levels.hundredUsers().judged()))).isFalse();
            assertThat(GpuChart.has(List.of(ten()))).isTrue();
        }
    }

    @Nested
    class OfEfficiency {
        @Test
        void saysWhichBudgetBreaks_andWhyAMetricIsMissing() {
            String svg = EfficiencyChart.svg(report(ten(), hundred()));
            sound(svg);
            Golden.matches("efficiency.svg", svg);
            assertThat(Xml.texts(svg))
                    .contains(
                            "mfu 15.6 % breaks its budget at 100 users",
                            "MFU, % of the dense peak",
                            "mfu >= 16 %",
                            "energy of an output token, J",
                            "output tokens per joule",
                            "not measured: MBU (the memory bandwidth of NVIDIA A40 is not known)")
                    .doesNotContain("MBU, % of the memory bandwidth");
        }

        @Test
        void isNotDrawnWhereNothingWasMeasured() {
            assertThat(EfficiencyChart.has(report(Levels.hundredUsers().judged())))
                    .isFalse();
        }
    }

    @Nested
    class Telemetry {
        @Test
        void isWrittenOnce_onTheRequestsClock(@TempDir Path folder) throws IOException {
            TelemetryCsv file = new TelemetryCsv(folder, 200_000_000L);
            file.append(ten().result().gpu().orElseThrow());
            file.append(ten().result().gpu().orElseThrow());
            List<String> lines = Files.readAllLines(folder.resolve(TelemetryCsv.FILE));
            assertThat(lines).hasSize(202);
            assertThat(lines.get(2))
                    .isEqualTo("0,GPU-1,NVIDIA A40,0.98,0.4,38500000000,48300000000,50.05,247,49.4,1740,7251,");
        }
    }
}
