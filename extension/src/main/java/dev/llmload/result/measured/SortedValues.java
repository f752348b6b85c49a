package dev.llmload.result.measured;

import dev.llmload.result.Metric;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** Values that were kept, in rising order; none for what was not measured. */
final class SortedValues extends Values {
    private final double[] sorted;

    SortedValues(double[] sorted, long failed, String absentReason) {
        super(failed, absentReason);
        this.sorted = sorted;
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
