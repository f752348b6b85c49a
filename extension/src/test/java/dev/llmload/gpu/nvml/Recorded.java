package dev.llmload.gpu.nvml;

import dev.llmload.gpu.GpuLog;
import dev.llmload.gpu.GpuLoss;
import dev.llmload.result.GpuSample;
import dev.llmload.spi.GpuReadings;
import dev.llmload.spi.TelemetrySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps all that a source says. */
final class Recorded implements GpuReadings {
    final List<GpuSample> samples = new ArrayList<>();
    final List<GpuLoss> losses = new ArrayList<>();
    final List<String> missed = new ArrayList<>();

    /** One reading. */
    static Recorded of(TelemetrySource source) {
        Recorded recorded = new Recorded();
        source.read(recorded);
        return recorded;
    }

    /** A reading every 200 ms of the stand-in's time, both ends included. */
    static Recorded of(TelemetrySource source, StandIn standIn, double fromSeconds, double toSeconds) {
        Recorded recorded = new Recorded();
        for (int i = 0; fromSeconds + 0.2 * i <= toSeconds + 1e-9; i++) {
            standIn.time(Math.round((fromSeconds + 0.2 * i) * 1e9));
            source.read(recorded);
        }
        return recorded;
    }

    GpuLog log(TelemetrySource source) {
        return new GpuLog(source.name(), source.devices(), Duration.ofMillis(200), samples, losses, Map.of());
    }

    @Override
    public void sample(GpuSample sample) {
        samples.add(sample);
    }

    @Override
    public void missed(String uuid, String reason) {
        missed.add(uuid.substring(uuid.length() - 1) + ": " + reason);
    }

    @Override
    public void lost(String uuid, long nanos, String reason) {
        losses.add(new GpuLoss(uuid, nanos, reason));
    }
}
