package dev.llmload.junit.declared;

import dev.llmload.config.Services;
import dev.llmload.gpu.NvidiaSmiProbe;
import dev.llmload.gpu.TelemetrySources;
import dev.llmload.gpu.nvml.NvmlProbe;
import dev.llmload.spi.TelemetrySourceProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where GPU readings come from.
 *
 * @param name {@code auto}, {@code nvml}, {@code nvidia-smi}, {@code none}, or what a provider calls itself
 * @param plugged the provider; empty if the source is one of the library's
 */
public record GpuSource(String name, Optional<TelemetrySourceProvider> plugged) {
    private static final String NONE = "none";

    /** The first of this host's that can be opened. */
    public static final GpuSource AUTO = new GpuSource(TelemetrySources.AUTO, Optional.empty());

    private static final List<String> OWN = List.of(TelemetrySources.AUTO, NvmlProbe.NAME, NvidiaSmiProbe.NAME, NONE);

    /**
     * Reads a name, whatever its case.
     *
     * @param loader of the test's class, where providers may be as well
     * @throws IllegalArgumentException if nobody has that name; the message lists those there are
     */
    static GpuSource parse(String text, ClassLoader loader) {
        String name = text.strip();
        Optional<String> own =
                OWN.stream().filter(each -> each.equalsIgnoreCase(name)).findFirst();
        if (own.isPresent()) {
            return new GpuSource(own.get(), Optional.empty());
        }
        Services<TelemetrySourceProvider> services = Services.of(TelemetrySourceProvider.class, loader);
        return services.found().stream()
                .filter(provider -> provider.name().equalsIgnoreCase(name))
                .findFirst()
                .map(provider -> new GpuSource(provider.name(), Optional.of(provider)))
                .orElseThrow(() -> unknown(name, services));
    }

    private static IllegalArgumentException unknown(String name, Services<TelemetrySourceProvider> services) {
        List<String> known = new ArrayList<>(OWN);
        services.found().forEach(provider -> known.add(provider.name()));
        return new IllegalArgumentException("must be one of `" + String.join("`, `", known) + "`, but was `" + name
                + "`"
                + (services.problems().isEmpty()
                        ? ""
                        : "; one that is plugged in could not be loaded: " + String.join("; ", services.problems())));
    }

    boolean isNone() {
        return name.equals(NONE);
    }

    /** Whether it is a certain one, so that no other may be named beside it. */
    boolean isCertain() {
        return !name.equals(TelemetrySources.AUTO) && !isNone();
    }

    @Override
    public String toString() {
        return name;
    }
}
