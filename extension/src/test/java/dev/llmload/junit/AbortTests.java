package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.junit.declared.AbortConditions;
import dev.llmload.load.AbortRule;
import dev.llmload.result.BudgetViolationError;
import dev.llmload.result.LoadInconclusiveException;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A level that is a lost cause stops, and those after it do not run. */
class AbortTests {
    @TempDir
    Path output;

    private static JsonNode test(Ran ran) throws IOException {
        return new ObjectMapper().readTree(ran.file("results.json")).at("/tests/0");
    }

    @Test
    void whatItBroke_isBroken_andTheLevelsAfterItDoNotRun() throws IOException {
        Ran ran = LoadTestKit.run(
                LostTestCase.class,
                output,
                "llmload.url",
                LoadTestKit.QUICK + "&errorRate=50%",
                "llmload.load.warmup",
                "0");

        assertThat(ran.invocations())
                .containsExactly(
                        "3 users FAILED", "6 users ABORTED", "9 users ABORTED", "scaling 3 → 9 users SUCCESSFUL");
        assertThat(ran.failureOf("3 users"))
                .isInstanceOf(BudgetViolationError.class)
                .hasMessageContaining("✘ success_rate")
                .hasMessageContaining("? ttft p1 ")
                .hasMessageContaining("\n  aborted: success_rate was ")
                .hasMessageContaining("and `abortWhen` says success_rate < 90 %");
        assertThat(ran.failureOf("6 users"))
                .hasMessageContaining(
                        "LostTestCase.lost @ 6 users did not run: 3 users was aborted: success_rate was ");
        assertThat(ran.printed())
                .contains("[llm-load] 3 users aborted: success_rate was ")
                .contains("what is in flight finishes")
                .contains("– not run: 6 users: 3 users was aborted");
        assertThat(ran.file("summary.md")).contains("- not run: 9 users: 3 users was aborted: success_rate was ");
        JsonNode level = test(ran).at("/levels/0");
        assertThat(level.path("aborted").asText()).startsWith("success_rate was ");
        assertThat(level.at("/requests/attempted").asInt()).isBetween(1, 19_999);
        assertThat(level.at("/requests/cut").asInt()).isZero();
        assertThat(test(ran).at("/not_run/0").asText()).startsWith("6 users: 3 users was aborted: success_rate was ");
    }

    @Test
    void whatItHeld_isInconclusive() {
        Ran ran = LoadTestKit.run(
                LostTestCase.class, output, "llmload.load.abortWhen", "e2e p50 > 1 us", "llmload.concurrency", "3");

        assertThat(ran.failureOf("3 users"))
                .isInstanceOf(LoadInconclusiveException.class)
                .hasMessageContaining("aborted: e2e p50 was ")
                .hasMessageContaining("the level was aborted");
    }

    @Test
    void aLevelThatDoesWell_runsToItsEnd() throws IOException {
        Ran ran = LoadTestKit.run(
                LostTestCase.class,
                output,
                "llmload.load.requests",
                "50",
                "llmload.concurrency",
                "2",
                "llmload.inconclusive",
                "warn");

        assertThat(test(ran).at("/levels/0").has("aborted")).isFalse();
        assertThat(test(ran).at("/levels/0/requests/attempted").asInt()).isEqualTo(50);
    }

    @Test
    void anOpenLoopStopsAsWell() {
        Ran ran = LoadTestKit.run(
                RatesTestCase.class, output, "llmload.load.abortWhen", "ttft p50 > 1 us", "llmload.minSuccess", "0");

        assertThat(ran.invocations())
                .containsExactly("200 req/s FAILED", "300 req/s ABORTED", "scaling 200 → 300 req/s SUCCESSFUL");
        assertThat(ran.failureOf("200 req/s")).hasMessageContaining("aborted: ttft p50 was ");
    }

