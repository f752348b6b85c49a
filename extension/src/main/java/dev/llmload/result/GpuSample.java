package dev.llmload.result;

import dev.llmload.result.text.Printable;
import org.apiguardian.api.API;

/**
 * One reading of one GPU. A value that the device or the source does not have is {@link Double#NaN}, never 0.
 *
 * @param nanos when it was read, on the {@link System#nanoTime()} clock of the requests
 * @param uuid of the device
 * @param gpuUtil share of time in which at least one kernel ran, a fraction; not compute utilisation
 * @param memUtil share of time in which memory was read or written, a fraction
 * @param memoryUsedBytes memory in use
 * @param memoryTotalBytes memory there is
 * @param temperatureCelsius of the GPU
 * @param powerWatts being drawn
 * @param energyJoules counter since some instant before the run; only differences mean anything
 * @param smClockMhz of the processors
 * @param memClockMhz of the memory
 * @param powerLimitWatts the limit in force
 * @param tensorActivity share of the time in which the tensor cores worked, a fraction, over the time since the reading before
 * @param throttle why the clocks were held down, in words separated by {@code |}; empty if they were not, or it is unknown
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record GpuSample(
        long nanos,
        String uuid,
        double gpuUtil,
        double memUtil,
        double memoryUsedBytes,
        double memoryTotalBytes,
        double temperatureCelsius,
        double powerWatts,
        double energyJoules,
        double smClockMhz,
        double memClockMhz,
        double powerLimitWatts,
        double tensorActivity,
        String throttle) {
    /** An exporter's page is text from outside. */
    public GpuSample {
        uuid = Printable.name(uuid);
    }

    /** A reading of which nothing is known yet. */
    public static GpuSample of(long nanos, String uuid) {
        double unknown = Double.NaN;
        return new GpuSample(
                nanos, uuid, unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown,
                unknown, "");
    }

    /** The same with the share of time in which a kernel ran, a fraction. */
    public GpuSample withGpuUtil(double value) {
        return new GpuSample(
                nanos,
                uuid,
                value,
                memUtil,
                memoryUsedBytes,
                memoryTotalBytes,
                temperatureCelsius,
                powerWatts,
                energyJoules,
                smClockMhz,
                memClockMhz,
                powerLimitWatts,
                tensorActivity,
                throttle);
    }

    /** The same with the memory in use, in bytes. */
    public GpuSample withMemoryUsedBytes(double value) {
        return new GpuSample(
                nanos,
                uuid,
                gpuUtil,
                memUtil,
                value,
                memoryTotalBytes,
                temperatureCelsius,
                powerWatts,
                energyJoules,
                smClockMhz,
                memClockMhz,
                powerLimitWatts,
                tensorActivity,
                throttle);
    }

    /** The same with a temperature. */
    public GpuSample withTemperatureCelsius(double value) {
        return new GpuSample(
                nanos,
                uuid,
                gpuUtil,
                memUtil,
                memoryUsedBytes,
                memoryTotalBytes,
                value,
                powerWatts,
                energyJoules,
                smClockMhz,
                memClockMhz,
                powerLimitWatts,
                tensorActivity,
                throttle);
    }

    /** The same with a power. */
    public GpuSample withPowerWatts(double value) {
        return new GpuSample(
                nanos,
                uuid,
                gpuUtil,
                memUtil,
                memoryUsedBytes,
                memoryTotalBytes,
                temperatureCelsius,
                value,
                energyJoules,
                smClockMhz,
                memClockMhz,
                powerLimitWatts,
                tensorActivity,
                throttle);
    }

    /** The same with the state of its energy counter, in joules. */
    public GpuSample withEnergyJoules(double value) {
        return new GpuSample(
                nanos,
                uuid,
                gpuUtil,
                memUtil,
                memoryUsedBytes,
                memoryTotalBytes,
                temperatureCelsius,
                powerWatts,
                value,
                smClockMhz,
                memClockMhz,
                powerLimitWatts,
                tensorActivity,
                throttle);
    }
}
