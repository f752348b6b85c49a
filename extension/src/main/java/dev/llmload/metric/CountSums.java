package dev.llmload.metric;

import dev.llmload.result.Outcome;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.request.RequestRecord;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What became of requests, counted. Confined to one thread at a time. */
public final class CountSums {
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Map<Integer, Long> status = new TreeMap<>();
    private final Map<String, Long> finishReasons = new TreeMap<>();

    void add(RequestRecord record) {
        outcomes.merge(record.outcome(), 1L, Long::sum);
        if (record.outcome().isFailure() && record.status() != RequestRecord.UNKNOWN) {
            status.merge(record.status(), 1L, Long::sum);
        }
        if (record.succeeded() && !record.finishReason().isEmpty()) {
            finishReasons.merge(record.finishReason(), 1L, Long::sum);
        }
    }

    void addAll(CountSums other) {
        other.outcomes.forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum));
        other.status.forEach((code, count) -> status.merge(code, count, Long::sum));
        other.finishReasons.forEach((reason, count) -> finishReasons.merge(reason, count, Long::sum));
    }

    public RequestCounts toCounts(int staleConnections) {
        Map<Outcome, Long> failures = new EnumMap<>(outcomes);
        Long succeeded = failures.remove(Outcome.OK);
        Long cut = failures.remove(Outcome.CUT);
        return new RequestCounts(
                outcomes.values().stream().mapToLong(Long::longValue).sum(),
                succeeded == null ? 0 : succeeded,
                cut == null ? 0 : cut,
                staleConnections,
                failures,
                status,
                finishReasons);
    }
}
