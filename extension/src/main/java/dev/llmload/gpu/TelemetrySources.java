package dev.llmload.gpu;

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

    private final List<TelemetryProbe> probes;
    private final Map<String, TelemetrySource> opened = new LinkedHashMap<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param probes most wanted first
     */
    public TelemetrySources(List<TelemetryProbe> probes) {
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
        List<TelemetryProbe> wanted = probes.stream()
                .filter(probe -> name.equals(AUTO) || probe.name().equals(name))
                .toList();
        if (wanted.isEmpty() && !name.equals(AUTO)) {
            throw new IllegalArgumentException("a telemetry source must be " + AUTO + " or one of "
                    + probes.stream().map(TelemetryProbe::name).toList() + ", but was \"" + name + "\"");
        }
        Map<String, String> reasons = new LinkedHashMap<>();
        for (TelemetryProbe probe : wanted) {
            TelemetrySource source = open(probe);
            if (source != null) {
                return new TelemetryChoice(Optional.of(source), reasons);
            }
            reasons.put(probe.name(), refused.getOrDefault(probe.name(), ""));
        }
        return new TelemetryChoice(Optional.empty(), reasons);
    }

    private @Nullable TelemetrySource open(TelemetryProbe probe) {
        if (!opened.containsKey(probe.name()) && !refused.containsKey(probe.name())) {
            try {
                opened.put(probe.name(), probe.open());
            } catch (TelemetryUnavailableException e) {
                refused.put(probe.name(), String.valueOf(e.getMessage()));
            }
        }
        return opened.get(probe.name());
    }

    /** Closes what was opened. Further calls do nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        opened.values().forEach(TelemetrySource::close);
        opened.clear();
    }
}
