package dev.llmload.gpu;

import dev.llmload.result.GpuSample;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A value over time, linear between its samples and, a little way, beyond the first and the last. */
final class Curve {
    private final double[] nanos;
    private final double[] values;
    private final long origin;

    private Curve(double[] nanos, double[] values, long origin) {
        this.nanos = nanos;
        this.values = values;
        this.origin = origin;
    }

    /** Of the samples that have the value. Instants are kept relative to one of them, so that no digit is lost. */
    static Curve of(List<GpuSample> samples, ToDoubleFunction<GpuSample> value, long origin) {
        List<GpuSample> known = Energy.known(samples, value);
        return new Curve(
                known.stream().mapToDouble(sample -> sample.nanos() - origin).toArray(),
                known.stream().mapToDouble(value).toArray(),
                origin);
    }

    /** Whether both instants lie between samples, or beyond them by at most so many mean distances of two samples. */
    boolean covers(long from, long to, double distances) {
        if (nanos.length < 2) {
            return false;
        }
        double reach = distances * (last() - nanos[0]) / (nanos.length - 1);
        return nanos[0] - reach <= from - origin && to - origin <= last() + reach;
    }

    /** Whether it never falls. */
    boolean rises() {
        for (int i = 1; i < values.length; i++) {
            if (values[i] < values[i - 1]) {
                return false;
            }
        }
        return true;
    }

    double at(long instant) {
        double x = instant - origin;
        int i = 1;
        while (i < nanos.length - 1 && nanos[i] < x) {
            i++;
        }
        return between(i, x);
    }

    /** In value times seconds. */
    double integral(long from, long to) {
        double end = to - origin;
        double x = from - origin;
        double y = at(from);
        double sum = 0;
        for (int i = 0; i < nanos.length; i++) {
            if (nanos[i] > x && nanos[i] < end) {
                sum += (y + values[i]) / 2 * (nanos[i] - x);
                x = nanos[i];
                y = values[i];
            }
        }
        return (sum + (y + at(to)) / 2 * (end - x)) / 1e9;
    }

    /** Mean time from one change of the value to the next; all of the time if it changed less than twice. */
    double updateNanos() {
        double first = Double.NaN;
        double latest = Double.NaN;
        int changes = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] != values[i - 1]) {
                first = changes == 0 ? nanos[i] : first;
                latest = nanos[i];
                changes++;
            }
        }
        return changes < 2 ? last() - nanos[0] : (latest - first) / (changes - 1);
    }

    private double last() {
        return nanos[nanos.length - 1];
    }

    private double between(int right, double x) {
        double width = nanos[right] - nanos[right - 1];
        return width == 0
                ? values[right]
                : values[right - 1] + (values[right] - values[right - 1]) * (x - nanos[right - 1]) / width;
    }
}
