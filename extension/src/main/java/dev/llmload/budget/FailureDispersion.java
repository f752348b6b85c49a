package dev.llmload.budget;

import dev.llmload.analysis.Dispersion;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.measured.Values;

/** How the failed requests of a level come together in time. */
public final class FailureDispersion {
    private FailureDispersion() {}

    /** Of all that ended; every success has an {@code e2e}. */
    public static Dispersion of(LoadResult result) {
        return Values.of(result.distribution(Metric.E2E))
                .inTime()
                .map(when -> Dispersion.of(when.failures(), Ranked.sum(when.all(), when.failures(), 1)))
                .orElse(Dispersion.NONE);
    }
}
