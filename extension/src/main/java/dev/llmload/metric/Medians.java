package dev.llmload.metric;

import dev.llmload.result.request.RequestRecord;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Nearest-rank medians. */
public final class Medians {
    private Medians() {}

    /** Of a value of each request, those that are NaN left out; empty if none is left. */
    public static OptionalDouble of(List<RequestRecord> requests, ToDoubleFunction<RequestRecord> value) {
        double[] sorted = requests.stream()
                .mapToDouble(value)
                .filter(number -> !Double.isNaN(number))
                .sorted()
                .toArray();
        return sorted.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sorted[(sorted.length + 1) / 2 - 1]);
    }
}
