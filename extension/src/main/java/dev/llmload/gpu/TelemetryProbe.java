package dev.llmload.gpu;

/** Tries to open one kind of source. */
public interface TelemetryProbe {
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
