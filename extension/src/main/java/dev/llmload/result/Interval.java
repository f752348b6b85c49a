package dev.llmload.result;

/**
 * An interval in which a value lies. Immutable.
 *
 * @param low lower end
 * @param high upper end, at least {@code low}; positive infinity where the sample does not bound it
 */
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
