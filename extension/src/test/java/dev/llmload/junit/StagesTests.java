package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.config.Configuration;
import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.junit.declared.LoadTestResolver;
import dev.llmload.junit.declared.LoadTestSpec;
import dev.llmload.load.plan.LevelLimits;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;

/** A load that changes with time: stages, each with a window and a verdict of its own. */
class StagesTests {
    @TempDir
    Path output;

    @Nested
    class Declared {
        private final Map<String, String> keys = new HashMap<>(Map.of("llmload.url", "http://127.0.0.1:1"));

        private LoadTestSpec resolve(Class<?> testClass) throws NoSuchMethodException {
            return LoadTestResolver.resolve(
                    testClass.getDeclaredMethod("load", LoadResult.class),
                    testClass,
                    new Configuration(key -> Optional.ofNullable(keys.get(key)), Map.of(), Map.of()));
        }

        private String messageOf(Class<?> testClass) throws NoSuchMethodException {
            try {
                resolve(testClass);
            } catch (ExtensionConfigurationException e) {
                return e.getMessage();
            }
            throw new AssertionError("was accepted");
        }

        private LevelLimits limits(LoadTestSpec test, Level level) {
            return test.load().plan(level, 1000, 42, Optional.empty()).limits();
        }

        @Test
        void eachHasItsLength_andMaxDurationComesOnTop() throws NoSuchMethodException {
            LoadTestSpec test = resolve(ThereAndBackTestCase.class);

            Level first = test.load().levels().get(0);
            assertThat(limits(test, first))
                    .isEqualTo(new LevelLimits(
                            0, Optional.of(Duration.ofMillis(700)), Duration.ofMillis(180_700), Optional.empty()));
            assertThat(test.load().scaling()).isFalse();
        }

        @Test
        void loadsThatChangeWithinTheirWindow_areNotCompared() throws NoSuchMethodException {
            keys.put("llmload.load.stages", "1 user 1s; 1 -> 4 users 2s");
            LoadTestSpec test = resolve(OneUser.class);
            assertThat(test.load().levels()).extracting(Level::name).containsExactly("1 user", "1 → 4 users");
            assertThat(test.load().scaling()).isFalse();
        }

        @Test
        void differentLoads_areCompared() throws NoSuchMethodException {
            keys.put("llmload.load.stages", "1 user 1s; 4 users 2s");
            LoadTestSpec test = resolve(OneUser.class);
            assertThat(test.load().levels()).extracting(Level::name).containsExactly("1 user", "4 users");
            assertThat(test.load().scaling()).isTrue();
        }

        @Test
        void aKeyOfAnotherShape_takesTheirPlace() throws NoSuchMethodException {
            keys.put("llmload.concurrency", "3");
            LoadTestSpec test = resolve(ThereAndBackTestCase.class);
            assertThat(test.load().levels()).containsExactly(Level.users(3));
            assertThat(limits(test, Level.users(3)))
                    .isEqualTo(new LevelLimits(1000, Optional.empty(), Duration.ofMinutes(3), Optional.empty()));
        }

        @Test
        void shapesAndLimitsThatContradictThem() throws NoSuchMethodException {
            assertThat(messageOf(TwoShapes.class))
                    .contains("`stages` and `concurrency` of @LlmLoad are two shapes of load");
            assertThat(messageOf(NoShape.class)).contains("or `stages` one of a load that changes");
            keys.put("llmload.load.stages", "1 user 1s");
            keys.put("llmload.load.requestsPerSecond", "1");
            assertThat(messageOf(OneUser.class))
                    .contains("keys `llmload.load.stages` and `llmload.load.requestsPerSecond` are two shapes of load");
            keys.remove("llmload.load.requestsPerSecond");
            keys.put("llmload.load.repeat", "2");
            assertThat(messageOf(OneUser.class)).contains("leave out `requests`, `duration` and `repeat`");
            keys.put("llmload.load.repeat", "1");
            keys.put("llmload.load.stages", "1 user, 2 users 3s");
            assertThat(messageOf(OneUser.class))
                    .contains("key `llmload.load.stages`: a stage must be a load and its length");
        }
    }

