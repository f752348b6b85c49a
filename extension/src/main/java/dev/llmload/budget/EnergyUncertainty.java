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

/**
 * Energy that is known to one update of its source only (docs/metrics.md): a verdict on it, or on what is made of it, stands
 * unless the truth may lie on the other side of the limit.
 */
final class EnergyUncertainty {
    private static final Set<Metric> OF_ENERGY =
            EnumSet.of(Metric.ENERGY, Metric.POWER, Metric.JOULES_PER_TOKEN, Metric.TOKENS_PER_JOULE);

    private EnergyUncertainty() {}

    static Optional<String> doubt(LoadResult result, BudgetOutcome outcome) {
        Metric metric = outcome.budget().metric();
        if (!OF_ENERGY.contains(metric)) {
            return Optional.empty();
        }
        List<GpuUse> uses = result.gpu().map(GpuMeasurement::devices).orElse(List.of());
        double uncertainty = uses.stream()
                .mapToDouble(GpuUse::energyUncertainty)
                .filter(share -> !Double.isNaN(share))
                .max()
                .orElse(0);
        return Reach.around(uncertainty, metric == Metric.TOKENS_PER_JOULE).tips(result, outcome)
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "the energy of the window is known to ±%.1f %% only, and the limit lies within that: the source"
                                + " refreshes too rarely for a window of %.1f s",
                        100 * uncertainty,
                        result.window().seconds()))
                : Optional.empty();
    }
}
