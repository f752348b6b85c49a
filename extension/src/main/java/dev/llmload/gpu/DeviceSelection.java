package dev.llmload.gpu;

import dev.llmload.result.GpuSample;
import dev.llmload.spi.GpuFacts;
import dev.llmload.spi.GpuReadings;
import dev.llmload.spi.TelemetrySource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Some of a source's devices: those that were named, else those on which something computes, else all. Used as its source
 * is; closing it does not close the source, which belongs to others.
 */
public final class DeviceSelection implements TelemetrySource {
    private final TelemetrySource source;
    private final List<GpuFacts> devices;
    private final Set<String> uuids;

    private DeviceSelection(TelemetrySource source, List<GpuFacts> devices) {
        this.source = source;
        this.devices = devices;
        this.uuids = devices.stream().map(facts -> facts.device().uuid()).collect(Collectors.toSet());
    }

    /**
     * Selects.
     *
     * @param source whose devices
     * @param wanted indices or UUIDs, or, of a source that reads several hosts, hosts or {@code host/index}; empty for those
     *     on which something computes, or all if that cannot be seen
     * @throws IllegalArgumentException if one that is wanted does not exist or is on several hosts, or if none is wanted of
     *     several hosts; the message lists those there are
     */
    public static DeviceSelection of(TelemetrySource source, List<String> wanted) {
        List<GpuFacts> all = source.devices();
        if (!wanted.isEmpty()) {
            return new DeviceSelection(source, GpuNames.of(all).named(wanted));
        }
        if (all.stream().map(GpuFacts::host).distinct().count() > 1) {
            throw new IllegalArgumentException("must name the GPUs that serve the model, because there are those of"
                    + " several hosts: " + GpuNames.of(all) + "; set it to hosts, `host/index` or UUIDs");
        }
        List<GpuFacts> computing =
                all.stream().filter(facts -> !facts.processes().isEmpty()).toList();
        return new DeviceSelection(source, computing.isEmpty() ? all : computing);
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public List<GpuFacts> devices() {
        return devices;
    }

    @Override
    public List<String> notes() {
        return source.notes();
    }

    @Override
    public Duration shortestPeriod() {
        return source.shortestPeriod();
    }

    @Override
    public Duration renewal() {
        return source.renewal();
    }

    /** The devices, in words: {@code 2 of 8 GPUs: 2× NVIDIA A40}. */
    @Override
    public String toString() {
        int all = source.devices().size();
        String names = new TreeSet<>(devices.stream().map(GpuNames::model).toList())
                .stream()
                        .map(name -> {
                            long count = devices.stream()
                                    .filter(facts -> GpuNames.model(facts).equals(name))
                                    .count();
                            return (count == 1 ? "" : count + "× ") + name;
                        })
                        .collect(Collectors.joining(", "));
        return devices.size() == all ? names : devices.size() + " of " + all + " GPUs: " + names;
    }

    @Override
    public void read(GpuReadings readings) {
        source.read(new GpuReadings() {
            @Override
            public void sample(GpuSample sample) {
                if (uuids.contains(sample.uuid())) {
                    readings.sample(sample);
                }
            }

            @Override
            public void missed(String uuid, String reason) {
                if (uuids.contains(uuid)) {
                    readings.missed(uuid, reason);
                }
            }

            @Override
            public void lost(String uuid, long nanos, String reason) {
                if (uuids.contains(uuid)) {
                    readings.lost(uuid, nanos, reason);
                }
            }
        });
    }

    @Override
    public void close() {
        // The source belongs to whoever opened it.
    }
}
