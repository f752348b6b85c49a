package dev.llmload.gpu;

import dev.llmload.spi.TelemetrySource;
import dev.llmload.spi.TelemetrySourceProvider;
import dev.llmload.spi.TelemetryUnavailableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sources of this machine, in the order in which they are preferred. Each is opened once, by the first who wants it,
 * and closed with this object, normally when the launcher session is over. Safe for use by any thread.
 */
public final class TelemetrySources implements AutoCloseable {
    /** Takes the first that works. */
    public static final String AUTO = "auto";

    private final List<TelemetrySourceProvider> probes;
    private final Map<String, TelemetrySource> opened = new LinkedHashMap<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param probes most wanted first
     */
    public TelemetrySources(List<TelemetrySourceProvider> probes) {
        this.probes = List.copyOf(probes);
    }

    /**
     * The source to use.
     *
     * @param name {@link #AUTO} for the first that can be opened, or the name of one
     * @return the source, or why there is none; the same each time
     * @throws IllegalArgumentException if no source has that name
     * @throws IllegalStateException if this is closed
     */
    public synchronized TelemetryChoice choose(String name) {
        if (closed) {
            throw new IllegalStateException("the telemetry sources are closed");
        }
        List<TelemetrySourceProvider> wanted = probes.stream()
                .filter(probe -> name.equals(AUTO) || probe.name().equals(name))
                .toList();
        if (wanted.isEmpty() && !name.equals(AUTO)) {
            throw new IllegalArgumentException("a telemetry source must be " + AUTO + " or one of "
                    + probes.stream().map(TelemetrySourceProvider::name).toList() + ", but was \"" + name + "\"");
        }
        Map<String, String> reasons = new LinkedHashMap<>();
        for (TelemetrySourceProvider probe : wanted) {
            TelemetrySource source = open(probe);
            if (source != null) {
                return new TelemetryChoice(Optional.of(source), reasons);
            }
            reasons.put(probe.name(), refused.getOrDefault(probe.name(), ""));
        }
        return new TelemetryChoice(Optional.empty(), reasons);
    }

    private @Nullable TelemetrySource open(TelemetrySourceProvider probe) {
        if (!opened.containsKey(probe.name()) && !refused.containsKey(probe.name())) {
            try {
                TelemetrySource source = probe.open();
                opened.put(probe.name(), source);
                if (source.devices().isEmpty()) {
                    refuse(probe, "it has no GPU");
                }
            } catch (TelemetryUnavailableException e) {
                refuse(probe, String.valueOf(e.getMessage()));
            } catch (RuntimeException | LinkageError e) {
                refuse(probe, "it failed with " + e);
            }
        }
        return opened.get(probe.name());
    }

    private void refuse(TelemetrySourceProvider probe, String reason) {
        refused.put(probe.name(), reason);
        TelemetrySource source = opened.remove(probe.name());
        if (source != null) {
            source.close();
        }
    }

    /**
     * Closes what was opened, all of it whatever one of them throws. Further calls do nothing.
     *
     * @throws RuntimeException what the first threw that could not be closed, with the others suppressed
     */
    @Override
    public synchronized void close() {
        closed = true;
        List<TelemetrySource> all = List.copyOf(opened.values());
        opened.clear();
        RuntimeException first = null;
        for (TelemetrySource source : all) {
            try {
                source.close();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
