package dev.llmload.result.measured;

import dev.llmload.result.Metric;
import dev.llmload.result.time.InTime;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/** Values in an HdrHistogram of whole multiples of a unit. */
final class HistogramValues extends Values {
    private final Histogram histogram;
    private final double unit;
    private final Optional<InTime> inTime;

    HistogramValues(AbstractHistogram values, double unit, long failed, Optional<InTime> inTime) {
        super(failed, values.getTotalCount() > 0 ? "" : "nothing was recorded");
        this.histogram = copy(values);
        this.unit = unit;
        this.inTime = inTime;
    }

    static HistogramValues added(List<Values> runs, long failed) {
        double unit = runs.stream()
                .filter(HistogramValues.class::isInstance)
                .map(HistogramValues.class::cast)
                .findFirst()
                .orElseThrow()
                .unit;
        Histogram all = threeDigits();
        runs.forEach(run -> all.add(run.toHistogram(unit)));
        List<InTime> each = runs.stream().flatMap(run -> run.inTime().stream()).toList();
        return new HistogramValues(
                all, unit, failed, each.size() < runs.size() ? Optional.empty() : Optional.of(InTime.joined(each)));
    }

    static Histogram threeDigits() {
        Histogram made = new Histogram(3);
        made.setAutoResize(true);
        return made;
    }

    private static Histogram copy(AbstractHistogram values) {
        Histogram copy = new Histogram(values);
        copy.add(values);
        return copy;
    }

    @Override
    public Optional<InTime> inTime() {
        return inTime;
    }

    @Override
    public boolean isExact() {
        return false;
    }

    @Override
    public long count() {
        return histogram.getTotalCount();
    }

    @Override
    public double mean() {
        require();
        return histogram.getMean() * unit;
    }

    @Override
    public double min() {
        require();
        return histogram.getMinValue() * unit;
    }

    @Override
    public double max() {
        require();
        return histogram.getMaxValue() * unit;
    }

    @Override
    public long countAbove(double limit) {
        long highest = Math.max(0, (long) Math.floor(limit / unit));
        return histogram.getTotalCount()
                - histogram.getCountBetweenValues(0, Math.min(highest, histogram.getHighestTrackableValue()));
    }

    @Override
    public double[] sortedValues() {
        return new double[0];
    }

    @Override
    public Values withFailed(long more) {
        return new HistogramValues(histogram, unit, failed() + more, Optional.empty());
    }

    @Override
    public Values withBest(Metric metric, long more) {
        Histogram all = copy(histogram);
        all.setAutoResize(true);
        all.recordValueWithCount(Math.round(best(metric) / unit), more);
        return new HistogramValues(all, unit, failed(), Optional.empty());
    }

    @Override
    Histogram toHistogram(double wanted) {
        Histogram made = threeDigits();
        double stepsPerUnit = Math.rint(1 / wanted);
        histogram
                .recordedValues()
                .forEach(v -> made.recordValueWithCount(
                        Math.round(v.getValueIteratedTo() * unit * stepsPerUnit),
                        v.getCountAddedInThisIterationStep()));
        return made;
    }

    @Override
    double valueAtRank(long rank) {
        double value = histogram.getValueAtPercentile(100.0 * (rank - 0.5) / histogram.getTotalCount());
        return Math.min(value, histogram.getMaxValue()) * unit;
    }
}
