package dev.llmload.gpu.nvml;

import com.sun.jna.Pointer;
import dev.llmload.gpu.ThrottleReasons;
import dev.llmload.result.GpuDevice;
import dev.llmload.result.GpuSample;
import dev.llmload.spi.GpuFacts;
import dev.llmload.spi.GpuProcess;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One GPU: its facts, and its values now. Used by one thread at a time. */
final class NvmlDevice implements AutoCloseable {
    private final GpuFacts facts;
    private final LongSupplier clock;
    private final Metric energy;
    private final Metric power;
    private final Metric powerLimit;
    private final Metric gpuUtil;
    private final Metric memUtil;
    private final Metric memoryUsed;
    private final Metric temperature;
    private final Metric smClock;
    private final Metric memClock;
    private final Metric throttle;
    private final Metric tensor;
    private @Nullable TensorActivity activity;

    private NvmlDevice(NvmlLibrary nvml, Pointer handle, int index, String driver, LongSupplier clock)
            throws NvmlException {
        this.clock = clock;
        Questions ask = new Questions(nvml, handle);
        energy = new Metric("energy", ask::energyJoules);
        power = new Metric("power", ask::powerNowWatts, ask::powerWatts);
        powerLimit = new Metric("power limit", () -> ask.watts("nvmlDeviceGetEnforcedPowerLimit"));
        gpuUtil = new Metric("gpu_util", ask::gpuUtil);
        memUtil = new Metric("mem_util", ask::memUtil);
        memoryUsed = new Metric("memory", ask::memoryUsed, ask::memoryUsedV1);
        temperature = new Metric("temperature", ask::temperature, ask::temperatureV1);
        smClock = new Metric("sm_clock", () -> ask.integer("nvmlDeviceGetClockInfo", Questions.SM));
        memClock = new Metric("mem_clock", () -> ask.integer("nvmlDeviceGetClockInfo", Questions.MEM));
        throttle = new Metric(
                "throttle",
                () -> ask.longInteger("nvmlDeviceGetCurrentClocksEventReasons"),
                () -> ask.longInteger("nvmlDeviceGetCurrentClocksThrottleReasons"));
        tensor = new Metric("tensor activity", () -> {
            if (activity == null) {
                activity = TensorActivity.of(nvml, handle);
            }
            return activity.get(clock.getAsLong());
        });
        facts = new GpuFacts(
                new GpuDevice(index, ask.text("nvmlDeviceGetUUID"), ask.text("nvmlDeviceGetName")),
                driver,
                new Metric("mig", () -> ask.mig() ? 1 : 0).first() == 1,
                new Metric("memory", ask::memoryTotal, ask::memoryTotalV1).first(),
                new Metric("clock", () -> ask.integer("nvmlDeviceGetMaxClockInfo", Questions.SM)).first(),
                new Metric("clock", () -> ask.integer("nvmlDeviceGetMaxClockInfo", Questions.MEM)).first(),
                powerLimit.first(),
                new Metric("limit", () -> ask.watts("nvmlDeviceGetPowerManagementDefaultLimit")).first(),
                processes(ask));
        for (Metric metric : metrics().toList()) {
            metric.first();
        }
    }

    /** Opens one; what it does not have is found out now. */
    static NvmlDevice open(NvmlLibrary nvml, Pointer handle, int index, String driver, LongSupplier clock)
            throws NvmlException {
        return new NvmlDevice(nvml, handle, index, driver, clock);
    }

    GpuFacts facts() {
        return facts;
    }

    /** Metrics that it does not have, and why; the tensor activity is only expected of Hopper and later. */
    Stream<String> absent() {
        return metrics()
                .filter(metric -> metric != tensor)
                .filter(Metric::absent)
                .map(Metric::whyAbsent);
    }

    /** All its values. The instant is that of the energy and the power, which are read first. */
    GpuSample read() throws NvmlException {
        long before = clock.getAsLong();
        double joules = energy.get();
        double watts = power.get();
        long nanos = before + (clock.getAsLong() - before) / 2;
        double reasons = throttle.get();
        return new GpuSample(
                nanos,
                facts.device().uuid(),
                gpuUtil.get(),
                memUtil.get(),
                memoryUsed.get(),
                facts.memoryTotalBytes(),
                temperature.get(),
                watts,
                joules,
                smClock.get(),
                memClock.get(),
                powerLimit.get(),
                tensor.get(),
                Double.isNaN(reasons) ? "" : ThrottleReasons.words((long) reasons));
    }

    private Stream<Metric> metrics() {
        return Stream.of(
                power,
                energy,
                gpuUtil,
                memUtil,
                memoryUsed,
                temperature,
                smClock,
                memClock,
                powerLimit,
                throttle,
                tensor);
    }

    private static List<GpuProcess> processes(Questions ask) throws NvmlException {
        try {
            return ask.processes();
        } catch (NvmlException e) {
            if (NvmlCode.lost(e.code())) {
                throw e;
            }
            return List.of();
        }
    }

    @Override
    public void close() {
        Optional.ofNullable(activity).ifPresent(TensorActivity::close);
    }
}
