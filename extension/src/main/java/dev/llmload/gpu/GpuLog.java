package dev.llmload.gpu;

import dev.llmload.result.GpuSample;
import dev.llmload.spi.GpuFacts;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a sampler has of some stretch of time.
 *
 * @param source name of the source
 * @param devices the GPUs that were to be read
 * @param period from one reading to the next, as it was meant
 * @param renewal how often the source renews what it keeps; zero if it asks the device
 * @param samples what was read, by time; of each device also the last one before the stretch and the first one after it
 * @param losses devices that were lost before the stretch ended
 * @param troubles devices whose readings failed at some time since the sampler began, by UUID: how often, and why last
 */
public record GpuLog(
        String source,
        List<GpuFacts> devices,
        Duration period,
        Duration renewal,
        List<GpuSample> samples,
        List<GpuLoss> losses,
        Map<String, String> troubles) {
    /** Copies the collections. */
    public GpuLog {
        devices = List.copyOf(devices);
        samples = List.copyOf(samples);
        losses = List.copyOf(losses);
        troubles = Map.copyOf(troubles);
    }

    /** Of a source that asks the device each time. */
    public GpuLog(
            String source,
            List<GpuFacts> devices,
            Duration period,
            List<GpuSample> samples,
            List<GpuLoss> losses,
            Map<String, String> troubles) {
        this(source, devices, period, Duration.ZERO, samples, losses, troubles);
    }
}
