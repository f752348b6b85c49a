package dev.llmload.load;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a server says of itself at one moment. A number that it does not give is absent, never 0.
 *
 * @param engine what kind of server it is
 * @param requests that ended since it started
 * @param outputTokens that it generated since it started
 * @param active requests in work or waiting now
 */
record ServerCounters(String engine, OptionalDouble requests, OptionalDouble outputTokens, OptionalDouble active) {
    /** Of a page; empty if no known engine wrote it. */
    static Optional<ServerCounters> of(PrometheusText page) {
        return EngineNames.of(page)
                .map(names -> new ServerCounters(
                        names.engine(),
                        page.sum(names.requests()),
                        page.sum(names.outputTokens()),
                        sum(page.sum(names.running()), page.sum(names.waiting()))));
    }

    private static OptionalDouble sum(OptionalDouble running, OptionalDouble waiting) {
        return running.isEmpty() && waiting.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(running.orElse(0) + waiting.orElse(0));
    }

    /** Whether it says that nothing is in work. */
    boolean idle() {
        return active.isPresent() && active.getAsDouble() == 0;
    }

    boolean sameWorkAs(ServerCounters other) {
        return requests.equals(other.requests) && outputTokens.equals(other.outputTokens);
    }
}
