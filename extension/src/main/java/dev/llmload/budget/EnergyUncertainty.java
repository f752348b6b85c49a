package dev.llmload.budget;

import dev.llmload.result.GpuMeasurement;
import dev.llmload.result.GpuUse;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Energy that is known to one update of its source only: above 2 % no budget on it is decided (docs/metrics.md). */
final class EnergyUncertainty {
    private static final double MAX = 0.02;
    private static final Set<Metric> OF_ENERGY =
            EnumSet.of(Metric.ENERGY, Metric.POWER, Metric.JOULES_PER_TOKEN, Metric.TOKENS_PER_JOULE);

    private EnergyUncertainty() {}

    static Optional<String> doubt(LoadResult result, Metric metric) {
        if (!OF_ENERGY.contains(metric)) {
            return Optional.empty();
        }
        List<GpuUse> uses = result.gpu().map(GpuMeasurement::devices).orElse(List.of());
        double uncertainty = uses.stream()
                .mapToDouble(GpuUse::energyUncertainty)
                .filter(share -> !Double.isNaN(share))
                .max()
                .orElse(0);
        return uncertainty > MAX
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "the energy of the window is known to ±%.1f %% only, above 2 %%: the source refreshes too rarely"
                                + " for a window of %.1f s",
                        100 * uncertainty,
                        result.window().seconds()))
                : Optional.empty();
    }
}
