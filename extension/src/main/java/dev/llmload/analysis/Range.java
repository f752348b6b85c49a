package dev.llmload.analysis;

/**
 * An interval of values. Immutable.
 *
 * @param low lower end
 * @param high upper end, at least {@code low}; positive infinity where nothing bounds it
 */
public record Range(double low, double high) {
    /** Refuses ends in the wrong order. */
    public Range {
        if (!(low <= high)) {
            throw new IllegalArgumentException("a range must not end before it starts, but was " + low + " to " + high);
        }
    }

    /** Whether it has an upper end. */
    public boolean isBounded() {
        return Double.isFinite(high);
    }
}
