package dev.llmload.junit.declared;

import dev.llmload.config.Key;
import dev.llmload.config.Placeholders;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.declared.LoadTestSpec.PlannedLevel;
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
    private final LlmLoad load;
    private final LoadKinds kinds;

    LevelsResolver(Settings settings, LlmLoad load, LoadKinds kinds) {
        this.settings = settings;
        this.load = load;
        this.kinds = kinds;
    }

    /** Reads annotation and keys; what is wrong goes to the mistakes. */
    LoadLevels resolve() {
        List<PlannedLevel> declared = declared();
        List<PlannedLevel> running = keyedShape().orElse(declared);
        kinds.check(running, settings.mistakes());
        boolean none =
                load.concurrency().length == 0 && load.requestsPerSecond().length == 0 && load.stages().length == 0;
        if (none
                && keyed(Key.CONCURRENCY).isEmpty()
                && keyed(Key.REQUESTS_PER_SECOND).isEmpty()
                && keyed(Key.STAGES).isEmpty()) {
            settings.mistakes()
                    .add("`concurrency` of " + LOAD + " must name at least one level, for example "
                            + "@LlmLoad(concurrency = {10, 50, 100}), or `requestsPerSecond` one of an open loop, for"
                            + " example @LlmLoad(requestsPerSecond = {1, 5}), or `stages` one of a load that changes, for"
                            + " example @LlmLoad(stages = \"10 users 30s\"), but all were empty");
        }
        return new LoadLevels(declared.stream().map(PlannedLevel::level).toList(), running);
    }

    private List<PlannedLevel> declared() {
        List<PlannedLevel> users =
                users(Arrays.stream(load.concurrency()).boxed().toList());
        List<PlannedLevel> rates =
                rates(Arrays.stream(load.requestsPerSecond()).boxed().toList());
        boolean closed = load.concurrency().length > 0;
        boolean open = load.requestsPerSecond().length > 0;
        boolean changing = load.stages().length > 0;
        List<PlannedLevel> staged = changing ? stages("`stages` of " + LOAD, Arrays.asList(load.stages())) : List.of();
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
        return closed ? users : open ? rates : staged;
    }

    private Optional<List<PlannedLevel>> keyedShape() {
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
        if (users.isPresent()) {
            return Optional.of(
                    listed(Key.CONCURRENCY, users.get(), part -> Settings.wholeNumber(part, 1), this::users));
        }
        if (rates.isPresent()) {
            return Optional.of(listed(Key.REQUESTS_PER_SECOND, rates.get(), NumberReader::number, this::rates));
        }
        return changing.map(text -> stages("key `" + Key.STAGES.key() + "`", List.of(text)));
    }

    private List<PlannedLevel> stages(String origin, List<String> texts) {
        return settings.mistakes()
                .collect(
                        origin,
                        List.of(),
                        () -> Stages.parse(
                                texts.stream()
                                        .map(text -> Placeholders.resolve(text, settings.configuration()))
                                        .toList(),
                                kinds));
    }

    private Optional<String> keyed(Key key) {
        return settings.configuration().get(key);
    }

    private <N> List<PlannedLevel> listed(
            Key key, String text, Function<String, N> number, Function<List<N>, List<PlannedLevel>> levels) {
        return settings.mistakes()
                .collect(
                        "key `" + key.key() + "`",
                        List.of(),
                        () -> levels.apply(
                                Arrays.stream(text.split(",")).map(number).toList()));
    }

    private List<PlannedLevel> users(List<Integer> users) {
        for (int count : users) {
            if (count < 1) {
                settings.mistakes().add("`concurrency` must be at least 1 for each level, but contained " + count);
            }
        }
        repeated("concurrency", users);
        return users.stream()
                .filter(count -> count >= 1)
                .distinct()
                .map(count -> new PlannedLevel(kinds.users(count)))
                .toList();
    }

    private List<PlannedLevel> rates(List<Double> rates) {
        List<Double> right = new ArrayList<>();
        for (double rate : rates) {
            if (!(rate > 0) || Double.isInfinite(rate)) {
                settings.mistakes().add("`requestsPerSecond` must be above 0 for each level, but contained " + rate);
            } else {
                right.add(rate);
            }
        }
        List<PlannedLevel> levels =
                right.stream().map(rate -> new PlannedLevel(kinds.rate(rate))).toList();
        repeated(
                "requestsPerSecond",
                levels.stream().map(level -> level.level().amount()).toList());
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
