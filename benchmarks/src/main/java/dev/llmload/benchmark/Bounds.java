package dev.llmload.benchmark;

import java.util.Locale;

/** How many true latenesses lie within the bounds that the product states for them, and how large the bounds are. */
final class Bounds {
    private final Values bounds = new Values();
    private final Values outside = new Values();
    private long count;

    void add(long lateNanos, long boundNanos) {
        count++;
        bounds.add(boundNanos);
        if (lateNanos > boundNanos) {
            outside.add(lateNanos - boundNanos);
        }
    }

    /** {@code every token 99.98 % within, median bound 0.12 ms, p99 0.9 ms; those outside by 0.03 ms (p50), 0.4 ms (max)}. */
    String text(String what) {
        long beyond = outside.count();
        return String.format(
                Locale.ROOT,
                "%s %.3f %% of %d within, median bound %.3f ms, p99 %.3f ms%s",
                what,
                100.0 * (count - beyond) / Math.max(1, count),
                count,
                bounds.micros(50) / 1e3,
                bounds.micros(99) / 1e3,
                beyond == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", outside by %.3f ms (p50), %.3f ms (max)",
                                outside.micros(50) / 1e3,
                                outside.micros(100) / 1e3));
    }
}
