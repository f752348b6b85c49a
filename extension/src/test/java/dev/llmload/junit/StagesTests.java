package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.config.Configuration;
import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.junit.declared.LoadTestResolver;
import dev.llmload.junit.declared.LoadTestSpec;
import dev.llmload.junit.declared.Stage;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A load that changes with time: stages, each with a window and a verdict of its own. */
class StagesTests {
    @TempDir
    Path output;

    @Nested
    class Text {
        @Test
        void usersAndRates_withTheirLengths() {
            assertThat(Stage.parse(List.of("10 users 30s", "1 user for 1.5 m")))
                    .containsExactly(
                            new Stage(Level.users(10), Duration.ofSeconds(30)),
                            new Stage(Level.users(1), Duration.ofSeconds(90)));
            assertThat(Stage.parse(List.of("0.5 REQ/S 500ms; 20req/s 2s, 5 req/s 1s")))
                    .containsExactly(
                            new Stage(Level.requestsPerSecond(0.5), Duration.ofMillis(500)),
                            new Stage(Level.requestsPerSecond(20), Duration.ofSeconds(2)),
                            new Stage(Level.requestsPerSecond(5), Duration.ofSeconds(1)));
        }

        @Test
        void aLoadThatComesAgain_hasItsNumber() {
            assertThat(Stage.parse(List.of("2 users 1s", "9 users 1s", "2 users 3s", "2 users 1s")))
                    .extracting(stage -> stage.level().name() + " " + stage.length())
                    .containsExactly("2 users PT1S", "9 users PT1S", "2 users (2) PT3S", "2 users (3) PT1S");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        10 users            | a stage must be a load and its length, such as `10 users 30s` or `20 req/s 1m`, but was `10 users`
                        10 people 30s       | a stage must be a load and its length
                        30s 10 users        | a stage must be a load and its length
                        10 users 30         | a duration must be a number and a unit
                        10 users 0s         | a stage must be longer than 0, but was `10 users 0s`
                        0 users 3s          | users of a stage must be a whole number of at least 1, but was `0 users 3s`
                        1.5 users 3s        | users of a stage must be a whole number of at least 1, but was `1.5 users 3s`
                        99999999999 users 1s| users of a stage must be a whole number of at least 1
                        0 req/s 3s          | requests per second of a stage must be above 0, but was `0 req/s 3s`
                        1 user 1s, 2 req/s 1s | must be all of users or all of requests per second
                        1 user 1s,,2 users 1s | a stage must be a load and its length
                        """)
        void whatIsNone_saysTheRule(String text, String rule) {
            assertThatThrownBy(() -> Stage.parse(List.of(text)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(rule);
        }
    }

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

        @Test
        void eachHasItsLength_andMaxDurationComesOnTop() throws NoSuchMethodException {
            LoadTestSpec test = resolve(ThereAndBackTestCase.class);

            Level first = test.load().levels().get(0);
            assertThat(test.load().volume().durationAt(first)).contains(Duration.ofMillis(700));
            assertThat(test.load().volume().maxDurationAt(first)).isEqualTo(Duration.ofMillis(180_700));
            assertThat(test.load().volume().requestsAt(first, 1000)).isZero();
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
            assertThat(test.load().volume().durationAt(Level.users(3))).isEmpty();
            assertThat(test.load().volume().maxDurationAt(Level.users(3))).isEqualTo(Duration.ofMinutes(3));
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
