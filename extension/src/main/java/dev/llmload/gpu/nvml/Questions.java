package dev.llmload.gpu.nvml;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.llmload.spi.GpuProcess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What one device can be asked, in NVML's own structures (their layout is that of {@code nvml.h} on 64-bit systems) and
 * the product's units. Used by one thread at a time: the answers share a buffer.
 */
final class Questions {
    static final int SM = 1;
    static final int MEM = 2;

    private static final int POWER_INSTANT = 186;
    private static final int TYPE_DOUBLE = 0;
    private static final int TYPE_UNSIGNED_INT = 1;
    private static final int MEMORY_V2 = 40 | 2 << 24;
    private static final int TEMPERATURE_V1 = 12 | 1 << 24;
    private static final int PROCESS_SIZE = 24;
    private static final int FIRST_PROCESSES = 32;
    private static final int ATTEMPTS = 5;
    private static final int TEXT = 96;

    private final NvmlLibrary nvml;
    private final Pointer device;
    private final Memory buffer = new Memory(128);

    Questions(NvmlLibrary nvml, Pointer device) {
        this.nvml = nvml;
        this.device = device;
    }

    /** A function that fills an unsigned int. */
    double integer(String symbol, Object... between) throws NvmlException {
        return Integer.toUnsignedLong(word(symbol, between));
    }

    /** A function that fills an unsigned long long. */
    long longInteger(String symbol) throws NvmlException {
        nvml.call(symbol, device, buffer);
        return buffer.getLong(0);
    }

    String text(String symbol) throws NvmlException {
        nvml.call(symbol, device, buffer, TEXT);
        return buffer.getString(0, StandardCharsets.UTF_8.name());
    }

    boolean mig() throws NvmlException {
        nvml.call("nvmlDeviceGetMigMode", device, buffer, buffer.share(4));
        return buffer.getInt(0) == 1;
    }

    double energyJoules() throws NvmlException {
        return longInteger("nvmlDeviceGetTotalEnergyConsumption") / 1e3;
    }

    /** What is drawn now; the function without a field gives a mean over a second on most GPUs since Ampere. */
    double powerNowWatts() throws NvmlException {
        buffer.clear(40);
        buffer.setInt(0, POWER_INSTANT);
        nvml.call("nvmlDeviceGetFieldValues", device, 1, buffer);
        int code = buffer.getInt(28);
        if (code != NvmlCode.SUCCESS) {
            throw new NvmlException("nvmlDeviceGetFieldValues", code);
        }
        return switch (buffer.getInt(24)) {
                    case TYPE_DOUBLE -> buffer.getDouble(32);
                    case TYPE_UNSIGNED_INT -> Integer.toUnsignedLong(buffer.getInt(32));
                    default -> buffer.getLong(32);
                }
                / 1e3;
    }

    double powerWatts() throws NvmlException {
        return integer("nvmlDeviceGetPowerUsage") / 1e3;
    }

    double watts(String symbol) throws NvmlException {
        return integer(symbol) / 1e3;
    }

    double gpuUtil() throws NvmlException {
        nvml.call("nvmlDeviceGetUtilizationRates", device, buffer);
        return Integer.toUnsignedLong(buffer.getInt(0)) / 100.0;
    }

    double memUtil() throws NvmlException {
        nvml.call("nvmlDeviceGetUtilizationRates", device, buffer);
        return Integer.toUnsignedLong(buffer.getInt(4)) / 100.0;
    }

    double memoryUsed() throws NvmlException {
        memory();
        return buffer.getLong(32);
    }

    double memoryTotal() throws NvmlException {
        memory();
        return buffer.getLong(8);
    }

    /** The older function, whose used memory includes what the driver reserves. */
    double memoryUsedV1() throws NvmlException {
        nvml.call("nvmlDeviceGetMemoryInfo", device, buffer);
        return buffer.getLong(16);
    }

    double memoryTotalV1() throws NvmlException {
        nvml.call("nvmlDeviceGetMemoryInfo", device, buffer);
        return buffer.getLong(0);
    }

    double temperature() throws NvmlException {
        buffer.clear(12);
        buffer.setInt(0, TEMPERATURE_V1);
        nvml.call("nvmlDeviceGetTemperatureV", device, buffer);
        return buffer.getInt(8);
    }

    double temperatureV1() throws NvmlException {
        return word("nvmlDeviceGetTemperature", 0);
    }

    /** What computes on the device. The buffer grows until it is large enough; processes may come meanwhile. */
    List<GpuProcess> processes() throws NvmlException {
        int room = FIRST_PROCESSES;
        for (int attempt = 1; ; attempt++) {
            Memory processes = new Memory((long) room * PROCESS_SIZE);
            buffer.setInt(0, room);
            int code = nvml.code("nvmlDeviceGetComputeRunningProcesses_v3", device, buffer, processes);
            if (code == NvmlCode.SUCCESS) {
                return processes(processes, buffer.getInt(0));
            }
            if (code != NvmlCode.INSUFFICIENT_SIZE || attempt == ATTEMPTS) {
                throw new NvmlException("nvmlDeviceGetComputeRunningProcesses_v3", code);
            }
            room = Math.max(2 * room, buffer.getInt(0));
        }
    }

    private static List<GpuProcess> processes(Memory processes, int count) {
        List<GpuProcess> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long at = (long) i * PROCESS_SIZE;
            long bytes = processes.getLong(at + 8);
            list.add(new GpuProcess(Integer.toUnsignedLong(processes.getInt(at)), bytes == -1 ? Double.NaN : bytes));
        }
        return list;
    }

    private int word(String symbol, Object... between) throws NvmlException {
        Object[] arguments = new Object[between.length + 2];
        arguments[0] = device;
        System.arraycopy(between, 0, arguments, 1, between.length);
        arguments[between.length + 1] = buffer;
        nvml.call(symbol, arguments);
        return buffer.getInt(0);
    }

    private void memory() throws NvmlException {
        buffer.clear(40);
        buffer.setInt(0, MEMORY_V2);
        nvml.call("nvmlDeviceGetMemoryInfo_v2", device, buffer);
    }
}
