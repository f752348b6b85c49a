package dev.llmload.load.counters;

import dev.llmload.exposition.Sample;
import dev.llmload.metric.ServerValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a server says of itself and one model at one moment, summed over its engines. A number that it does not give is
 * absent, never 0.
 *
 * @param engine what kind of server it is
 * @param identity which server it is
 * @param requests that ended since it started
 * @param outputTokens that it generated since it started
 * @param active requests in work or waiting now
 */
public record ServerCounters(
        String engine,
        ServerIdentity identity,
        OptionalDouble requests,
        OptionalDouble outputTokens,
        OptionalDouble active) {
    /** Of a page; empty if no known engine wrote it, or none of its counters counts for the model. */
    static Optional<ServerCounters> of(List<Sample> page, ServedModel model) {
        return EngineNames.of(page).flatMap(names -> {
            List<Sample> ours = page.stream()
                    .filter(sample -> names.has(sample) && model.owns(sample))
                    .toList();
            return ours.stream().anyMatch(names::counts)
                    ? Optional.of(new ServerCounters(
                            names.engine(),
                            ServerIdentity.of(page, ours),
                            sum(ours, names.requests()),
                            sum(ours, names.outputTokens()),
                            sum(sum(ours, names.running()), sum(ours, names.waiting()))))
                    : Optional.empty();
        });
    }

    private static OptionalDouble sum(List<Sample> samples, String name) {
        return SeriesNames.together(samples, name, ServerValue.Together.SUM);
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

    /** Whether it counts less than an earlier reading, which no counter of one process does. */
    boolean fellBelow(ServerCounters earlier) {
        return less(requests, earlier.requests) || less(outputTokens, earlier.outputTokens);
    }

    private static boolean less(OptionalDouble now, OptionalDouble before) {
        return now.isPresent() && before.isPresent() && now.getAsDouble() < before.getAsDouble();
    }
}
