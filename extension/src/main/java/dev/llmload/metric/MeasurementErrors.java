package dev.llmload.metric;

import dev.llmload.result.Level;
import dev.llmload.result.MeasurementError;
import dev.llmload.result.MeasurementError.Sentinel;
import dev.llmload.result.Metric;
import dev.llmload.result.request.RequestRecord;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** By how much the numbers of a level may be wrong through the client's own doing: by its bounds on lateness, or by the sentinel. */
final class MeasurementErrors {
    private static final Set<Metric> TWO_SIDED = EnumSet.of(Metric.TPOT, Metric.OUTPUT_SPEED);

    private MeasurementErrors() {}

    static MeasurementError of(
            Sample sample, WindowSums sums, Level level, String notAStream, Optional<Sentinel> sentinel) {
        OwnTime own = new OwnTime(beyond(sample.successes(), sentinel));
        return new MeasurementError(
                Distributions.of(sample, level, notAStream, Distributions.Reading.best(own)),
                notAStream.isEmpty()
                        ? Distributions.some(TWO_SIDED, sample, Distributions.Reading.worst(own))
                        : Map.of(),
                level.isOpen() ? 0 : clientShare(sample, sums, own),
                sentinel);
    }

    /**
     * Share of the users' time in session that the client spent itself at most.
     *
     * @return 0 to 1
     */
    private static double clientShare(Sample sample, WindowSums sums, OwnTime own) {
        double inSession = sums.inSessionMean() * sample.window().seconds() * 1e9;
        double spent = sample.requests().stream().mapToDouble(own::spent).sum();
        return inSession > 0 ? Math.min(1, spent / inSession) : 0;
    }

    /** By how much the sentinel's readings were later than the bounds of the load's say: the larger speaks. */
    private static long beyond(List<RequestRecord> successes, Optional<Sentinel> sentinel) {
        if (sentinel.isEmpty() || successes.isEmpty()) {
            return 0;
        }
        long[] bounds = successes.stream()
                .mapToLong(record -> record.times().late().firstToken())
                .sorted()
                .toArray();
        long atMedian = sentinel.get().p50() - bounds[(bounds.length - 1) / 2];
        long at95 = sentinel.get().p95() - bounds[(int) Math.ceil(0.95 * bounds.length) - 1];
        return Math.max(0, Math.max(atMedian, at95));
    }
}
