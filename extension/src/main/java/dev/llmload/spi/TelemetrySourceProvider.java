package dev.llmload.spi;

import org.apiguardian.api.API;

/**
 * Tries to open one kind of source of GPU readings. The key {@code llmload.gpu.source} names it; found by
 * {@link java.util.ServiceLoader}, so that an implementation has a constructor without parameters and stands in
 * {@code META-INF/services/dev.llmload.spi.TelemetrySourceProvider}.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface TelemetrySourceProvider {
    /**
     * The name that the source would have.
     *
     * @return {@code "nvml"}, {@code "nvidia-smi"}, …
     */
    String name();

    /**
     * Opens the source; it has at least one device then.
     *
     * @return the source, to be closed
     * @throws TelemetryUnavailableException if there is none on this machine; its message says why and what to do
     */
    TelemetrySource open() throws TelemetryUnavailableException;
}
