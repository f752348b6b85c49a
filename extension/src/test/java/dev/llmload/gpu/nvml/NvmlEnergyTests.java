package dev.llmload.gpu.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.llmload.gpu.GpuWindow;
import dev.llmload.result.GpuUse;
import dev.llmload.spi.TelemetrySource;
import dev.llmload.spi.TelemetryUnavailableException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two GPUs whose power is a sinusoid, sampled every 200 ms: what the product says against the exact integral. */
class NvmlEnergyTests {
    private static final double[] BASE = {250, 400};
    private static final double[] AMPLITUDE = {60, 150};
    private static final double[] PERIOD = {7, 3};

    private static double integral(int device, double from, double to) {
        double omega = 2 * Math.PI / PERIOD[device];
        return BASE[device] * (to - from) + AMPLITUDE[device] / omega * (Math.cos(omega * from) - Math.cos(omega * to));
    }

    private static GpuWindow window(StandIn standIn, double from, double to) throws TelemetryUnavailableException {
        try (TelemetrySource source = standIn.open()) {
            Recorded recorded = Recorded.of(source, standIn, 0.2 * Math.floor(from / 0.2), to + 0.2);
            return GpuWindow.of(recorded.log(source), Math.round(from * 1e9), Math.round(to * 1e9), Map.of());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 40", "1.13, 41.87", "2.71, 22.94", "0.05, 6.02", "10.3, 12.9"})
    void energyByCounter_isWithinOnePercentOfTheIntegral(double from, double to) throws TelemetryUnavailableException {
        List<GpuUse> uses = window(StandIn.without(), from, to).telemetry().devices();
        for (int device = 0; device < 2; device++) {
            GpuUse use = uses.get(device);
            assertThat(use.energyMethod()).isEqualTo("counter");
            assertThat(use.energyJoules()).isCloseTo(integral(device, from, to), withinPercentage(1));
            assertThat(use.powerWatts()).isCloseTo(integral(device, from, to) / (to - from), withinPercentage(1));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 40", "1.13, 41.87", "2.71, 22.94", "0.05, 6.02", "10.3, 12.9"})
    void energyByTrapezoid_isWithinTwoPercentOfTheIntegral(double from, double to)
            throws TelemetryUnavailableException {
        StandIn standIn = StandIn.without("nvmlDeviceGetTotalEnergyConsumption");
        List<GpuUse> uses = window(standIn, from, to).telemetry().devices();
        for (int device = 0; device < 2; device++) {
            assertThat(uses.get(device).energyMethod()).isEqualTo("trapezoid");
            assertThat(uses.get(device).energyJoules()).isCloseTo(integral(device, from, to), withinPercentage(2));
        }
    }

    @Test
    void counterAndTrapezoid_doNotContradictEachOther() throws TelemetryUnavailableException {
        GpuWindow window = window(StandIn.without(), 1, 41);
        assertThat(window.notes()).isEmpty();
        assertThat(window.objections()).isEmpty();
    }

    @Test
    void gpuLostAfterSomeSeconds_spoilsTheWindowFromThenOn_notTheOneBefore() throws TelemetryUnavailableException {
        StandIn standIn = StandIn.without();
        standIn.call("lose", 1, 12_300_000_000L);
        try (TelemetrySource source = standIn.open()) {
            Recorded recorded = Recorded.of(source, standIn, 0, 30);
            GpuWindow before = GpuWindow.of(recorded.log(source), 2_000_000_000L, 12_000_000_000L, Map.of());
            assertThat(before.objections()).isEmpty();
            assertThat(before.telemetry().devices().get(1).energyJoules())
                    .isCloseTo(integral(1, 2, 12), withinPercentage(1));
            GpuWindow after = GpuWindow.of(recorded.log(source), 10_000_000_000L, 20_000_000_000L, Map.of());
            assertThat(after.objections())
                    .singleElement()
                    .asString()
                    .startsWith("NVIDIA Stand-in 80GB GPU-00000000-0000-0000-0000-00000000000b was lost 2.4 s into the"
                            + " window: the GPU is lost: it has fallen off the bus");
            assertThat(after.telemetry().devices().get(0).energyJoules())
                    .isCloseTo(integral(0, 10, 20), withinPercentage(1));
            assertThat(after.telemetry().devices().get(1).energyJoules()).isNaN();
        }
    }
}
