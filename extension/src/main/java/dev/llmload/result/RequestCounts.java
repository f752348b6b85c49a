package dev.llmload.result;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * What became of the requests of a level's sample. attempted = succeeded + the sum of the failures + cut, always.
 *
 * @param attempted all requests of the sample
 * @param succeeded those that ended OK
 * @param cut those that a deadline or a stop cut off
 * @param staleConnections those that were sent a second time, because a pooled connection had died
 * @param failures by kind, only kinds that occurred, in the order of {@link Outcome}
 * @param status how often each HTTP status occurred among the failures
 * @param finishReasons how often each finish reason occurred among the successes
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record RequestCounts(
        long attempted,
        long succeeded,
        long cut,
        long staleConnections,
        Map<Outcome, Long> failures,
        Map<Integer, Long> status,
        Map<String, Long> finishReasons) {
    /** No request at all. */
    public static final RequestCounts NONE = new RequestCounts(0, 0, 0, 0, Map.of(), Map.of(), Map.of());

    /** Copies the maps. */
    public RequestCounts {
        failures = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(failures));
        status = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(status));
        finishReasons = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(finishReasons));
        if (attempted != succeeded + cut + sum(failures)) {
            throw new IllegalArgumentException("attempted must be succeeded + failed + cut, but " + attempted + " != "
                    + succeeded + " + " + sum(failures) + " + " + cut);
        }
    }

    /** How many failed. */
    public long failed() {
        return sum(failures);
    }

    private static long sum(Map<Outcome, Long> failures) {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }
}
