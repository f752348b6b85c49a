package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.config.Configuration;
import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.junit.declared.LoadTestResolver;
import dev.llmload.junit.declared.LoadTestSpec;
import dev.llmload.load.plan.ArrivalProcess;
import dev.llmload.load.plan.ClosedLoop;
import dev.llmload.load.plan.OfferedLoad;
import dev.llmload.load.plan.OpenLoop;
import dev.llmload.load.plan.ThinkTime;
import dev.llmload.result.BudgetViolationError;
import dev.llmload.result.LoadResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;

/** Requests per second instead of users, from the annotation to the report. */
class OpenLoopTests {
    private static final Pattern OVER_SATURATED = Pattern.compile("OVER-SATURATED: 20 req/s came and ([0-9.]+)");

    @TempDir
    Path output;

    private static JsonNode level(Ran ran, int index) throws IOException {
        return new ObjectMapper().readTree(ran.file("results.json")).at("/tests/0/levels/" + index);
    }

    @Test
    void eachRateIsALevel_andTheLastInvocationGivesTheCapacity() throws IOException {
        Ran ran = LoadTestKit.run(RatesTestCase.class, output);

        assertThat(ran.invocations())
                .containsExactly("12.5 req/s SUCCESSFUL", "50 req/s SUCCESSFUL", "scaling 12.5 → 50 req/s SUCCESSFUL");
        assertThat(ran.printed())
                .contains("optimum: 50 req/s", "✔ capacity", "✔ ttft p95")
                .contains("These count from the scheduled instant");
        JsonNode load = level(ran, 0).path("load");
        assertThat(load.path("kind").asText()).isEqualTo("open");
        assertThat(load.path("requests_per_second").asDouble()).isEqualTo(12.5);
        assertThat(load.path("achieved_rate").asDouble()).isBetween(0.5, 1.5);
        assertThat(level(ran, 0).has("service_ttft_ms")).isTrue();
    }

    /** 10 requests a second, one in flight, an endpoint that takes a quarter of a second: what a user waits is in no service time. */
    @Test
    void coordinatedOmission_isNotPossible() throws IOException {
        Ran ran = LoadTestKit.run(
                OneInFlightTestCase.class,
                output,
                "llmload.url",
                "simulator:fast?ttft=240ms&ttftJitter=0%&tpot=1ms&tokens=10..10");

        assertThat(ran.failureOf("10 req/s"))
                .isInstanceOf(BudgetViolationError.class)
                .hasMessageContaining("✘ e2e p50");
        double service = level(ran, 0).at("/service_e2e_ms/p99").asDouble();
        double felt = level(ran, 0).at("/e2e_ms/p99").asDouble();
        assertThat(service).isGreaterThan(240.0);
        // Whatever delays an answer delays all that wait behind it too, so that a busy machine keeps the ratio.
        assertThat(felt).isGreaterThan(3 * service);
    }

    /** The published run in small: 0.5 requests a second offered to a server that does 0.34. */
    @Test
    void moreThanTheEndpointCanDo_isCalledThat() {
        Ran ran = LoadTestKit.run(
                SaturatedTestCase.class,
                output,
                "llmload.url",
                "simulator:fast?ttft=73ms&ttftJitter=0%&tpot=1ms&tokens=1..2&maxConcurrent=1");

        assertThat(ran.printed()).contains("the endpoint keeps up");
        Matcher done = OVER_SATURATED.matcher(ran.printed());
        assertThat(done.find()).as(ran.printed()).isTrue();
        // 73 ms each, one at a time: 13.7 a second at most, fewer where this machine is busy.
        assertThat(Double.parseDouble(done.group(1))).isBetween(1.0, 13.8);
    }

    @Nested
    class Mistakes {
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
        void twoShapesOfLoad() throws NoSuchMethodException {
            assertThat(messageOf(TwoShapes.class))
                    .contains("`concurrency` and `requestsPerSecond` of @LlmLoad are two shapes of load");
        }

        @Test
        void twoShapesByKeys() throws NoSuchMethodException {
            keys.put("llmload.concurrency", "1");
            keys.put("llmload.load.requestsPerSecond", "1");
            assertThat(messageOf(RatesTestCase.class))
                    .contains("keys `llmload.concurrency` and `llmload.load.requestsPerSecond` are two shapes of load");
        }

        @Test
        void ratesThatAreNone() throws NoSuchMethodException {
            assertThat(messageOf(BadRates.class))
                    .contains("`requestsPerSecond` must be above 0 for each level, but contained -1.0")
                    .contains("`requestsPerSecond` must not name a level twice, but contained 5 twice")
                    .contains("`maxInFlight` of @LlmLoad: must be at least 0, but was -2");
        }

