package dev.llmload.junit;

import dev.llmload.config.Key;
import dev.llmload.result.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Which levels a load test declares, and which of them a run has: a key replaces those of the annotation. */
final class LevelsResolver {
    private static final String LOAD = "@LlmLoad";

    private final Settings settings;
    private final List<Level> declared;
    private final List<Level> running;

    LevelsResolver(Settings settings, LlmLoad load) {
        this.settings = settings;
        List<Level> users = users(Arrays.stream(load.concurrency()).boxed().toList());
        List<Level> rates =
                rates(Arrays.stream(load.requestsPerSecond()).boxed().toList());
        boolean both = load.concurrency().length > 0 && load.requestsPerSecond().length > 0;
        if (both) {
            settings.mistakes()
                    .add("`concurrency` and `requestsPerSecond` of " + LOAD
                            + " are two shapes of load, closed and open loop: declare one of them, and the other in a test"
                            + " of its own");
        }
        this.declared = load.concurrency().length > 0 ? users : rates;
        this.running = run();
        boolean none = load.concurrency().length == 0 && load.requestsPerSecond().length == 0;
        if (none
                && keyed(Key.CONCURRENCY).isEmpty()
                && keyed(Key.REQUESTS_PER_SECOND).isEmpty()) {
            settings.mistakes()
                    .add("`concurrency` of " + LOAD + " must name at least one level, for example "
                            + "@LlmLoad(concurrency = {10, 50, 100}), or `requestsPerSecond` one of an open loop, for"
                            + " example @LlmLoad(requestsPerSecond = {1, 5}), but both were empty");
        }
    }

    /** Those of the annotation. */
    List<Level> declared() {
        return declared;
    }

    /** Those of this run. */
    List<Level> running() {
        return running;
    }

    private List<Level> run() {
        Optional<String> users = keyed(Key.CONCURRENCY);
        Optional<String> rates = keyed(Key.REQUESTS_PER_SECOND);
        if (users.isPresent() && rates.isPresent()) {
            settings.mistakes()
                    .add("keys `" + Key.CONCURRENCY.key() + "` and `" + Key.REQUESTS_PER_SECOND.key()
                            + "` are two shapes of load, closed and open loop: set one of them");
        }
        return users.isPresent()
                ? listed(Key.CONCURRENCY, users.get(), part -> Settings.wholeNumber(part, 1), this::users)
                : rates.isPresent()
                        ? listed(Key.REQUESTS_PER_SECOND, rates.get(), Numbers::number, this::rates)
                        : declared;
    }

    private Optional<String> keyed(Key key) {
        return settings.configuration().get(key);
    }

    private <N> List<Level> listed(
            Key key, String text, Function<String, N> number, Function<List<N>, List<Level>> levels) {
        return settings.mistakes()
                .collect(
                        "key `" + key.key() + "`",
                        List.of(),
                        () -> levels.apply(
                                Arrays.stream(text.split(",")).map(number).toList()));
    }

    private List<Level> users(List<Integer> users) {
        for (int count : users) {
            if (count < 1) {
                settings.mistakes().add("`concurrency` must be at least 1 for each level, but contained " + count);
            }
        }
        repeated("concurrency", users);
        return users.stream()
                .filter(count -> count >= 1)
                .distinct()
                .map(Level::users)
                .toList();
    }

    private List<Level> rates(List<Double> rates) {
        List<Level> levels = new ArrayList<>();
        for (double rate : rates) {
            if (!(rate > 0) || Double.isInfinite(rate)) {
                settings.mistakes().add("`requestsPerSecond` must be above 0 for each level, but contained " + rate);
            } else {
                levels.add(Level.requestsPerSecond(rate));
            }
        }
        repeated("requestsPerSecond", levels.stream().map(Level::amount).toList());
        return levels.stream().distinct().toList();
    }

    private void repeated(String member, List<?> values) {
        Set<Object> seen = new HashSet<>();
        for (Object value : values) {
            if (!seen.add(value)) {
                settings.mistakes()
                        .add("`" + member + "` must not name a level twice, but contained " + value + " twice");
            }
        }
    }
}
