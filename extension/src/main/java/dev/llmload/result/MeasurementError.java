package dev.llmload.result;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * By how much the numbers of a level may be wrong through the client's own doing. Immutable. A client can be late in reading
 * a token, never early, so each latency has a lower end: the value without all that the client may have added.
 *
 * @param best by metric: the distribution of those lower ends, of speeds that of the upper ones; a metric that is not in it
 *     has no bound
 * @param worst where the measured value is not the other end itself: the distribution of the other ends
 * @param clientShare share of its users' time that the client itself spent at most, 0 to 1: by so much throughput and rates
 *     of a closed loop may be too low; 0 in an open loop
 * @param sentinel the error as it was measured beside the load; empty if it was not
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record MeasurementError(
        Map<Metric, Distribution> best,
        Map<Metric, Distribution> worst,
        double clientShare,
        Optional<Sentinel> sentinel) {
    /** Nothing is known, so nothing is in doubt. */
    public static final MeasurementError NONE = new MeasurementError(Map.of(), Map.of(), 0, Optional.empty());

    /**
     * The error as measured: how late the client read tokens of an embedded server that knew when it wrote them.
     *
     * @param count tokens
     * @param p50 in nanoseconds
     * @param p95 in nanoseconds
     * @param p99 in nanoseconds
     * @param max in nanoseconds
     */
    public record Sentinel(long count, long p50, long p95, long p99, long max) {}

    /** Copies the maps. */
    public MeasurementError {
        best = copy(best);
        worst = copy(worst);
    }

    private static Map<Metric, Distribution> copy(Map<Metric, Distribution> map) {
        EnumMap<Metric, Distribution> copy = new EnumMap<>(Metric.class);
        copy.putAll(map);
        return copy;
    }

    /** The distribution of the better ends of a metric; empty if it has no bound. */
    public Optional<Distribution> best(Metric metric) {
        return Optional.ofNullable(best.get(metric));
    }

    /** The distribution of the worse ends of a metric; empty where what was measured is that. */
    public Optional<Distribution> worst(Metric metric) {
        return Optional.ofNullable(worst.get(metric));
    }
}
