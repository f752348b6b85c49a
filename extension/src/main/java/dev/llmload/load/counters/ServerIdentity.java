package dev.llmload.load.counters;

import dev.llmload.exposition.Sample;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What tells one server from another behind the same address.
 *
 * @param starts when its processes started, in seconds since 1970; empty if it does not say
 * @param engines labels of its data-parallel engines; empty if it has none
 */
record ServerIdentity(Set<Double> starts, Set<String> engines) {
    private static final String START = "process_start_time_seconds";
    /** Some compute the instant again each time, and a corrected clock then moves it a little. */
    private static final double JITTER_SECONDS = 1;

    ServerIdentity {
        starts = Set.copyOf(starts);
        engines = Set.copyOf(engines);
    }

    /** Of a whole page, and of those of its samples that count. */
    static ServerIdentity of(List<Sample> page, List<Sample> counters) {
        Set<Double> starts = new TreeSet<>();
        page.stream()
                .filter(sample -> sample.name().equals(START) && Double.isFinite(sample.value()))
                .forEach(sample -> starts.add(sample.value()));
        Set<String> engines = new TreeSet<>();
        counters.stream()
                .map(sample -> sample.label("engine"))
                .filter(engine -> !engine.isEmpty())
                .forEach(engines::add);
        return new ServerIdentity(starts, engines);
    }

    /** Whether both say when they started, and say different instants. */
    boolean startedAtAnotherTimeThan(ServerIdentity other) {
        return !starts.isEmpty()
                && !other.starts.isEmpty()
                && !(near(starts, other.starts) && near(other.starts, starts));
    }

    /** Whether engines that it has are missing there; further ones may appear with their first request. */
    boolean hasEnginesThatLack(ServerIdentity later) {
        return !later.engines.isEmpty() && !later.engines.containsAll(engines);
    }

    /** The newest of its processes' starts; NaN if it does not say. */
    double lastStart() {
        return starts.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    private static boolean near(Set<Double> all, Set<Double> others) {
        return all.stream().allMatch(one -> others.stream().anyMatch(other -> Math.abs(one - other) <= JITTER_SECONDS));
    }
}
