package dev.llmload.gpu.nvml;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/**
 * Share of the time in which the tensor cores worked, from the performance counters (GPM) that Hopper and later GPUs
 * have: each value is a difference of two samples of them. Used by one thread at a time.
 */
final class TensorActivity implements AutoCloseable {
    private static final int ANY_TENSOR = 5;
    private static final int SUPPORT_V1 = 1;
    private static final int METRICS_GET_V1 = 1;
    /** The driver refreshes its counters every 100 ms; two samples nearer to each other tell nothing. */
    private static final long MIN_NANOS = 100_000_000;

    private final NvmlLibrary nvml;
    private final Pointer device;
    /** The structure has room for as many metrics as its header knew, 13 KB today, more with each release. */
    private final Memory request = new Memory(1 << 16);

    private final Pointer[] samples = new Pointer[2];
    private int older;
    private boolean sampled;
    private long sampledNanos;
    private double latest = Double.NaN;

    private TensorActivity(NvmlLibrary nvml, Pointer device) {
        this.nvml = nvml;
        this.device = device;
    }

    /** Of a device that has it. */
    static TensorActivity of(NvmlLibrary nvml, Pointer device) throws NvmlException {
        Memory support = new Memory(8);
        support.setInt(0, SUPPORT_V1);
        support.setInt(4, 0);
        nvml.call("nvmlGpmQueryDeviceSupport", device, support);
        if (support.getInt(4) == 0) {
            throw new NvmlException("nvmlGpmQueryDeviceSupport", NvmlCode.NOT_SUPPORTED);
        }
        TensorActivity activity = new TensorActivity(nvml, device);
        activity.allocate();
        return activity;
    }

    /** Since the sample before, a fraction; NaN with the first one. The value before if there is nothing new yet. */
    double get(long nowNanos) throws NvmlException {
        if (sampled && nowNanos - sampledNanos <= MIN_NANOS) {
            return latest;
        }
        Pointer newer = samples[1 - older];
        nvml.call("nvmlGpmSampleGet", device, newer);
        if (sampled) {
            try {
                latest = difference(samples[older], newer);
            } catch (NvmlException e) {
                if (!NvmlCode.notYet(e.code())) {
                    throw e;
                }
                return latest;
            }
        }
        older = 1 - older;
        sampled = true;
        sampledNanos = nowNanos;
        return latest;
    }

    private double difference(Pointer from, Pointer to) throws NvmlException {
        request.setInt(0, METRICS_GET_V1);
        request.setInt(4, 1);
        request.setPointer(8, from);
        request.setPointer(16, to);
        request.setInt(24, ANY_TENSOR);
        nvml.call("nvmlGpmMetricsGet", request);
        int code = request.getInt(28);
        if (code != NvmlCode.SUCCESS) {
            throw new NvmlException("nvmlGpmMetricsGet", code);
        }
        return request.getDouble(32) / 100;
    }

    private void allocate() throws NvmlException {
        request.clear();
        Memory out = new Memory(8);
        for (int i = 0; i < samples.length; i++) {
            nvml.call("nvmlGpmSampleAlloc", out);
            samples[i] = out.getPointer(0);
        }
    }

    @Override
    public void close() {
        for (Pointer sample : samples) {
            if (sample != null) {
                nvml.code("nvmlGpmSampleFree", sample);
            }
        }
    }
}
