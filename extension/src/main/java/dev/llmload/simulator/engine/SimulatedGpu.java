package dev.llmload.simulator.engine;

import dev.llmload.result.GpuDevice;
import dev.llmload.result.GpuSample;
import dev.llmload.spi.GpuFacts;
import dev.llmload.spi.GpuReadings;
import dev.llmload.spi.TelemetrySource;
import java.util.List;

/** The simulated GPU as a source of telemetry. Power and utilisation are means since the reading before. */
public final class SimulatedGpu implements TelemetrySource {
    static final String NAME = "simulator";

    private static final String UUID = "GPU-simulated-0";

    private final GpuMeter meter;
    private final GpuFacts facts;
    private GpuMeter.State before;
    private boolean closed;

    public SimulatedGpu(GpuMeter meter) {
        this.meter = meter;
        GpuModel model = meter.model();
        this.facts = new GpuFacts(
                new GpuDevice(0, UUID, model.name()),
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

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<GpuFacts> devices() {
        return List.of(facts);
    }

    @Override
    public List<String> notes() {
        return List.of("SIMULATED: power, utilisation and memory follow the simulated batch");
    }

    @Override
    public synchronized void read(GpuReadings readings) {
        GpuMeter.State now = meter.read();
        if (closed) {
            readings.lost(UUID, now.nanos(), "telemetry was closed");
            return;
        }
        GpuModel model = meter.model();
        double elapsed = now.nanos() - before.nanos();
        double watts = elapsed > 0 ? (now.joules() - before.joules()) / (elapsed / 1e9) : now.watts();
        readings.sample(new GpuSample(
                now.nanos(),
                UUID,
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

    @Override
    public synchronized void close() {
        closed = true;
    }
}
