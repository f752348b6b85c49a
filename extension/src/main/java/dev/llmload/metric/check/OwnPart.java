package dev.llmload.metric.check;

import dev.llmload.metric.CheckText;
import dev.llmload.result.Distribution;
import dev.llmload.result.Metric;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How much of a stated percentile may be the client's own.
 *
 * @param metric of which latency
 * @param percentile which, 50 or 95
 * @param value as stated, in nanoseconds
 * @param own what of it the client may have added, in nanoseconds
 */
record OwnPart(Metric metric, int percentile, double value, double own) {
    private static final List<Metric> LATENCIES =
            List.of(Metric.TTFT, Metric.TTFO, Metric.E2E, Metric.TPOT, Metric.ITL);

    /** One late request of fewer than 20 is their p95, and says nothing of the level. */
    private static final int FEWEST_FOR_P95 = 20;

    /**
     * The one whose share is largest: of the median and of the p95 of each latency, where both ends fall on a success.
     *
     * @return empty if no latency has a bound
     */
    static Optional<OwnPart> largest(Evidence evidence) {
        return LATENCIES.stream()
                .flatMap(metric -> Stream.of(50, 95).flatMap(percentile -> of(evidence, metric, percentile).stream()))
                .max(Comparator.comparingDouble(OwnPart::share));
    }

    private static Optional<OwnPart> of(Evidence evidence, Metric metric, int percentile) {
        Distribution stated = evidence.distributions().get(metric);
        Distribution best = evidence.error().best(metric).orElse(null);
        if (stated == null || best == null || !stated.isRanked() || !best.isRanked()) {
            return Optional.empty();
        }
        if (percentile == 95 && stated.count() + stated.failed() < FEWEST_FOR_P95) {
            return Optional.empty();
        }
        OptionalDouble value = stated.ranked(metric, percentile);
        OptionalDouble least = best.ranked(metric, percentile);
        return value.isPresent() && least.isPresent() && value.getAsDouble() > 0
                ? Optional.of(
                        new OwnPart(metric, percentile, value.getAsDouble(), value.getAsDouble() - least.getAsDouble()))
                : Optional.empty();
    }

    /** Of the value, 0 to 1. */
    double share() {
        return own / value;
    }

    /** {@code up to 1.8 of 7.3 ms of ttft p95 may be the client's own}. */
    String inWords() {
        return "up to " + CheckText.number(own / 1e6) + " of " + CheckText.millis(value) + " of " + metric.word() + " p"
                + percentile + " may be the client's own";
    }
}
