package dev.llmload.result.time;

import java.util.Arrays;
import java.util.List;

/**
 * How many values of which size came when, for values that are too many to be kept: coarse in both, {@value #PER_OCTAVE} sizes to
 * a factor of two and at most {@value #BINS} bins of time, whose width doubles whenever a run outgrows them. That is enough to
 * tell whether the large ones came together. Bins lie on a grid of the clock, so those of several event loops add up. Confined to
 * one thread at a time; adding allocates only where the width doubles.
 */
public final class ValuesInTime {
    static final int BINS = 128;
    static final int PER_OCTAVE = 8;

    private static final int OCTAVE_BITS = 3;
    private static final int SIZES = 42 * PER_OCTAVE;
    /** 2 to the 24 ns are 17 ms: 128 of them hold two seconds. */
    private static final int NARROWEST = 24;

    private final int[] counts = new int[BINS * SIZES];
    private final long[] failures = new long[BINS];
    private int widthBits = NARROWEST;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /**
     * A value came.
     *
     * @param nanos when, on the clock of all
     * @param steps its size, at least 0: nanoseconds, thousandths of a token per second
     */
    public void add(long nanos, long steps) {
        counts[bin(nanos >> widthBits) * SIZES + size(steps)]++;
    }

    /** A request without a value failed. */
    public void fail(long nanos) {
        failures[bin(nanos >> widthBits)]++;
    }

    /** Adds all that another holds. */
    public void addAll(ValuesInTime other) {
        if (other.first > other.last) {
            return;
        }
        while (widthBits < other.widthBits) {
            widen();
        }
        for (long at = other.first; at <= other.last; at++) {
            int from = slot(at);
            int to = bin(at >> widthBits - other.widthBits);
            for (int size = 0; size < SIZES; size++) {
                counts[to * SIZES + size] += other.counts[from * SIZES + size];
            }
            failures[to] += other.failures[from];
        }
    }

    /** A copy. */
    public ValuesInTime copy() {
        ValuesInTime copy = new ValuesInTime();
        copy.addAll(this);
        return copy;
    }

    /** Which row holds a bin, after making room for it. */
    private int bin(long at) {
        long bin = at;
        int before = widthBits;
        while (Math.max(last, bin) - Math.min(first, bin) >= BINS && first <= last) {
            widen();
            bin = at >> widthBits - before;
        }
        first = Math.min(first, bin);
        last = Math.max(last, bin);
        return slot(bin);
    }

    private static int slot(long bin) {
        return (int) Math.floorMod(bin, (long) BINS);
    }

    /** Two bins become one. */
    private void widen() {
        if (first <= last) {
            int[] old = counts.clone();
            long[] oldFailures = failures.clone();
            Arrays.fill(counts, 0);
            Arrays.fill(failures, 0);
            for (long at = first; at <= last; at++) {
                int from = slot(at);
                int to = slot(at >> 1);
                for (int size = 0; size < SIZES; size++) {
                    counts[to * SIZES + size] += old[from * SIZES + size];
                }
                failures[to] += oldFailures[from];
            }
            first >>= 1;
            last >>= 1;
        }
        widthBits++;
    }

    private static int size(long steps) {
        if (steps < PER_OCTAVE) {
            return (int) Math.max(0, steps);
        }
        int exponent = 63 - Long.numberOfLeadingZeros(steps);
        int size =
                (exponent - OCTAVE_BITS + 1) * PER_OCTAVE + (int) (steps >>> exponent - OCTAVE_BITS & PER_OCTAVE - 1);
        return Math.min(SIZES - 1, size);
    }

    /**
     * What was added, in slices of time.
     *
     * @param step what one step of size is worth, above 0
     * @param least how long a slice must be at least, in nanoseconds
     */
    public InTime slices(double step, double least) {
        int together = (int) Math.max(1, Math.min(BINS, Math.ceil(least / (1L << widthBits))));
        int bins = first > last ? 1 : (int) (last - first + 1);
        int slices = Math.max(1, bins / together);
        int[][] perSize = new int[slices][SIZES];
        long[] failed = new long[slices];
        for (long at = first; at <= last; at++) {
            int slice = (int) ((at - first) * slices / bins);
            for (int size = 0; size < SIZES; size++) {
                perSize[slice][size] += counts[slot(at) * SIZES + size];
            }
            failed[slice] += failures[slot(at)];
        }
        return new Coarse(perSize, failed, step);
    }

    private record Coarse(int[][] perSize, long[] failed, double step) implements InTime {
        /** Of the size that the limit itself has, all are above it, and none. */
        @Override
        public List<long[][]> above(double limit) {
            int size = limit < 0 ? 0 : size((long) Math.min(Long.MAX_VALUE, Math.floor(limit / step)));
            return limit < 0 ? List.<long[][]>of(from(0)) : List.<long[][]>of(from(size), from(size + 1));
        }

        private long[][] from(int size) {
            long[] counted = new long[perSize.length];
            for (int slice = 0; slice < counted.length; slice++) {
                for (int at = size; at < SIZES; at++) {
                    counted[slice] += perSize[slice][at];
                }
            }
            return new long[][] {counted};
        }

        @Override
        public long[][] all() {
            return from(0);
        }

        @Override
        public long[][] failures() {
            return new long[][] {failed.clone()};
        }
    }
}
