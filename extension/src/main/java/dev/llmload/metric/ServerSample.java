package dev.llmload.metric;

import java.util.Map;

/**
 * What a server's own page said at one instant; counters since the server's start. Immutable.
 *
 * @param nanos when, on the requests' clock
 * @param values those that the page has
 */
public record ServerSample(long nanos, Map<ServerValue, Double> values) {
    public ServerSample {
        values = Map.copyOf(values);
    }

    /** The value; NaN if the page does not have it. */
    public double of(ServerValue value) {
        return values.getOrDefault(value, Double.NaN);
    }

    /** What was counted since an earlier sample; NaN if either lacks the counter, or it went back. */
    double since(ServerSample earlier, ServerValue counter) {
        double counted = of(counter) - earlier.of(counter);
        return counted >= 0 ? counted : Double.NaN;
    }
}
