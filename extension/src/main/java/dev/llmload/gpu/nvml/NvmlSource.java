package dev.llmload.gpu.nvml;

import com.sun.jna.Memory;
import dev.llmload.spi.GpuFacts;
import dev.llmload.spi.GpuReadings;
import dev.llmload.spi.TelemetrySource;
import dev.llmload.spi.TelemetryUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** All GPUs that the driver shows. Holds the library initialised until it is closed. */
final class NvmlSource implements TelemetrySource {
    private static final int VERSION_SIZE = 80;

    private final NvmlLibrary nvml;
    private final LongSupplier clock;
    private final List<NvmlDevice> devices = new ArrayList<>();
    private final Map<NvmlDevice, String> lost = new HashMap<>();
    private final List<String> notes = new ArrayList<>();
    private boolean closed;

    private NvmlSource(NvmlLibrary nvml, LongSupplier clock) {
        this.nvml = nvml;
        this.clock = clock;
    }

    static NvmlSource open(NvmlLibrary nvml, LongSupplier clock) throws TelemetryUnavailableException {
        int code = nvml.code("nvmlInit_v2");
        if (code != NvmlCode.SUCCESS) {
            throw new TelemetryUnavailableException(NvmlCode.sentence(code));
        }
        NvmlSource source = new NvmlSource(nvml, clock);
        try {
            source.find();
        } catch (TelemetryUnavailableException e) {
            source.close();
            throw e;
        }
        return source;
    }

    private void find() throws TelemetryUnavailableException {
        int count;
        String driver;
        try {
            Memory buffer = new Memory(VERSION_SIZE);
            nvml.call("nvmlDeviceGetCount_v2", buffer);
            count = buffer.getInt(0);
            buffer.clear();
            int code = nvml.code("nvmlSystemGetDriverVersion", buffer, VERSION_SIZE);
            driver = code == NvmlCode.SUCCESS ? buffer.getString(0, StandardCharsets.UTF_8.name()) : "";
        } catch (NvmlException e) {
            throw new TelemetryUnavailableException(String.valueOf(e.getMessage()));
        }
        if (count == 0) {
            throw new TelemetryUnavailableException("the NVIDIA driver" + (driver.isEmpty() ? "" : " " + driver)
                    + " is loaded but shows no GPU: none is given to this container or user");
        }
        notes.add("NVML from " + nvml.file() + (driver.isEmpty() ? "" : ", driver " + driver));
        for (int index = 0; index < count; index++) {
            add(index, driver);
        }
        if (devices.isEmpty()) {
            throw new TelemetryUnavailableException(notes.get(1));
        }
    }

    private void add(int index, String driver) {
        try {
            Memory handle = new Memory(8);
            nvml.call("nvmlDeviceGetHandleByIndex_v2", index, handle);
            NvmlDevice device = NvmlDevice.open(nvml, handle.getPointer(0), index, driver, clock);
            devices.add(device);
            String name = device.facts().device().name() + " "
                    + device.facts().device().uuid();
            device.absent().forEach(absent -> notes.add(name + " has no " + absent));
            if (device.facts().mig()) {
                notes.add(name
                        + " is split into instances (MIG): its power, energy and utilisation are the whole board's");
            }
        } catch (NvmlException e) {
            notes.add("GPU " + index + " is left out: " + e.getMessage());
        }
    }

    @Override
    public String name() {
        return NvmlProbe.NAME;
    }

    @Override
    public List<GpuFacts> devices() {
        return devices.stream().map(NvmlDevice::facts).toList();
    }

    @Override
    public List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public synchronized void read(GpuReadings readings) {
        for (NvmlDevice device : devices) {
            String uuid = device.facts().device().uuid();
            if (closed) {
                readings.lost(uuid, clock.getAsLong(), "telemetry was closed");
            } else if (!lost.containsKey(device)) {
                read(device, uuid, readings);
            }
        }
    }

    private void read(NvmlDevice device, String uuid, GpuReadings readings) {
        try {
            readings.sample(device.read());
        } catch (NvmlException e) {
            if (NvmlCode.lost(e.code())) {
                lost.put(device, String.valueOf(e.getMessage()));
                readings.lost(uuid, clock.getAsLong(), NvmlCode.sentence(e.code()));
            } else {
                readings.missed(uuid, String.valueOf(e.getMessage()));
            }
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            devices.forEach(NvmlDevice::close);
            nvml.code("nvmlShutdown");
        }
    }
}
