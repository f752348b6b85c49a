package dev.llmload.report;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.result.GpuDevice;
import dev.llmload.result.GpuMeasurement;
import dev.llmload.result.GpuSample;
import dev.llmload.result.GpuUse;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.ValidityCheck.Status;
import dev.llmload.result.measured.Measurement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds made-up telemetry to judged levels: a reading every 200 ms of a window from 1.9 s to 40.1 s. */
public final class Gpus {
    private static final GpuDevice A40 = new GpuDevice(0, "GPU-1", "NVIDIA A40");

    private Gpus() {}

    /** The level on a GPU that draws so many watts, throttled in the last tenth of the readings if it is told. */
    public static LevelVerdict on(LevelVerdict level, double watts, double mfu, boolean throttled) {
        List<GpuSample> samples = new ArrayList<>();
        for (int i = 0; i <= 200; i++) {
            double power = watts + 5 * (i % 7);
            samples.add(new GpuSample(
                    i * 200_000_000L,
                    A40.uuid(),
                    0.98,
                    0.4,
                    38.5e9,
                    48.3e9,
                    50 + i / 20.0,
                    power,
                    power * i / 5,
                    1740,
                    7251,
                    300,
                    Double.NaN,
                    throttled && i > 180 ? "power cap" : ""));
        }
        GpuUse use = new GpuUse(A40, 38.2 * watts, "counter", 0.005, watts, 75, 0.98, 38.5e9, 60, Double.NaN);
        LoadResult result = Measurement.from(level.result())
                .gpu(Optional.of(new GpuMeasurement("nvml", List.of(use), samples)))
                .quantities(quantities(level.result(), watts, mfu))
                .check(new ValidityCheck("telemetry is whole", Status.OK, "nvml every 200 ms", Map.of()))
                .build();
        return new LevelVerdict(result, level.outcomes(), level.verdict());
    }

    private static Map<Metric, Quantity> quantities(LoadResult result, double watts, double mfu) {
        Map<Metric, Quantity> made = new EnumMap<>(Metric.class);
        made.put(Metric.MFU, Quantity.of(Metric.MFU, mfu));
        made.put(Metric.MBU, Quantity.absent(Metric.MBU, "the memory bandwidth of NVIDIA A40 is not known"));
        made.put(Metric.POWER, Quantity.of(Metric.POWER, watts));
        made.put(Metric.ENERGY, Quantity.of(Metric.ENERGY, 38.2 * watts));
        double perJoule = result.throughput().value() / watts;
        made.put(Metric.JOULES_PER_TOKEN, Quantity.of(Metric.JOULES_PER_TOKEN, 1 / perJoule));
        made.put(Metric.TOKENS_PER_JOULE, Quantity.of(Metric.TOKENS_PER_JOULE, perJoule));
        return made;
    }
}
