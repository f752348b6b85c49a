package dev.llmload.junit.run;

import dev.llmload.gpu.NvidiaSmiProbe;
import dev.llmload.gpu.TelemetrySources;
import dev.llmload.gpu.nvml.NvmlProbe;
import dev.llmload.gpu.prometheus.PrometheusProbe;
import dev.llmload.spi.TelemetrySourceProvider;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The sources of GPU readings of one run, each opened once. Thread-safe. */
final class RunTelemetry {
    private final Map<String, TelemetrySources> opened = new ConcurrentHashMap<>();

    /** Of a DCGM exporter. */
    TelemetrySources exporter(URI page) {
        return sources("dcgm " + page, List.of(new PrometheusProbe(page)));
    }

    /** Of this host. */
    TelemetrySources host(String nvmlLibrary) {
        return sources("host " + nvmlLibrary, List.of(new NvmlProbe(nvmlLibrary), new NvidiaSmiProbe("")));
    }

    /** Of a provider that is plugged in. */
    TelemetrySources plugged(TelemetrySourceProvider provider) {
        return sources("plugged " + provider.getClass().getName(), List.of(provider));
    }

    private TelemetrySources sources(String key, List<TelemetrySourceProvider> probes) {
        return opened.computeIfAbsent(key, name -> new TelemetrySources(probes));
    }

    /** Closes all that was opened; says what could not be closed. */
    void close(Consumer<String> warn) {
        opened.values().forEach(sources -> {
            try {
                sources.close();
            } catch (RuntimeException | LinkageError e) {
                warn.accept("the telemetry could not be closed: " + e.getMessage());
            }
        });
    }
}
