package dev.llmload.gpu;

import dev.llmload.result.GpuSample;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Energy of one GPU in a window.
 *
 * @param joules NaN if it cannot be told
 * @param method {@link #COUNTER}, {@link #TRAPEZOID} or empty
 * @param uncertainty half width as a fraction of the energy: one update period of the source, over the window
 */
record Energy(double joules, String method, double uncertainty) {
    /** Difference of the device's own counter, interpolated linearly at the window's edges. */
    static final String COUNTER = "counter";
    /** Power integrated over time, linear between two samples. */
    static final String TRAPEZOID = "trapezoid";

    private static final Energy NONE = new Energy(Double.NaN, "", Double.NaN);
    /** How far an edge of the window may lie beyond the nearest sample, in mean distances of samples. */
    private static final double REACH = 2;

    /** Of the samples of one device, by time. The counter where there is one and it never went backwards. */
    static Energy of(List<GpuSample> samples, long from, long to) {
        Energy counter = counter(samples, from, to);
        return counter.method().isEmpty() ? trapezoid(samples, from, to) : counter;
    }

    static Energy counter(List<GpuSample> samples, long from, long to) {
        Curve curve = Curve.of(samples, GpuSample::energyJoules, from);
        if (!curve.covers(from, to, REACH) || !curve.rises()) {
            return NONE;
        }
        return new Energy(curve.at(to) - curve.at(from), COUNTER, share(curve, from, to));
    }

    static Energy trapezoid(List<GpuSample> samples, long from, long to) {
        Curve curve = Curve.of(samples, GpuSample::powerWatts, from);
        if (!curve.covers(from, to, REACH)) {
            return NONE;
        }
        return new Energy(curve.integral(from, to), TRAPEZOID, share(curve, from, to));
    }

    /** Time-weighted mean power between the first and the last sample, or the power of an only one; NaN without any. */
    static double meanWatts(List<GpuSample> samples) {
        List<GpuSample> known = known(samples, GpuSample::powerWatts);
        if (known.size() < 2) {
            return known.isEmpty() ? Double.NaN : known.get(0).powerWatts();
        }
        long from = known.get(0).nanos();
        long to = known.get(known.size() - 1).nanos();
        return Curve.of(known, GpuSample::powerWatts, from).integral(from, to) / ((to - from) / 1e9);
    }

    static List<GpuSample> known(List<GpuSample> samples, ToDoubleFunction<GpuSample> value) {
        return samples.stream()
                .filter(sample -> !Double.isNaN(value.applyAsDouble(sample)))
                .toList();
    }

    private static double share(Curve curve, long from, long to) {
        return Math.min(1, curve.updateNanos() / (to - from));
    }
}
