package dev.llmload.junit.run;

import dev.llmload.gpu.DeviceSelection;
import dev.llmload.gpu.GpuLog;
import dev.llmload.gpu.GpuSampler;
import dev.llmload.gpu.GpuWindow;
import dev.llmload.gpu.TelemetryChoice;
import dev.llmload.gpu.prometheus.PrometheusProbe;
import dev.llmload.junit.declared.GpuSettings;
import dev.llmload.result.Window;
import dev.llmload.spi.GpuFacts;
import dev.llmload.spi.TelemetrySource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches the GPUs of a load test from before its warm-up until it is closed, or knows why it cannot. Confined to the
 * thread of the test.
 */
final class GpuWatch implements AutoCloseable {
    private static final long IDLE_NANOS = 1_000_000_000L;

    private final Optional<DeviceSelection> source;
    private final Optional<GpuSampler> sampler;
    private final String reason;
    private final boolean mig;
    private Map<String, Double> idleWatts = Map.of();

    private GpuWatch(Optional<DeviceSelection> source, Optional<GpuSampler> sampler, String reason, boolean mig) {
        this.source = source;
        this.sampler = sampler;
        this.reason = reason;
        this.mig = mig;
    }

    /**
     * None, and why.
     *
     * @param reason in words
     */
    static GpuWatch none(String reason) {
        return new GpuWatch(Optional.empty(), Optional.empty(), reason, false);
    }

    /**
     * Begins to sample the devices that the settings select.
     *
     * @param source to read
     * @param settings which devices, and how often
     * @param refused why it is not another source; empty if it is the first choice
     */
    static GpuWatch begin(TelemetrySource source, GpuSettings settings, String refused) {
        DeviceSelection devices = DeviceSelection.of(source, settings.devices());
        return new GpuWatch(
                Optional.of(devices),
                Optional.of(GpuSampler.start(devices, settings.period())),
                refused,
                settings.mig());
    }

    /** What was chosen of what this host has; none with the reasons if nothing could be opened. */
    static GpuWatch of(TelemetryChoice choice, GpuSettings settings) {
        return choice.source().isPresent()
                ? begin(choice.source().get(), settings, choice.reason())
                : none(choice.reason());
    }

    boolean watches() {
        return source.isPresent();
    }

    /** Why it does not watch, or not through the first choice of a source; empty if it does. */
    String reason() {
        return reason;
    }

    /** The devices it watches; none if it does not. */
    List<GpuFacts> devices() {
        return source.map(DeviceSelection::devices).orElse(List.of());
    }

    /** Who tells of the devices, in words. */
    String teller() {
        String name = source.map(DeviceSelection::name).orElse("");
        return name.equals(PrometheusProbe.NAME) ? "the exporter" : name;
    }

    /** Why the power of the devices is not that of what was measured: they are split. Empty if it is. */
    String splitReason() {
        boolean split = !mig && devices().stream().anyMatch(GpuFacts::mig);
        return split
                ? "the GPU is split into instances (MIG), and its power and utilisation are those of the whole board;"
                        + " @GpuTelemetry(mig = true) takes them all the same"
                : "";
    }

    /** What a user should know of the source. */
    List<String> notes() {
        return source.map(DeviceSelection::notes).orElse(List.of());
    }

    /** Samples for a second in which nothing is asked of the endpoint. */
    void idle() {
        if (sampler.isPresent()) {
            long from = System.nanoTime();
            while (System.nanoTime() - from < IDLE_NANOS
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(IDLE_NANOS - (System.nanoTime() - from));
            }
            idleWatts = GpuWindow.idleWatts(sampler.get().between(from, System.nanoTime()));
        }
    }

    /** What the devices did in a level; the samples are those of all of it. */
    Optional<GpuWindow> window(Window wholeRun, Window window) {
        if (sampler.isEmpty() || window.closeNanos() - window.openNanos() <= 0) {
            return Optional.empty();
        }
        GpuLog log = sampler.get().between(wholeRun.openNanos(), wholeRun.closeNanos());
        return Optional.of(GpuWindow.of(log, window.openNanos(), window.closeNanos(), idleWatts));
    }

    /** The source and its devices, in words. */
    @Override
    public String toString() {
        return source.map(devices ->
                        devices.name() + ": " + devices + driver() + (reason.isEmpty() ? "" : " (" + reason + ")"))
                .orElse("no GPU telemetry: " + reason);
    }

    private String driver() {
        String driver = devices().get(0).driver();
        return driver.isEmpty() ? "" : ", driver " + driver;
    }

    @Override
    public void close() {
        sampler.ifPresent(GpuSampler::close);
    }
}
