package dev.llmload.load;

import dev.llmload.protocol.Redirect;
import dev.llmload.result.Outcome;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.request.RequestRecord;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Watches whether the endpoint answers at all, so that a level against a dead one is not judged. */
final class ReachabilityCheck {
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger denied = new AtomicInteger();
    private final AtomicReference<String> firstFailure = new AtomicReference<>("");
    private final Map<Outcome, Long> outcomes = new ConcurrentHashMap<>();
    private final Map<Integer, Long> failedStatus = new ConcurrentHashMap<>();

    void ended(RequestRecord record) {
        outcomes.merge(record.outcome(), 1L, Long::sum);
        if (record.outcome().isFailure() && record.status() != RequestRecord.UNKNOWN) {
            failedStatus.merge(record.status(), 1L, Long::sum);
        }
        if (record.outcome() == Outcome.CUT || record.outcome() == Outcome.CLIENT_LIMIT) {
            return; // says nothing of the endpoint
        }
        ended.incrementAndGet();
        if (record.status() != RequestRecord.UNKNOWN) {
            answered.incrementAndGet();
        }
        if (isDenied(record.status())) {
            denied.incrementAndGet();
        }
        if (record.outcome().isFailure()) {
            firstFailure.compareAndSet("", describe(record));
        }
    }

    /** Why nothing of this can be judged; empty if it can. */
    Optional<String> verdict(String endpoint) {
        int all = ended.get();
        if (all == 0) {
            return Optional.empty();
        }
        if (answered.get() == 0) {
            return Optional.of(
                    "none of the " + all + " requests to " + endpoint + " got a response; the first failed with "
                            + firstFailure.get() + "; check that the server is running and reachable from here");
        }
        if (denied.get() == all) {
            return Optional.of("all " + all + " requests to " + endpoint + " were refused; the first with "
                    + firstFailure.get() + "; check the API key, the path and the model");
        }
        return Optional.empty();
    }

    // Refused whatever is asked: for the key, the path or a proxy, or sent elsewhere.
    private static boolean isDenied(int status) {
        return status == 401 || status == 403 || status == 404 || status == 407 || Redirect.is(status);
    }

    /** What became of all requests of the level. */
    RequestCounts counts() {
        Map<Outcome, Long> failures = new EnumMap<>(Outcome.class);
        failures.putAll(outcomes);
        long succeeded = Objects.requireNonNullElse(failures.remove(Outcome.OK), 0L);
        long cut = Objects.requireNonNullElse(failures.remove(Outcome.CUT), 0L);
        long failed = failures.values().stream().mapToLong(Long::longValue).sum();
        return new RequestCounts(succeeded + cut + failed, succeeded, cut, 0, failures, failedStatus, Map.of());
    }

    /** Outcome, status and error of the first failure, or empty. */
    String firstFailure() {
        return firstFailure.get();
    }

    private static String describe(RequestRecord record) {
        String status = record.status() == RequestRecord.UNKNOWN ? "" : " (status " + record.status() + ")";
        String error = record.error().isBlank() ? "" : ": " + record.error();
        return record.outcome() + status + error;
    }
}
