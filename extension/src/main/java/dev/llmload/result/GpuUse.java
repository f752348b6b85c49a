package dev.llmload.result;

import org.apiguardian.api.API;

/**
 * What one GPU did in a level's window. A value that could not be measured is {@link Double#NaN}, never 0.
 *
 * @param device which one
 * @param energyJoules of the window, gross
 * @param energyMethod {@code "counter"} or {@code "trapezoid"}; empty without energy
 * @param energyUncertainty half width as a fraction of the energy
 * @param powerWatts energy / window
 * @param idleWatts mean power before any load was offered
 * @param gpuUtil mean share of time in which at least one kernel ran; not compute utilisation
 * @param memoryUsedBytes highest
 * @param temperatureCelsius highest
 * @param tensorActivity mean share of the time in which the tensor cores worked, where the device tells
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record GpuUse(
        GpuDevice device,
        double energyJoules,
        String energyMethod,
        double energyUncertainty,
        double powerWatts,
        double idleWatts,
        double gpuUtil,
        double memoryUsedBytes,
        double temperatureCelsius,
        double tensorActivity) {
    /**
     * Energy of the window beyond what the idle GPU would have drawn.
     *
     * @return joules, NaN if the energy or the idle power could not be measured
     */
    public double netEnergyJoules() {
        return energyJoules - idleWatts * (energyJoules / powerWatts);
    }
}