        @Test
        void thinkTimesThatAreNone() throws NoSuchMethodException {
            keys.put("llmload.load.thinkTime", "2s..1s");
            assertThat(messageOf(OneUser.class))
                    .contains("key `llmload.load.thinkTime`: must not end before it begins, but was `2s..1s`");
            keys.put("llmload.load.thinkTime", "1s..2s..3s");
            assertThat(messageOf(OneUser.class)).contains("must be a duration or a range of two, such as `0.5s..2s`");
            keys.put("llmload.load.thinkTime", "0.5s..2s");
            keys.put("llmload.request.seed", "7");
            LoadTestSpec test = resolve(OneUser.class);
            assertThat(test.load()
                            .plan(test.load().levels().get(0), 1, test.request().seed(), Optional.empty())
                            .load())
                    .isEqualTo(new ClosedLoop(1, new ThinkTime(Duration.ofMillis(500), Duration.ofSeconds(2), 7)));
            assertThat(messageOf(RatesTestCase.class))
                    .contains(
                            "`thinkTime` of @LlmLoad belongs to users, and an open loop (`requestsPerSecond`) has none");
        }

        @Test
        void aKeyThatIsNoNumber() throws NoSuchMethodException {
            keys.put("llmload.load.requestsPerSecond", "fast");
            keys.put("llmload.load.arrivals", "bursty");
            assertThat(messageOf(RatesTestCase.class))
                    .contains("key `llmload.load.requestsPerSecond`: must be a number, but was `fast`")
                    .contains(
                            "key `llmload.load.arrivals`: must be one of `POISSON`, `CONSTANT`, `GAMMA`, but was `bursty`");
        }

        @Test
        void aBurstiness_belongsToGammaArrivals() throws NoSuchMethodException {
            OfferedLoad bursts = resolve(Bursts.class).load().planned().get(0).load();
            assertThat(bursts).isEqualTo(new OpenLoop(5, ArrivalProcess.gamma(0.25), 0, 0));
            assertThat(bursts.details()).containsExactly("GAMMA arrivals (burstiness 0.25)");

            keys.put("llmload.load.burstiness", "3");
            assertThat(messageOf(RatesTestCase.class))
                    .contains("key `llmload.load.burstiness`: belongs to `arrivals = GAMMA`, but was `3` and `arrivals`"
                            + " `POISSON`: set `arrivals = GAMMA`, or leave the burstiness out");
            keys.put("llmload.load.arrivals", "gamma");
            assertThat(resolve(RatesTestCase.class)
                            .load()
                            .planned()
                            .get(0)
                            .load()
                            .details())
                    .containsExactly("GAMMA arrivals (burstiness 3.0)");
            keys.put("llmload.load.burstiness", "0");
            assertThat(messageOf(RatesTestCase.class))
                    .contains("key `llmload.load.burstiness`: must be above 0, but was `0`");
        }

        @Test
        void aKeyMayChangeTheShape() throws NoSuchMethodException {
            keys.put("llmload.concurrency", "3");
            assertThat(resolve(RatesTestCase.class).load().levels())
                    .extracting("name")
                    .containsExactly("3 users");
            keys.remove("llmload.concurrency");
            keys.put("llmload.load.requestsPerSecond", "0.5,2");
            assertThat(resolve(RatesTestCase.class).load().levels())
                    .extracting("name")
                    .containsExactly("0.5 req/s", "2 req/s");
        }
    }

    static class RatesTestCase {
        @LlmLoad(
                requestsPerSecond = {12.5, 50},
                requests = 30)
        @Budget("ttft p95 < 2 s")
        @Budget(value = "success_rate >= 100%", at = "12.5 req/s")
        @Budget("capacity >= 1 req/s")
        void load(LoadResult result) {
            assertThat(result.achievedRate().isPresent()).isTrue();
        }
    }

    static class OneInFlightTestCase {
        @LlmLoad(requestsPerSecond = 10, arrivals = Arrivals.CONSTANT, maxInFlight = 1, requests = 10, warmup = 0)
        @Budget("e2e p50 < 1 s")
        void load(LoadResult result) {}
    }

    static class SaturatedTestCase {
        @LlmLoad(requestsPerSecond = 20, arrivals = Arrivals.CONSTANT, requests = 60, warmup = 0)
        void load(LoadResult result) {}
    }

    static class Bursts {
        @LlmLoad(requestsPerSecond = 5, arrivals = Arrivals.GAMMA, burstiness = 0.25)
        void load(LoadResult result) {}
    }

    static class OneUser {
        @LlmLoad(concurrency = 1)
        void load(LoadResult result) {}
    }

    static class TwoShapes {
        @LlmLoad(concurrency = 2, requestsPerSecond = 2)
        void load(LoadResult result) {}
    }

    static class BadRates {
        @LlmLoad(
                requestsPerSecond = {-1, 5, 5},
                maxInFlight = -2)
        void load(LoadResult result) {}
    }
}
