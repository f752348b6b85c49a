package dev.llmload.gpu.prometheus;

import dev.llmload.spi.TelemetrySource;
import dev.llmload.spi.TelemetrySourceProvider;
import dev.llmload.spi.TelemetryUnavailableException;
import java.net.URI;

/** Opens the page of a DCGM exporter: telemetry of GPUs on any host that it can be reached on. */
public final class PrometheusProbe implements TelemetrySourceProvider {
    /** The source's name. */
    public static final String NAME = "dcgm";

    private final URI page;

    /**
     * Asks nothing yet.
     *
     * @param page address of the page
     */
    public PrometheusProbe(URI page) {
        this.page = page;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public TelemetrySource open() throws TelemetryUnavailableException {
        return PrometheusSource.open(page, System::nanoTime);
    }
}