    /**
     * What waits for its turn is cut off unsent; that takes back nothing of what broke. So many fail that those are more than
     * one in a hundred of all that were due, although a slow machine answers one in ten of them.
     */
    @Test
    void anOpenLoopWithAQueue_failsWhatItFailed() throws IOException {
        Ran ran = LoadTestKit.run(
                RatesTestCase.class,
                output,
                "llmload.url",
                "simulator:fast?ttft=20ms&ttftJitter=0%&tpot=1ms&tokens=5..8&errorRate=30%",
                "llmload.load.warmup",
                "0",
                "llmload.load.maxInFlight",
                "2",
                "llmload.load.abortWhen",
                "e2e p50 > 2 s");

        assertThat(ran.failureOf("200 req/s"))
                .isInstanceOf(BudgetViolationError.class)
                .hasMessageContaining("✘ success_rate");
        assertThat(test(ran).at("/levels/0/requests/cut").asInt()).isGreaterThan(20);
    }

    @Nested
    class Conditions {
        @Test
        void areBudgetsTurnedRound() {
            assertThat(AbortConditions.parse("success_rate<90%, TTFT p95 >= 10 s ; e2e p50 > 500 ms"))
                    .containsExactly(
                            new AbortRule(
                                    "success_rate < 90 %",
                                    Metric.SUCCESS_RATE,
                                    Double.NaN,
                                    false,
                                    AbortConditions.parse("success_rate < 90%")
                                            .get(0)
                                            .limit()),
                            new AbortRule("ttft p95 >= 10 s", Metric.TTFT, 95, true, limit("ttft p95 >= 10 s")),
                            new AbortRule("e2e p50 > 500 ms", Metric.E2E, 50, false, limit("e2e p50 > 500 ms")));
            assertThat(limit("ttft p95 > 10 s")).isEqualByComparingTo(BigDecimal.valueOf(10_000_000_000L));
            assertThat(limit("success_rate < 99.5%")).isEqualByComparingTo(new BigDecimal("0.995"));
            assertThat(AbortConditions.parse(" ")).isEmpty();
        }

        private BigDecimal limit(String text) {
            return AbortConditions.parse(text).get(0).limit();
        }

        @Test
        void aMistake_hasACaret() {
            assertThatThrownBy(() -> AbortConditions.parse("success_rate < 90%, tfft p95 > 10 s"))
                    .hasMessageContaining("\n  success_rate < 90%, tfft p95 > 10 s\n                      ^")
                    .hasMessageContaining("did you mean \"ttft\"?");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        mfu < 3%                 | must be about `success_rate`, or a percentile of `ttft` or `e2e` in time
                        ttft mean > 3 s          | but was `ttft mean > 3 s`
                        ttft p95 > 110% of baseline | must be about `success_rate`
                        success_rate > 90%       | must say when a level is a lost cause, so with `<` or `<=`, but was `success_rate > 90 %`
                        e2e p95 < 10 s           | so with `>` or `>=`, but was `e2e p95 < 10 s`, which would stop one that does well
                        """)
        void whatNoLevelIsAbortedBy_isRefused(String text, String rule) {
            assertThatThrownBy(() -> AbortConditions.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(rule);
        }

        @Test
        void isFoundBeforeAnythingIsSent() {
            assertThat(LoadTestKit.run(LostTestCase.class, output, "llmload.load.abortWhen", "success_rate < 90")
                            .containerFailure())
                    .hasMessageContaining("key `llmload.load.abortWhen`: condition: ")
                    .hasMessageContaining("^");
        }
    }

    static class LostTestCase {
        @LlmLoad(
                concurrency = {3, 6, 9},
                requests = 20_000,
                abortWhen = "success_rate < 90%")
        @Budget("ttft p1 < 600 s")
        void lost(LoadResult result) {}
    }

    static class RatesTestCase {
        @LlmLoad(
                requestsPerSecond = {200, 300},
                requests = 20_000)
        void rates(LoadResult result) {}
    }
}
