package dev.llmload.benchmark;

import java.util.Arrays;

/** Times in nanoseconds, kept exactly; tells percentiles by nearest rank, in microseconds. */
final class Values {
    private long[] values = new long[1024];
    private int size;
    private boolean sorted;

    void add(long nanos) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = nanos;
        sorted = false;
    }

    int count() {
        return size;
    }

    /** The percentile in microseconds, NaN if there is no value. */
    double micros(double percent) {
        if (size == 0) {
            return Double.NaN;
        }
        if (!sorted) {
            Arrays.sort(values, 0, size);
            sorted = true;
        }
        int rank = (int) Math.ceil(percent / 100 * size);
        return values[Math.max(1, rank) - 1] / 1e3;
    }

    /** The middle one, the lower of two. */
    static double median(double[] of) {
        double[] copy = of.clone();
        Arrays.sort(copy);
        return copy[(copy.length - 1) / 2];
    }
}
