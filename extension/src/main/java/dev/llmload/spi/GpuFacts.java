package dev.llmload.spi;

import dev.llmload.result.GpuDevice;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What does not change about a GPU while a load runs. A number that the device or the source does not have is
 * {@link Double#NaN}, a text that it does not have is empty.
 *
 * @param device which one
 * @param driver version of its driver
 * @param mig whether it is split into instances (MIG): then its power, energy and utilisation are not those of one
 *     instance
 * @param memoryTotalBytes memory there is
 * @param maxSmClockMhz highest clock of the processors
 * @param maxMemClockMhz highest clock of the memory
 * @param powerLimitWatts the limit in force when it was opened
 * @param defaultPowerLimitWatts the limit it has from the factory; above the one in force, the host holds it down
 * @param processes what computes on it, as far as this process may see
 * @param host which of several hosts it is on; empty if the source reads those of one
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record GpuFacts(
        GpuDevice device,
        String driver,
        boolean mig,
        double memoryTotalBytes,
        double maxSmClockMhz,
        double maxMemClockMhz,
        double powerLimitWatts,
        double defaultPowerLimitWatts,
        List<GpuProcess> processes,
        String host) {
    /** Copies the list. */
    public GpuFacts {
        processes = List.copyOf(processes);
    }

    /** A device of which nothing else is known. */
    public static GpuFacts of(GpuDevice device) {
        double unknown = Double.NaN;
        return new GpuFacts(device, "", false, unknown, unknown, unknown, unknown, unknown, List.of());
    }

    /** Of a source that reads one host. */
    public GpuFacts(
            GpuDevice device,
            String driver,
            boolean mig,
            double memoryTotalBytes,
            double maxSmClockMhz,
            double maxMemClockMhz,
            double powerLimitWatts,
            double defaultPowerLimitWatts,
            List<GpuProcess> processes) {
        this(
                device,
                driver,
                mig,
                memoryTotalBytes,
                maxSmClockMhz,
                maxMemClockMhz,
                powerLimitWatts,
                defaultPowerLimitWatts,
                processes,
                "");
    }

    /**
     * Whether the host holds it below the power it was built for, so that it cannot reach the peaks of its data sheet.
     *
     * @return false also if the limits are not known
     */
    public boolean powerCapped() {
        return powerLimitWatts < defaultPowerLimitWatts;
    }
}
