package dev.llmload.result;

import java.util.List;
import org.apiguardian.api.API;

/**
 * What the GPUs did during a level.
 *
 * @param source where it came from: {@code "nvml"}, {@code "nvidia-smi"}, {@code "simulator"}
 * @param devices what each did in the window
 * @param samples all readings of the level, by time, on the requests' clock
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record GpuMeasurement(String source, List<GpuUse> devices, List<GpuSample> samples) {
    /** Copies the lists. */
    public GpuMeasurement {
        devices = List.copyOf(devices);
        samples = List.copyOf(samples);
    }
}
