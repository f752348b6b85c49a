package dev.llmload.result.time;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * When the values of a distribution came: in which slice of time each request was due. Slices are equally long and at least
 * as long as a request takes on average; several runs follow each other. Immutable and safe for use by any thread. A value
 * takes two bytes.
 */
public final class Slices {
    /** Most slices of a run. */
    public static final int MOST = 1000;

    private static final int MOST_OF_ALL = Short.MAX_VALUE;

    private final short[] ofRank;
    private final int[] failed;
    private final int[] perRun;

    private Slices(short[] ofRank, int[] failed, int[] perRun) {
        this.ofRank = ofRank;
        this.failed = failed;
        this.perRun = perRun;
    }

    /**
     * Of one run.
     *
     * @param sorted the values in rising order
     * @param values the same values in any order
     * @param slice of each of {@code values}, from 0
     * @param failed how many requests without a value failed in each slice; as long as there are slices, at least 1 and at
     *     most {@link #MOST}
     */
    public static Slices of(double[] sorted, double[] values, int[] slice, int[] failed) {
        if (failed.length < 1 || failed.length > MOST) {
            throw new IllegalArgumentException(
                    "a run must have 1 to " + MOST + " slices, but there were " + failed.length);
        }
        short[] ofRank = new short[sorted.length];
        int[] taken = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            int first = firstRank(sorted, values[i]);
            ofRank[first + taken[first]++] = (short) slice[i];
        }
        return new Slices(ofRank, failed.clone(), new int[] {failed.length});
    }

    private static int firstRank(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Of several runs together.
     *
     * @param all the slices of each run
     * @param order which run the value at each rank of the joined values is of, from 0; each run's values keep their order
     * @return empty if there would be too many slices to keep them apart
     */
    public static Optional<Slices> joined(List<Slices> all, int[] order) {
        int[] perRun =
                all.stream().flatMapToInt(each -> Arrays.stream(each.perRun)).toArray();
        int[] failed =
                all.stream().flatMapToInt(each -> Arrays.stream(each.failed)).toArray();
        if (failed.length > MOST_OF_ALL) {
            return Optional.empty();
        }
        int[] offset = new int[all.size()];
        for (int run = 1; run < offset.length; run++) {
            offset[run] = offset[run - 1] + all.get(run - 1).failed.length;
        }
        short[] ofRank = new short[order.length];
        int[] next = new int[all.size()];
        for (int i = 0; i < order.length; i++) {
            int run = order[i];
            ofRank[i] = (short) (offset[run] + all.get(run).ofRank[next[run]++]);
        }
        return Optional.of(new Slices(ofRank, failed, perRun));
    }

    /**
     * The same by the size of the values.
     *
     * @param sorted the values in rising order
     */
    public InTime of(double[] sorted) {
        return new InTime() {
            @Override
            public List<long[][]> above(double limit) {
                return List.<long[][]>of(valuesFrom(firstAbove(sorted, limit)));
            }

            @Override
            public long[][] all() {
                return valuesFrom(0);
            }

            @Override
            public long[][] failures() {
                return Slices.this.failures();
            }
        };
    }

    private static int firstAbove(double[] sorted, double limit) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] > limit) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /**
     * How many of the values from a rank on came in each slice.
     *
     * @param from index of the first that counts, from 0; as many as there are values for none
     * @return by run, then by slice
     */
    public long[][] valuesFrom(int from) {
        long[] counts = new long[failed.length];
        for (int i = from; i < ofRank.length; i++) {
            counts[ofRank[i]]++;
        }
        return byRun(counts);
    }

    /** How many requests failed in each slice, by run. */
    public long[][] failures() {
        return byRun(Arrays.stream(failed).asLongStream().toArray());
    }

    private long[][] byRun(long[] counts) {
        long[][] runs = new long[perRun.length][];
        int at = 0;
        for (int run = 0; run < runs.length; run++) {
            runs[run] = Arrays.copyOfRange(counts, at, at + perRun[run]);
            at += perRun[run];
        }
        return runs;
    }
}
