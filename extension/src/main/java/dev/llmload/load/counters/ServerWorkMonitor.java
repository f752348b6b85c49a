package dev.llmload.load.counters;

import dev.llmload.metric.ServerLog;
import dev.llmload.metric.check.ServerWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The server's own counters before a level's first request and after its last, and its page once a second meanwhile. */
public final class ServerWorkMonitor {
    /** So far the server's clock may be behind ours. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    /** Nobody who pressed Ctrl-C waits for a server's page. */
    private static final Duration HURRY = Duration.ofMillis(100);

    private static final String ANEW = "the server was started anew during the level";

    private final ServerMetrics metrics;
    private final Clock clock;
    private final ServerLook before;
    private final Instant begun;
    private final Optional<ServerSampler> sampler;
    private Optional<ServerLog> log = Optional.empty();

    private ServerWorkMonitor(ServerMetrics metrics, Map<String, String> headers, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
        this.before = ServerLook.at(metrics);
        this.begun = clock.instant();
        this.sampler = before.counters()
                .map(counters -> ServerSampler.start(
                        new ServerPage(metrics.page(), headers),
                        counters.engine(),
                        metrics.model(),
                        ServerSampler.PERIOD));
    }

    /**
     * Reads them for the first time, and goes on reading on a thread of its own until {@link #stop}.
     *
     * @param metrics which page
     * @param headers that a request of it carries
     * @param clock of when a server may have been started
     */
    public static ServerWorkMonitor begin(ServerMetrics metrics, Map<String, String> headers, Clock clock) {
        return new ServerWorkMonitor(metrics, headers, clock);
    }

    /** The load is over: ends the thread, with a last reading. Does nothing the second time. */
    public void stop() {
        if (log.isEmpty()) {
            log = Optional.of(sampler.map(pages -> metrics.stopped() ? pages.end(HURRY) : pages.end())
                    .orElse(ServerLog.NONE));
        }
    }

    /** Reads them again: what was done meanwhile. */
    public ServerWork end() {
        stop();
        return work().with(log.orElse(ServerLog.NONE));
    }

    private ServerWork work() {
        if (before.counters().isEmpty()) {
            return ServerWork.unknown(before.reason());
        }
        Instant ended = clock.instant();
        ServerLook after = ServerLook.at(metrics);
        if (after.counters().isEmpty()) {
            return ServerWork.unknown(
                    after.reason().startsWith(SameServer.SEVERAL)
                            ? after.reason()
                            : "the server's counters could not be read again after the level");
        }
        return between(before.counters().get(), after.counters().get(), begun, ended);
    }

    /**
     * What was done between two readings.
     *
     * @param before the first
     * @param after the second
     * @param begun when the level began
     * @param ended when it had ended
     */
    static ServerWork between(ServerCounters before, ServerCounters after, Instant begun, Instant ended) {
        boolean fell = after.fellBelow(before);
        if (after.identity().startedAtAnotherTimeThan(before.identity())) {
            return anotherStart(before, after, begun, ended);
        }
        if (before.identity().hasEnginesThatLack(after.identity())) {
            return ServerWork.unknown(SameServer.SEVERAL + ": they have different engines");
        }
        if (fell && !before.identity().starts().isEmpty()) {
            return ServerWork.unknown(SameServer.SEVERAL + ": readings of the counters go back and forth");
        }
        if (fell) {
            return ServerWork.restarted("the server's counters went back: it was started anew during the level, or"
                    + " another server answers behind its address");
        }
        OptionalDouble requests = difference(before.requests(), after.requests());
        OptionalDouble tokens = difference(before.outputTokens(), after.outputTokens());
        return new ServerWork(after.engine(), requests, tokens, doubt(before, after), "", "");
    }

    private static ServerWork anotherStart(ServerCounters before, ServerCounters after, Instant begun, Instant ended) {
        double start = after.identity().lastStart();
        boolean later = start > before.identity().lastStart();
        if (later && start >= seconds(begun.minus(SKEW)) && start <= seconds(ended.plus(SKEW))) {
            return ServerWork.restarted(ANEW + ": what it did before that is in none of its counters");
        }
        return later && after.fellBelow(before)
                ? ServerWork.unknown(SameServer.SEVERAL + ", or " + ANEW
                        + ": its counters went back, and its process started at another time")
                : ServerWork.unknown(SameServer.SEVERAL + ": their processes started at different times");
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1e3;
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
