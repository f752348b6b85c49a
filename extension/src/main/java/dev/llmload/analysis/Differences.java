package dev.llmload.analysis;

import java.util.Arrays;

/**
 * All differences second − first of two samples in rising order, found by counting instead of making them: how many are at
 * most t is one walk along both sorted samples, and the bits of a double are halved until the rank is met. Immutable.
 */
final class Differences {
    private final double[] first;
    private final double[] second;

    /** Both of finite values. */
    Differences(double[] first, double[] second) {
        this.first = sorted(first);
        this.second = sorted(second);
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        if (!Double.isFinite(sorted[0]) || !Double.isFinite(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException("a shift takes finite values, but one was not");
        }
        return sorted;
    }

    long count() {
        return (long) first.length * second.length;
    }

    /** The difference at a rank from 1. */
    double at(long rank) {
        long low = order(second[0] - first[first.length - 1]);
        long high = order(second[second.length - 1] - first[0]);
        while (low < high) {
            long middle = low + (high - low >>> 1);
            if (atMost(value(middle)) >= rank) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return value(low) + 0.0;
    }

    private long atMost(double t) {
        long count = 0;
        int covered = 0;
        for (double from : first) {
            while (covered < second.length && second[covered] - from <= t) {
                covered++;
            }
            count += covered;
        }
        return count;
    }

    // Doubles as whole numbers in the same order, of which there is always a middle one.
    private static long order(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits < 0 ? Long.MIN_VALUE - bits : bits;
    }

    private static double value(long order) {
        return Double.longBitsToDouble(order < 0 ? Long.MIN_VALUE - order : order);
    }
}
