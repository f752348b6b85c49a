package dev.llmload.load.counters;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A look at a server's own counters between two levels: what it says once nothing is in work any more, and whether it is one
 * server that says it.
 *
 * @param counters empty if they tell nothing
 * @param reason why they do not, in words; empty if they do
 */
record ServerLook(Optional<ServerCounters> counters, String reason) {
    /** Together with the first reading it is most likely that each of a few servers answers once. */
    private static final int AT_ONCE = 2;

    private static final int MORE = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /**
     * Looks. Waits two seconds at most for the server to be idle; of one that does not tell what is in work, takes what it
     * says twice.
     */
    static ServerLook at(ServerMetrics metrics) {
        SameServer same = new SameServer();
        boolean found = untilIdle(metrics, same);
        if (!found && same.last().isEmpty()) {
            return new ServerLook(
                    Optional.empty(),
                    metrics.otherModel().isEmpty()
                            ? "the server publishes no counters of its own that are known here"
                            : metrics.otherModel());
        }
        for (int i = 0; i < MORE && same.several().isEmpty() && (i == 0 || same.undecided()); i++) {
            List<Optional<ServerCounters>> readings = metrics.readAtOnce(AT_ONCE);
            same.saw(readings.stream().flatMap(Optional::stream).toList());
            if (readings.stream().anyMatch(Optional::isEmpty)) {
                other(metrics, same);
            }
        }
        return same.several().isEmpty()
                ? new ServerLook(same.last(), "")
                : new ServerLook(Optional.empty(), same.several());
    }

    private static boolean untilIdle(ServerMetrics metrics, SameServer same) {
        long begun = System.nanoTime();
        while (true) {
            Optional<ServerCounters> before = same.last();
            Optional<ServerCounters> now = metrics.read();
            now.ifPresent(counters -> same.saw(counters));
            boolean twice = now.isPresent()
                    && now.get().active().isEmpty()
                    && before.filter(now.get()::sameWorkAs).isPresent();
            if (now.isEmpty()
                    || now.get().idle()
                    || twice
                    || !same.several().isEmpty()
                    || metrics.stopped()
                    || System.nanoTime() - begun >= PATIENCE.toNanos()) {
                if (now.isEmpty() && before.isPresent()) {
                    other(metrics, same);
                }
                return now.isPresent();
            }
            metrics.pause(PAUSE);
        }
    }

    private static void other(ServerMetrics metrics, SameServer same) {
        if (!metrics.otherModel().isEmpty()) {
            same.sawOtherModel();
        }
    }
}
