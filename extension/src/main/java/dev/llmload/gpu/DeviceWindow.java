package dev.llmload.gpu;

import dev.llmload.result.GpuDevice;
import dev.llmload.result.GpuSample;
import dev.llmload.result.GpuUse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** One device in one window. */
final class DeviceWindow {
    /** Counter and trapezoid further apart than this contradict each other. */
    private static final double MAX_CONTRADICTION = 0.05;

    private final GpuDevice device;
    private final List<GpuSample> around;
    private final List<GpuSample> within;
    private final Optional<GpuLoss> loss;
    private final Freshness fresh;
    private final long periodNanos;
    private final long renewalNanos;
    private final long from;
    private final long to;

    private DeviceWindow(
            GpuDevice device, List<GpuSample> around, Optional<GpuLoss> loss, GpuLog log, long from, long to) {
        this.device = device;
        this.around = around;
        this.within = around.stream()
                .filter(sample -> sample.nanos() - from >= 0 && sample.nanos() - to <= 0)
                .toList();
        this.loss = loss;
        this.fresh = Freshness.of(within, log.renewal());
        this.periodNanos = log.period().toNanos();
        this.renewalNanos = log.renewal().toNanos();
        this.from = from;
        this.to = to;
    }

    static DeviceWindow of(GpuLog log, GpuDevice device, long from, long to) {
        Optional<GpuLoss> loss = log.losses().stream()
                .filter(lost -> lost.uuid().equals(device.uuid()) && lost.nanos() - to < 0)
                .findFirst();
        return new DeviceWindow(device, GpuWindow.of(log.samples(), device.uuid()), loss, log, from, to);
    }

    /** Energy only if the device was there to the end; the others of what was seen of it. */
    GpuUse use(double idleWatts) {
        Energy energy = loss.isPresent() ? new Energy(Double.NaN, "", Double.NaN) : Energy.of(around, from, to);
        return new GpuUse(
                device,
                energy.joules(),
                energy.method(),
                energy.uncertainty(),
                energy.joules() / ((to - from) / 1e9),
                idleWatts,
                mean(GpuSample::gpuUtil),
                max(GpuSample::memoryUsedBytes),
                max(GpuSample::temperatureCelsius),
                mean(GpuSample::tensorActivity));
    }

    int readings() {
        return within.size();
    }

    int refreshes() {
        return fresh.refreshes();
    }

    /** Share of the readings that should have been there and are not. */
    double missing() {
        long previous = from;
        if (!around.isEmpty() && around.get(0).nanos() - from <= 0) {
            previous = Math.max(around.get(0).nanos() - from, -periodNanos) + from;
        }
        long due = 0;
        for (GpuSample sample : within) {
            due += Math.max(1, Math.round((sample.nanos() - previous) / (double) periodNanos));
            previous = sample.nanos();
        }
        due += (to - previous) / periodNanos;
        return due == 0 ? 0 : 1 - (double) within.size() / due;
    }

    /** What of the window was not seen, or not truly. */
    Optional<String> loss() {
        String name = name();
        if (loss.isPresent()) {
            double seconds = (loss.get().nanos() - from) / 1e9;
            String when =
                    seconds < 0 ? "before the window" : String.format(Locale.ROOT, "%.1f s into the window", seconds);
            return Optional.of(name + " was lost " + when + ": " + loss.get().reason());
        }
        if (missing() > GpuWindow.MAX_MISSING) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%.1f %% of the readings of %s are missing (%.0f %% may be)",
                    100 * missing(),
                    name,
                    100 * GpuWindow.MAX_MISSING));
        }
        if (fresh.stillNanos() > Math.max(renewalNanos, GpuWindow.MAX_MISSING * (to - from))) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "all values of %s stood still for %.1f s of the %.1f s of the window, its power included: the source"
                            + " is stale",
                    name,
                    fresh.stillNanos() / 1e9,
                    (to - from) / 1e9));
        }
        return Optional.empty();
    }

    Optional<String> tooSeldom() {
        if (refreshes() < GpuWindow.MIN_REFRESHES) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "the source refreshed the values of %s %d times in the %.1f s of the window, fewer than %d times;"
                            + " a longer window is needed",
                    name(),
                    refreshes(),
                    (to - from) / 1e9,
                    GpuWindow.MIN_REFRESHES));
        }
        return Optional.empty();
    }

    private String name() {
        return (device.name() + " " + device.uuid()).strip();
    }

    /** What the counter says against what the power says, where they are far apart. */
    Optional<String> contradiction() {
        double counter = Energy.counter(around, from, to).joules();
        double trapezoid = Energy.trapezoid(around, from, to).joules();
        if (loss.isPresent() || !(Math.abs(counter - trapezoid) > MAX_CONTRADICTION * Math.abs(counter))) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "the energy counter of %s says %.1f J, its power %.1f J: more than 5 %% apart",
                name(),
                counter,
                trapezoid));
    }

    private double mean(ToDoubleFunction<GpuSample> value) {
        return known(value).average().orElse(Double.NaN);
    }

    private double max(ToDoubleFunction<GpuSample> value) {
        return known(value).max().orElse(Double.NaN);
    }

    private DoubleStream known(ToDoubleFunction<GpuSample> value) {
        return within.stream().mapToDouble(value).filter(number -> !Double.isNaN(number));
    }
}
