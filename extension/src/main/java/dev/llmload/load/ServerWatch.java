package dev.llmload.load;

import dev.llmload.load.counters.ServerCounters;
import dev.llmload.load.counters.ServerMetrics;
import dev.llmload.load.counters.ServerWorkMonitor;
import dev.llmload.load.wire.LoopGroup;
import dev.llmload.metric.check.ServerWork;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the server's own counters before, during and after the levels of a session. Used by one thread. */
final class ServerWatch {
    private final ResolvedEndpoint endpoint;
    private final LoopGroup loops;
    private final StopSignal stop;
    private final LoadListener listener;
    private Optional<ServerMetrics> metrics = Optional.empty();

    ServerWatch(ResolvedEndpoint endpoint, LoopGroup loops, StopSignal stop, LoadListener listener) {
        this.endpoint = endpoint;
        this.loops = loops;
        this.stop = stop;
        this.listener = listener;
    }

    /** From now on each level is watched. */
    void on() {
        metrics = Optional.of(reader());
    }

    /**
     * Reads the counters, if it is on, and goes on reading until the watch is stopped; a level begins.
     *
     * @return to be stopped when the load is over, however it ended
     */
    Optional<ServerWorkMonitor> level() {
        return metrics.map(
                page -> ServerWorkMonitor.begin(page, endpoint.settings().requestHeaders(), Clock.systemUTC()));
    }

    /**
     * What the server did during a level that has ended: reads the counters again.
     *
     * @param watch of {@link #level}
     */
    static ServerWork work(Optional<ServerWorkMonitor> watch) {
        return watch.map(ServerWorkMonitor::end)
                .orElseGet(() -> ServerWork.unknown("the server's own counters were not read"));
    }

    /**
     * Waits until nothing is in work or waiting at the server.
     *
     * @param level that comes next
     * @param limit longest time
     * @return what a reader should know; empty if the server was found idle
     */
    Optional<String> coolDown(String level, Duration limit) {
        ServerMetrics page = metrics.orElseGet(this::reader);
        return new CoolDown(
                        () -> page.read().map(ServerCounters::active).orElse(OptionalDouble.empty()),
                        System::nanoTime,
                        stop::pause,
                        stop::requested,
                        listener)
                .before(level, limit);
    }

    private ServerMetrics reader() {
        return new ServerMetrics(loops::any, endpoint.settings().url(), endpoint::served, stop);
    }
}
