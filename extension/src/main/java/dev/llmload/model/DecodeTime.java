package dev.llmload.model;

import dev.llmload.result.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Adds up when sequences were decoding in a window, and how long their contexts were. Confined to one thread. */
final class DecodeTime {
    private final List<long[]> spans = new ArrayList<>();
    private double sequenceNanos;
    private double contextNanos;

    /** A sequence whose context grows evenly from its prompt to its end. */
    void add(long first, long last, long prompt, long output, Window window) {
        long from = Math.max(first, window.openNanos());
        long to = Math.min(last, window.closeNanos());
        if (to - from <= 0) {
            return;
        }
        double middle = ((from - first) / 2.0 + (to - first) / 2.0) / (last - first);
        spans.add(new long[] {from - window.openNanos(), to - window.openNanos()});
        sequenceNanos += to - from;
        contextNanos += (to - from) * (prompt + middle * output);
    }

    double meanBatch() {
        return sequenceNanos / busyNanos();
    }

    double meanContext() {
        return contextNanos / busyNanos();
    }

    // Time in which any sequence was decoding.
    private double busyNanos() {
        spans.sort(Comparator.comparingLong(span -> span[0]));
        double busy = 0;
        long reached = Long.MIN_VALUE;
        for (long[] span : spans) {
            long from = Math.max(span[0], reached);
            busy += Math.max(0, span[1] - from);
            reached = Math.max(reached, span[1]);
        }
        return busy;
    }
}
