package dev.llmload.analysis;

import java.util.Arrays;

/** Values in rising order, however they are kept: one by one, or as a histogram. Implementations are immutable. */
public interface RankedValues {
    /** How many there are, at least 1 and at most 2^31 − 1. */
    long size();

    /**
     * The value at a rank; infinite where it is that of a failed request.
     *
     * @param rank 1 to {@link #size()}
     */
    double at(long rank);

    /**
     * Of the values themselves.
     *
     * @param values in any order, at least one; copied
     */
    static RankedValues of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new RankedValues() {
            @Override
            public long size() {
                return sorted.length;
            }

            @Override
            public double at(long rank) {
                return sorted[(int) (rank - 1)];
            }
        };
    }
}
