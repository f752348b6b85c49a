package dev.llmload.result;

import org.apiguardian.api.API;

/**
 * An interval in which a value lies. Immutable.
 *
 * @param low lower end
 * @param high upper end, at least {@code low}; positive infinity where the sample does not bound it
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Interval(double low, double high) {
    /** Refuses ends in the wrong order. */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException(
                    "an interval must not end before it starts, but was " + low + " to " + high);
        }
    }

    /** Whether it has an upper end. */
    public boolean isBounded() {
        return high < Double.POSITIVE_INFINITY;
    }
}
