package dev.llmload.gpu;

import dev.llmload.spi.TelemetrySource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which source serves, and why not those before it.
 *
 * @param source the one that could be opened; empty if none could. It belongs to the {@link TelemetrySources}
 * @param refused why each that was tried before could not be used, by name, in the order of the attempts
 */
public record TelemetryChoice(Optional<TelemetrySource> source, Map<String, String> refused) {
    /**
     * Why there is none, or why not the first choice.
     *
     * @return {@code "nvml: …; nvidia-smi: …"}, empty if the first that was tried serves
     */
    public String reason() {
        return refused.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("; "));
    }
}
