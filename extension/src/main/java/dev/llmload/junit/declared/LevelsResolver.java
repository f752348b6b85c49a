package dev.llmload.junit.declared;

import dev.llmload.config.Key;
import dev.llmload.config.Placeholders;
import dev.llmload.junit.LlmLoad;
import dev.llmload.result.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which levels a load test declares, and which of them a run has: a key replaces those of the annotation. */
final class LevelsResolver {
    private static final String LOAD = "@LlmLoad";

    /**
     * The levels of a load test.
     *
     * @param declared those of the annotation
     * @param running those of this run
     * @param lengths length of each running level's window, where the load changes with time; else empty
     */
    record Shape(List<Level> declared, List<Level> running, Map<Level, Duration> lengths) {
        /** Whether several run, no two of the same load. */
        boolean comparable() {
            return running.size() > 1
                    && running.stream().map(Level::offered).distinct().count() == running.size();
        }
    }

    private final Settings settings;
    private final LlmLoad load;

    LevelsResolver(Settings settings, LlmLoad load) {
        this.settings = settings;
        this.load = load;
    }

    Shape resolve() {
        List<Level> users = users(Arrays.stream(load.concurrency()).boxed().toList());
        List<Level> rates =
                rates(Arrays.stream(load.requestsPerSecond()).boxed().toList());
        List<Stage> staged = load.stages().length > 0
                ? stages("`stages` of " + LOAD, Arrays.asList(load.stages()))
                : List.<Stage>of();
        boolean closed = load.concurrency().length > 0;
        boolean open = load.requestsPerSecond().length > 0;
        boolean changing = load.stages().length > 0;
        if (closed && open) {
            settings.mistakes()
                    .add("`concurrency` and `requestsPerSecond` of " + LOAD
                            + " are two shapes of load, closed and open loop: declare one of them, and the other in a test"
                            + " of its own");
        }
        if (changing && (closed || open)) {
            settings.mistakes()
                    .add("`stages` and `" + (closed ? "concurrency" : "requestsPerSecond") + "` of " + LOAD
                            + " are two shapes of load: declare one of them, and the other in a test of its own");
        }
        Shape annotated = closed || open ? steady(closed ? users : rates) : changing(staged);
        Optional<Shape> keyed = keyed(annotated.declared());
        if (!closed && !open && !changing && keyed.isEmpty()) {
            settings.mistakes()
                    .add("`concurrency` of " + LOAD + " must name at least one level, for example "
                            + "@LlmLoad(concurrency = {10, 50, 100}), or `requestsPerSecond` one of an open loop, for"
                            + " example @LlmLoad(requestsPerSecond = {1, 5}), or `stages` one of a load that changes, for"
                            + " example @LlmLoad(stages = \"10 users 30s\"), but all were empty");
        }
        return keyed.orElse(annotated);
    }

    private static Shape steady(List<Level> levels) {
        return new Shape(levels, levels, Map.of());
    }

    private static Shape changing(List<Stage> stages) {
        List<Level> levels = stages.stream().map(Stage::level).toList();
        return new Shape(
                levels, levels, stages.stream().collect(Collectors.toUnmodifiableMap(Stage::level, Stage::length)));
    }

    // What the keys say instead of the annotation.
    private Optional<Shape> keyed(List<Level> declared) {
        Optional<String> users = keyed(Key.CONCURRENCY);
        Optional<String> rates = keyed(Key.REQUESTS_PER_SECOND);
        Optional<String> changing = keyed(Key.STAGES);
        if (users.isPresent() && rates.isPresent()) {
            settings.mistakes()
                    .add("keys `" + Key.CONCURRENCY.key() + "` and `" + Key.REQUESTS_PER_SECOND.key()
                            + "` are two shapes of load, closed and open loop: set one of them");
        }
        if (changing.isPresent() && (users.isPresent() || rates.isPresent())) {
            settings.mistakes()
                    .add("keys `" + Key.STAGES.key() + "` and `"
                            + (users.isPresent() ? Key.CONCURRENCY : Key.REQUESTS_PER_SECOND).key()
                            + "` are two shapes of load: set one of them");
        }
        return users.map(text ->
                        listed(Key.CONCURRENCY, text, part -> Settings.wholeNumber(part, 1), this::users))
                .or(() -> rates.map(text ->
                        listed(Key.REQUESTS_PER_SECOND, text, NumberReader::number, this::rates)))
                .map(LevelsResolver::steady)
                .or(() -> changing.map(text -> changing(stages("key `" + Key.STAGES.key() + "`", List.of(text)))))
                .map(shape -> new Shape(declared, shape.running(), shape.lengths()));
    }

    private List<Stage> stages(String origin, List<String> texts) {
        return settings.mistakes()
                .collect(
                        origin,
                        List.of(),
                        () -> Stage.parse(texts.stream()
                                .map(text -> Placeholders.resolve(text, settings.configuration()))
                                .toList()));
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
