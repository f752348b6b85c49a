package dev.llmload.load;

import dev.llmload.metric.ServerWork;
import java.util.Optional;
import java.util.OptionalDouble;

/** The server's own counters before a level's first request and after its last. */
final class WorkWatch {
    private final ServerMetrics metrics;
    private final Optional<ServerCounters> before;

    private WorkWatch(ServerMetrics metrics, Optional<ServerCounters> before) {
        this.metrics = metrics;
        this.before = before;
    }

    /** Reads them for the first time. */
    static WorkWatch begin(ServerMetrics metrics) {
        return new WorkWatch(metrics, metrics.readIdle());
    }

    /** Reads them again: what was done meanwhile. */
    ServerWork end() {
        if (before.isEmpty()) {
            return ServerWork.unknown("the server publishes no counters of its own that are known here");
        }
        Optional<ServerCounters> after = metrics.readIdle();
        return after.map(now -> between(before.get(), now))
                .orElseGet(() -> ServerWork.unknown("the server's counters could not be read again after the level"));
    }

    static ServerWork between(ServerCounters before, ServerCounters after) {
        OptionalDouble requests = difference(before.requests(), after.requests());
        OptionalDouble tokens = difference(before.outputTokens(), after.outputTokens());
        return new ServerWork(after.engine(), requests, tokens, doubt(before, after), "");
    }

    private static String doubt(ServerCounters before, ServerCounters after) {
        if (before.active().isEmpty()) {
            return "";
        }
        String when = !before.idle() && !after.idle() ? "before and after" : !before.idle() ? "before" : "after";
        return before.idle() && after.idle() ? "" : "it was not idle " + when + " the level";
    }

    private static OptionalDouble difference(OptionalDouble before, OptionalDouble after) {
        return before.isPresent() && after.isPresent()
                ? OptionalDouble.of(after.getAsDouble() - before.getAsDouble())
                : OptionalDouble.empty();
    }
}
