package dev.llmload.report.picture;

import dev.llmload.report.chart.Panel;
import dev.llmload.result.GpuSample;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleFunction;

/** Readings of GPUs as points of a chart: seconds and a value, of few enough points that a picture stays small. */
final class GpuSeries {
    private static final int MOST = 240;

    private GpuSeries() {}

    /**
     * A value over time. In each slice of time the readings of one device are averaged, and the devices put together.
     *
     * @param samples by time
     * @param origin the instant that is 0 s
     * @param seconds length of the axis
     * @param together how two devices become one value
     */
    static List<Panel.Point> of(
            List<GpuSample> samples,
            long origin,
            double seconds,
            ToDoubleFunction<GpuSample> value,
            BinaryOperator<Double> together) {
        double width = Math.max(seconds / MOST, 0.1);
        TreeMap<Long, TreeMap<String, double[]>> slices = new TreeMap<>();
        for (GpuSample sample : samples) {
            double at = (sample.nanos() - origin) / 1e9;
            double measured = value.applyAsDouble(sample);
            if (!Double.isNaN(measured) && at >= 0 && at <= seconds) {
                double[] sum = slices.computeIfAbsent((long) (at / width), slice -> new TreeMap<>())
                        .computeIfAbsent(sample.uuid(), uuid -> new double[3]);
                sum[0] += at;
                sum[1] += measured;
                sum[2]++;
            }
        }
        List<Panel.Point> points = new ArrayList<>();
        for (TreeMap<String, double[]> slice : slices.values()) {
            double at = slice.values().stream()
                    .mapToDouble(sum -> sum[0] / sum[2])
                    .average()
                    .orElse(0);
            double all = slice.values().stream()
                    .map(sum -> sum[1] / sum[2])
                    .reduce(together)
                    .orElse(0.0);
            points.add(new Panel.Point(at, all));
        }
        return points;
    }
}
