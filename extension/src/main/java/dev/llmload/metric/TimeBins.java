package dev.llmload.metric;

import java.util.Arrays;

/**
 * Amounts by time, in bins of 50 ms that grow with the run in either direction. Confined to one thread at a time.
 * Adding allocates only when the run outgrows the bins, which then double.
 */
final class TimeBins {
    private static final long WIDTH = 50_000_000L;

    private double[] bins = new double[512];
    private long first;
    private boolean empty = true;

    /** Adds an amount at an instant. */
    void add(long nanos, double amount) {
        addToBin(Math.floorDiv(nanos, WIDTH), amount);
    }

    /** Spreads an amount evenly over a stretch of time; all at once if that has no length. */
    void spread(long from, long to, double amount) {
        if (to - from <= 0) {
            add(from, amount);
            return;
        }
        double perNano = amount / (to - from);
        for (long at = from; at < to; ) {
            long end = Math.min(to, (Math.floorDiv(at, WIDTH) + 1) * WIDTH);
            add(at, perNano * (end - at));
            at = end;
        }
    }

    /** What lies in a stretch of time; of a bin at its edge, the share that it covers. */
    double sum(long from, long to) {
        if (empty || to - from <= 0) {
            return 0;
        }
        long low = Math.max(Math.floorDiv(from, WIDTH), first);
        long high = Math.min(Math.floorDiv(to - 1, WIDTH), first + bins.length - 1);
        double sum = 0;
        for (long bin = low; bin <= high; bin++) {
            long covered = Math.min(to, (bin + 1) * WIDTH) - Math.max(from, bin * WIDTH);
            sum += bins[(int) (bin - first)] * covered / WIDTH;
        }
        return sum;
    }

    /** Adds all that another holds. */
    void addAll(TimeBins other) {
        if (other.empty) {
            return;
        }
        for (int i = 0; i < other.bins.length; i++) {
            if (other.bins[i] != 0) {
                addToBin(other.first + i, other.bins[i]);
            }
        }
    }

    private void addToBin(long bin, double amount) {
        int slot = slot(bin); // first: it may replace the array
        bins[slot] += amount;
    }

    private int slot(long bin) {
        if (empty) {
            // room on both sides: what ends first need not have begun first
            first = bin - bins.length / 4;
            empty = false;
        }
        if (bin < first) {
            int more = size(bins.length + (first - bin));
            double[] grown = new double[more];
            System.arraycopy(bins, 0, grown, more - bins.length, bins.length);
            first -= more - bins.length;
            bins = grown;
        } else if (bin - first >= bins.length) {
            bins = Arrays.copyOf(bins, size(bin - first + 1));
        }
        return (int) (bin - first);
    }

    private int size(long needed) {
        return Math.toIntExact(Math.max(needed, 2L * bins.length));
    }
}
