package dev.llmload.gpu;

import dev.llmload.result.GpuDevice;
import dev.llmload.result.GpuSample;
import dev.llmload.spi.GpuFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds samples and logs. */
final class Gpus {
    static final String A = "GPU-a";
    static final String B = "GPU-b";
    private static final double NO = Double.NaN;

    private Gpus() {}

    static GpuFacts facts(String uuid) {
        GpuDevice device = new GpuDevice(uuid.equals(A) ? 0 : 1, uuid, "NVIDIA A40");
        return new GpuFacts(device, "550.54", false, 48e9, 1740, 7251, 300, 300, List.of());
    }

    /** A sample at so many milliseconds with power and, unless it is NaN, a counter. */
    static GpuSample at(String uuid, long millis, double watts, double joules) {
        return new GpuSample(millis * 1_000_000, uuid, NO, NO, NO, NO, NO, watts, joules, NO, NO, NO, NO, "");
    }

    static GpuSample at(long millis, double watts, double joules) {
        return at(A, millis, watts, joules);
    }

    static GpuSample power(long millis, double watts) {
        return at(millis, watts, NO);
    }

    /** What a sampler has that read one device every 200 ms. */
    static GpuLog log(List<GpuSample> samples, GpuLoss... losses) {
        return new GpuLog("test", List.of(facts(A)), Duration.ofMillis(200), samples, List.of(losses), Map.of());
    }

    /** Every 200 ms from one instant to another, both in milliseconds, at a constant power with a counter. */
    static List<GpuSample> steady(long from, long to, double watts) {
        List<GpuSample> samples = new ArrayList<>();
        for (long t = from; t <= to; t += 200) {
            samples.add(at(t, watts, 5000 + watts * t / 1000.0));
        }
        return samples;
    }

    static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
