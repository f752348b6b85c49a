package dev.llmload.junit.declared;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the GPUs are watched.
 *
 * @param source where readings come from, never none
 * @param dcgm page of a DCGM exporter, which comes before any source of this host
 * @param required whether a test without telemetry fails
 * @param period from one reading to the next
 * @param devices indices or UUIDs; empty for those on which something computes
 * @param library path of NVML's library, or empty
 * @param mig whether a split GPU is taken as it is
 */
public record GpuSettings(
        GpuSource source,
        Optional<URI> dcgm,
        boolean required,
        Duration period,
        List<String> devices,
        String library,
        boolean mig) {
    public GpuSettings {
        devices = List.copyOf(devices);
    }
}
