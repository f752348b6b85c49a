package dev.llmload.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.result.Bias;
import dev.llmload.result.GpuSample;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Subject;
import dev.llmload.result.TokenCounts;
import dev.llmload.result.ValidityCheck.Status;
import dev.llmload.result.Window;
import dev.llmload.result.measured.Measurement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A window from 2 s to 22 s in which a GPU draws 250 W, 75 W of them when idle, and 1000 tokens a second come. */
class GpuFiguresTests {
    private static final LoadResult RESULT = Measurement.of(
                    new Subject("com.acme.ChatTest#chat", "http://host/v1/chat/completions", "llama", false),
                    Level.users(10))
            .window(new Window(
                    Window.Kind.STEADY, Gpus.nanos(2), Gpus.nanos(22), Duration.ofSeconds(24), "500 requests sent"))
            .requests(new RequestCounts(1, 1, 0, 0, Map.of(), Map.of(), Map.of()))
            .tokens(new TokenCounts(512, 0, 101, 1, true, false, 1.0, 0, 0, 1))
            .inFlightMean(1)
            .quantities(Map.of(Metric.THROUGHPUT, Quantity.of(Metric.THROUGHPUT, 1000)))
            .build();

    private static GpuFigures figures(GpuLog log, String instances) {
        GpuWindow window = GpuWindow.of(log, Gpus.nanos(2), Gpus.nanos(22), Map.of(Gpus.A, 75.0));
        return GpuFigures.of(window, RESULT, instances);
    }

    private static double value(GpuFigures figures, Metric metric) {
        return figures.quantities().get(metric).value();
    }

    @Test
    void energyAndPowerAreThoseOfTheWindow_andTokensGoByThem() {
        GpuFigures figures = figures(Gpus.log(Gpus.steady(0, 24_000, 250)), "");

        assertThat(value(figures, Metric.ENERGY)).isCloseTo(5000, within(1e-6));
        assertThat(value(figures, Metric.POWER)).isCloseTo(250, within(1e-6));
        assertThat(value(figures, Metric.TOKENS_PER_JOULE)).isCloseTo(4, within(1e-9));
        assertThat(value(figures, Metric.JOULES_PER_TOKEN)).isCloseTo(0.25, within(1e-9));
        assertThat(figures.check().status()).isEqualTo(Status.OK);
        assertThat(figures.notes())
                .containsExactly(
                        "Energy of the window by counter: 5000 J ± 1.0 %, 3500 J of it above the 75 W drawn when"
                                + " idle; 0.0694 Wh per 1000 output tokens.");
    }

    @Test
    void whatTheDeviceDoesNotHaveIsAbsentWithAReason() {
        Quantity util =
                figures(Gpus.log(Gpus.steady(0, 24_000, 250)), "").quantities().get(Metric.GPU_UTIL);

        assertThat(util.isPresent()).isFalse();
        assertThat(util.absentReason()).isEqualTo("the GPU or its source does not have it");
    }

    @Test
    void aGpuThatWasLostBreaksTheCheckForAllItsMetrics_andHasNoEnergy() {
        GpuLoss loss = new GpuLoss(Gpus.A, Gpus.nanos(12), "the GPU has fallen off the bus");
        GpuFigures figures = figures(Gpus.log(Gpus.steady(0, 12_000, 250), loss), "");

        assertThat(figures.check().status()).isEqualTo(Status.BROKEN);
        assertThat(figures.check().detail()).contains("was lost 10.0 s into the window");
        assertThat(figures.check().bias())
                .containsEntry(Metric.POWER, Bias.UNKNOWN)
                .containsEntry(Metric.GPU_UTIL, Bias.UNKNOWN)
                .doesNotContainKey(Metric.MFU);
        assertThat(figures.quantities().get(Metric.ENERGY).isPresent()).isFalse();
    }

    @Test
    void aSplitGpuHasNoPowerOfItsOwn() {
        GpuFigures figures = figures(Gpus.log(Gpus.steady(0, 24_000, 250)), "the GPU is split");

        assertThat(figures.quantities().get(Metric.POWER).absentReason()).isEqualTo("the GPU is split");
        assertThat(figures.notes()).isEmpty();
    }

    @Test
    void withoutTelemetryEveryMetricHasTheReason() {
        GpuFigures figures = GpuFigures.absent("nobody watched");

        assertThat(figures.quantities().values())
                .allSatisfy(quantity -> assertThat(quantity.absentReason()).isEqualTo("nobody watched"));
        assertThat(figures.check().status()).isEqualTo(Status.NOT_MEASURED);
    }

    /** Known to one update of 1.2 s: no limit that is far away is in doubt. Of utilisation nothing of the kind is known. */
    @Test
    void aSourceThatRefreshesTooSeldom_leavesEnergyWithinItsUncertainty() {
        List<GpuSample> samples = new ArrayList<>();
        for (int i = 0; i <= 120; i++) {
            samples.add(Gpus.at(200L * i, 250, 250 * (i / 6)));
        }
        GpuFigures figures = figures(Gpus.log(samples), "");

        assertThat(figures.check().status()).isEqualTo(Status.BROKEN);
        assertThat(figures.check().bias()).containsOnlyKeys(Metric.GPU_UTIL, Metric.GPU_MEMORY, Metric.GPU_TEMPERATURE);
    }

    @Test
    void aLostGpu_leavesNothing() {
        GpuFigures figures =
                figures(Gpus.log(Gpus.steady(0, 12_000, 250), new GpuLoss(Gpus.A, Gpus.nanos(12), "gone")), "");

        assertThat(figures.check().bias()).containsKeys(Metric.ENERGY, Metric.POWER, Metric.GPU_UTIL);
    }
}
