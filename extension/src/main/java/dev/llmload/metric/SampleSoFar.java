package dev.llmload.metric;

import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.Subject;
import dev.llmload.result.Window;
import dev.llmload.result.measured.Measurement;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.text.CountText;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the measured requests of a level came to while it goes on: their latencies and how many succeeded; no rates, no
 * gaps between tokens, nothing of its own validity. Pure.
 */
public final class SampleSoFar {
    private static final Subject NOBODY = new Subject("", "", "", false);

    private SampleSoFar() {}

    /**
     * Of requests that have ended.
     *
     * @param level which level
     * @param measured in any order, at least one
     * @param metrics which latencies and speeds are wanted besides {@code e2e}; others are ignored
     */
    public static LoadResult of(Level level, List<RequestRecord> measured, Set<Metric> metrics) {
        List<RequestRecord> sorted = measured.stream()
                .filter(record -> record.phase() == Phase.WINDOW)
                .sorted(Comparator.comparingInt(RequestRecord::n))
                .toList();
        long first = sorted.stream()
                .mapToLong(record -> record.times().scheduled())
                .min()
                .orElse(0);
        long last = sorted.stream()
                .mapToLong(record -> record.times().closed())
                .max()
                .orElse(first);
        Duration length = Duration.ofNanos(last - first);
        Window window =
                new Window(Window.Kind.STEADY, first, last, length, CountText.of(sorted.size(), "request") + " so far");
        Sample sample = Sample.of(window, sorted);
        long ended = sample.counts().attempted() - sample.counts().cut();
        Measurement.Builder soFar = Measurement.of(NOBODY, level)
                .window(window)
                .requests(sample.counts())
                .tokens(sample.tokens())
                .distributions(Distributions.wanted(with(metrics), sample, level));
        if (ended > 0) {
            soFar.quantity(
                    Quantity.of(Metric.SUCCESS_RATE, (double) sample.counts().succeeded() / ended));
        }
        return soFar.build();
    }

    // Every success has an e2e, so it tells when the failures came.
    private static Set<Metric> with(Set<Metric> metrics) {
        Set<Metric> wanted = EnumSet.of(Metric.E2E);
        metrics.stream().filter(RequestValues.METRICS::contains).forEach(wanted::add);
        return wanted;
    }
}