    @Test
    void eachStage_hasItsWindowItsVerdict_andItsRequestsAlone() throws IOException {
        Ran ran = LoadTestKit.run(ThereAndBackTestCase.class, output, "llmload.inconclusive", "warn");

        assertThat(ran.invocations()).containsExactly("2 users SUCCESSFUL", "6 users FAILED", "2 users (2) SUCCESSFUL");
        assertThat(ran.failureOf("6 users")).hasMessageContaining("@ 6 users").hasMessageContaining("✘ e2e p50");
        ObjectMapper json = new ObjectMapper();
        JsonNode levels = json.readTree(ran.file("results.json")).at("/tests/0/levels");
        assertThat(levels)
                .extracting(level -> level.path("name").asText())
                .containsExactly("2 users", "6 users", "2 users (2)");
        assertThat(levels)
                .extracting(level -> level.path("window_s").asDouble())
                .containsExactly(0.7, 0.5, 0.6);
        String lastLevel = "";
        List<String> order = new ArrayList<>();
        Map<String, Integer> measured = new HashMap<>();
        for (String line : ran.file("requests.jsonl").lines().toList()) {
            JsonNode request = json.readTree(line);
            String level = request.path("level").asText();
            if (!level.equals(lastLevel)) {
                order.add(level);
                lastLevel = level;
            }
            if (request.path("phase").asText().equalsIgnoreCase("window")) {
                measured.merge(level, 1, Integer::sum);
            }
        }
        // Every request of a stage has ended before the first of the next one was sent.
        assertThat(order).endsWith("2 users", "6 users", "2 users (2)").hasSize(4);
        levels.forEach(level -> assertThat(level.at("/requests/attempted").asInt())
                .isEqualTo(measured.get(level.path("name").asText())));
        assertThat(ran.printed()).contains("ended by duration 700 ms");
    }

    @Test
    void rates_followEachOther_inOneSession() throws IOException {
        Ran ran = LoadTestKit.run(
                OneUser.class,
                output,
                "llmload.inconclusive",
                "warn",
                "llmload.load.stages",
                "20 req/s 1s, 40 req/s 500ms");

        assertThat(ran.invocations())
                .containsExactly("20 req/s SUCCESSFUL", "40 req/s SUCCESSFUL", "scaling 20 → 40 req/s SUCCESSFUL");
        assertThat(ran.file("requests.jsonl")
                        .lines()
                        .filter(line -> line.contains("warm"))
                        .count())
                .isLessThanOrEqualTo(2);
    }

    /** The name of a ramp is typed with either arrow; levels that change are not compared. */
    @Test
    void aRampIsALevel_withItsWindowAndItsVerdict() throws IOException {
        Ran ran = LoadTestKit.run(RampTestCase.class, output, "llmload.inconclusive", "warn");

        assertThat(ran.invocations()).containsExactly("2 → 6 users FAILED", "6 users SUCCESSFUL");
        assertThat(ran.failureOf("2 → 6 users")).hasMessageContaining("✘ e2e p50");
        JsonNode level = new ObjectMapper().readTree(ran.file("results.json")).at("/tests/0/levels/0");
        assertThat(level.path("name").asText()).isEqualTo("2 → 6 users");
        assertThat(level.path("window_s").asDouble()).isEqualTo(0.5);
        assertThat(level.at("/load/concurrency").asDouble()).isEqualTo(4);
    }

    static class RampTestCase {
        @LlmLoad(stages = {"2 → 6 users 500ms", "6 users 300ms"})
        @Budget(value = "e2e p50 > 3600 s", at = "2->6 users")
        void load(LoadResult result) {}
    }

    static class ThereAndBackTestCase {
        @LlmLoad(stages = {"2 users 700ms", "6 users 500ms", "2 users 600ms"})
        @Budget(value = "e2e p50 > 3600 s", at = "6 users")
        @Budget(value = "e2e p50 < 30 s", at = "2 users (2)")
        void load(LoadResult result) {}
    }

    static class OneUser {
        @LlmLoad(stages = "1 user 1s")
        void load(LoadResult result) {}
    }

    static class TwoShapes {
        @LlmLoad(stages = "1 user 1s", concurrency = 2)
        void load(LoadResult result) {}
    }

    static class NoShape {
        @LlmLoad
        void load(LoadResult result) {}
    }
}
