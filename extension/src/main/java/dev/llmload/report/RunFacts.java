package dev.llmload.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What holds for a run as a whole, as its reports need it. Immutable.
 *
 * @param started wall-clock start
 * @param originNanos the instant of the {@link System#nanoTime()} clock that is 0 in the files
 * @param release name of the model release, or empty
 * @param configuration every key that is set
 * @param labels free labels, by name
 * @param version of this library
 * @param percentiles shown in the result files, each above 0 and at most 100
 * @param charts whether charts are written and attached
 */
public record RunFacts(
        Instant started,
        long originNanos,
        String release,
        Map<String, String> configuration,
        Map<String, String> labels,
        String version,
        List<Double> percentiles,
        boolean charts) {
    /** Copies the collections. */
    public RunFacts {
        configuration = Map.copyOf(configuration);
        labels = Map.copyOf(labels);
        percentiles = List.copyOf(percentiles);
    }
}
