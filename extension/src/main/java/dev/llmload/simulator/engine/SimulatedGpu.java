package dev.llmload.simulator.engine;

import dev.llmload.result.GpuDevice;
import dev.llmload.result.GpuSample;
import dev.llmload.spi.GpuFacts;
import dev.llmload.spi.GpuReadings;
import dev.llmload.spi.TelemetrySource;
import java.util.List;
import java.util.stream.IntStream;

/** The simulated GPUs, one of each replica, as a source of telemetry. Power and utilisation are means since the reading before. */
public final class SimulatedGpu implements TelemetrySource {
    static final String NAME = "simulator";

    private final List<Device> devices;
    private boolean closed;

    public SimulatedGpu(GpuMeter... meters) {
        this.devices = IntStream.range(0, meters.length)
                .mapToObj(i -> new Device(i, meters[i]))
                .toList();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<GpuFacts> devices() {
        return devices.stream().map(device -> device.facts).toList();
    }

    @Override
    public List<String> notes() {
        return List.of("SIMULATED: power, utilisation and memory follow the simulated batch");
    }

    @Override
    public synchronized void read(GpuReadings readings) {
        devices.forEach(device -> device.read(readings, closed));
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private static final class Device {
        private final String uuid;
        private final GpuMeter meter;
        private final GpuFacts facts;
        private GpuMeter.State before;

        Device(int index, GpuMeter meter) {
            this.uuid = "GPU-simulated-" + index;
            this.meter = meter;
            GpuModel model = meter.model();
            this.facts = new GpuFacts(
                    new GpuDevice(index, uuid, model.name()),
                    "",
                    false,
                    model.memoryBytes(),
                    Double.NaN,
                    Double.NaN,
                    model.maxWatts(),
                    model.maxWatts(),
                    List.of());
            this.before = meter.read();
        }

        void read(GpuReadings readings, boolean closed) {
            GpuMeter.State now = meter.read();
            if (closed) {
                readings.lost(uuid, now.nanos(), "telemetry was closed");
                return;
            }
            GpuModel model = meter.model();
            double elapsed = now.nanos() - before.nanos();
            double watts = elapsed > 0 ? (now.joules() - before.joules()) / (elapsed / 1e9) : now.watts();
            readings.sample(new GpuSample(
                    now.nanos(),
                    uuid,
                    elapsed > 0 ? (now.workedNanos() - before.workedNanos()) / elapsed : Double.NaN,
                    Double.NaN,
                    now.memoryBytes(),
                    model.memoryBytes(),
                    now.celsius(),
                    watts,
                    now.joules(),
                    Double.NaN,
                    Double.NaN,
                    model.maxWatts(),
                    Double.NaN,
                    now.watts() >= model.maxWatts() ? "power cap" : ""));
            before = now;
        }
    }
}
