package dev.llmload.result.measured;

import dev.llmload.result.Metric;
import dev.llmload.result.time.InTime;
import dev.llmload.result.time.Slices;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Values that were kept, in rising order; none for what was not measured. */
final class SortedValues extends Values {
    private final double[] sorted;
    private final Optional<Slices> slices;

    SortedValues(double[] sorted, long failed, String absentReason) {
        this(sorted, failed, absentReason, Optional.empty());
    }

    private SortedValues(double[] sorted, long failed, String absentReason, Optional<Slices> slices) {
        super(failed, absentReason);
        this.sorted = sorted;
        this.slices = slices;
    }

    static SortedValues sliced(double[] values, int[] slice, int[] failed) {
        SortedValues plain = sorted(values, Arrays.stream(failed).asLongStream().sum());
        return plain.with(Optional.of(Slices.of(plain.sorted, values, slice, failed)));
    }

    static SortedValues sorted(double[] values, long failed) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        String reason = sorted.length > 0 ? "" : failed > 0 ? "no request succeeded" : "no request had a value";
        return new SortedValues(sorted, failed, reason);
    }

    /** Merges the runs, which are in rising order already, and keeps which run each value is of. */
    static SortedValues merged(List<SortedValues> runs, long failed) {
        double[] all =
                new double[runs.stream().mapToInt(run -> run.sorted.length).sum()];
        int[] order = new int[all.length];
        int[] next = new int[runs.size()];
        for (int i = 0; i < all.length; i++) {
            int lowest = -1;
            for (int run = 0; run < next.length; run++) {
                double[] values = runs.get(run).sorted;
                if (next[run] < values.length
                        && (lowest < 0 || values[next[run]] < runs.get(lowest).sorted[next[lowest]])) {
                    lowest = run;
                }
            }
            all[i] = runs.get(lowest).sorted[next[lowest]++];
            order[i] = lowest;
        }
        List<Slices> each = runs.stream().flatMap(run -> run.slices.stream()).toList();
        SortedValues joined = sorted(all, failed);
        return each.size() < runs.size() ? joined : joined.with(Slices.joined(each, order));
    }

    private SortedValues with(Optional<Slices> when) {
        return new SortedValues(sorted, failed(), absentReason(), when);
    }

    @Override
    public Optional<InTime> inTime() {
        return slices.map(when -> when.of(sorted));
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public long count() {
        return sorted.length;
    }

    @Override
    public double mean() {
        require();
        return Arrays.stream(sorted).average().orElseThrow();
    }

    @Override
    public double min() {
        require();
        return sorted[0];
    }

    @Override
    public double max() {
        require();
        return sorted[sorted.length - 1];
    }

    @Override
    public long countAbove(double limit) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int mid = (low + high) >>> 1;
            if (sorted[mid] > limit) {
                high = mid;
            } else {
                low = mid + 1;
            }
        }
        return sorted.length - low;
    }

    @Override
    public double[] sortedValues() {
        return sorted.clone();
    }

    @Override
    public Values withFailed(long more) {
        return new SortedValues(sorted, failed() + more, absentReason());
    }

    @Override
    public Values withBest(Metric metric, long more) {
        double[] all = Arrays.copyOf(sorted, Math.toIntExact(sorted.length + more));
        Arrays.fill(all, sorted.length, all.length, best(metric));
        return of(all, failed());
    }

    @Override
    Histogram toHistogram(double unit) {
        Histogram made = HistogramValues.threeDigits();
        double stepsPerUnit = Math.rint(1 / unit);
        for (double value : sorted) {
            made.recordValue(Math.max(0, Math.round(value * stepsPerUnit)));
        }
        return made;
    }

    @Override
    double valueAtRank(long rank) {
        return sorted[(int) (rank - 1)];
    }
}
