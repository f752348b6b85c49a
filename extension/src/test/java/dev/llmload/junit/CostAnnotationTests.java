package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.llmload.config.Configuration;
import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.junit.declared.LoadTestResolver;
import dev.llmload.result.BudgetViolationError;
import dev.llmload.result.LoadResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;

class CostAnnotationTests {
    @TempDir
    Path output;

    @Test
    void everyLevelHasACost_andTheLastInvocationSaysWhatADemandNeeds() throws IOException {
        Ran ran = LoadTestKit.run(PricedTestCase.class, output);

        assertThat(ran.invocations())
                .containsExactly("1 user SUCCESSFUL", "4 users SUCCESSFUL", "scaling 1 → 4 users SUCCESSFUL");
        assertThat(unwrapped(ran))
                .contains("COST         $", " per million tokens, input and output")
                .contains("a million tokens, input and output, cost $")
                .contains("a data set of 5000 requests takes ")
                .contains("40 requests/s needs ");
        JsonNode levels = new ObjectMapper().readTree(ran.file("results.json")).at("/tests/0/levels");
        for (JsonNode level : levels) {
            // Derived again, from what the file says itself: 2 GPUs at $3.60 are $0.002 a second.
            double input = level.at("/tokens/prompt").asDouble()
                    / level.at("/requests/succeeded").asDouble()
                    * level.path("request_rate").asDouble();
            double tokens = input + level.path("throughput_tok_s").asDouble();
            assertThat(level.at("/cost/per_million_tokens").asDouble()).isCloseTo(0.002 / tokens * 1e6, within(1e-6));
            assertThat(level.at("/cost/gpu_cost").asDouble())
                    .isCloseTo(0.002 * level.path("whole_run_s").asDouble(), within(1e-7));
        }
    }

    // As it was before it was framed.
    private static String unwrapped(Ran ran) {
        return ran.printed().replaceAll(" *║\\R║ *", " ");
    }

    @Test
    void aBudgetOnTheCost_isJudged() {
        Ran ran = LoadTestKit.run(
                PricedTestCase.class,
                output,
                "llmload.concurrency",
                "2",
                "llmload.budgets",
                "cost_per_million < 0.0001 $");

        assertThat(ran.failureOf("2 users"))
                .isInstanceOf(BudgetViolationError.class)
                .hasMessageContaining("✘ cost_per_million");
    }

    @Test
    void theKeyAloneIsEnough() {
        Ran ran = LoadTestKit.run(
                PlainTestCase.class,
                output,
                "llmload.cost.gpuRatePerHour",
                "3.60",
                "llmload.budgets",
                "cost_per_million < 1000000 $");

        assertThat(ran.invocations()).containsExactly("2 users SUCCESSFUL");
        assertThat(unwrapped(ran)).contains("✔ cost_per_million");
    }

    @Test
    void theRulesOfTheSweepAreKeys() {
        Ran ran = LoadTestKit.run(
                PricedTestCase.class,
                output,
                "llmload.analysis.saturationGain",
                "100%",
                "llmload.analysis.diminishingReturns",
                "1000000");

        assertThat(unwrapped(ran))
                .contains("diminishing returns: 1 → 4 users adds ")
                .contains("tok/s per added user, below 1000000");
    }

    @Nested
    class Mistakes {
        private final Map<String, String> keys = new HashMap<>(Map.of("llmload.url", "http://127.0.0.1:1"));

        private String messageOf(Class<?> testClass) throws NoSuchMethodException {
            try {
                LoadTestResolver.resolve(
                        testClass.getDeclaredMethod("load", LoadResult.class),
                        testClass,
                        new Configuration(key -> Optional.ofNullable(keys.get(key)), Map.of(), Map.of()));
            } catch (ExtensionConfigurationException e) {
                return e.getMessage();
            }
            throw new AssertionError("was accepted");
        }

        @Test
        void aCostWithoutAPrice() throws NoSuchMethodException {
            assertThat(messageOf(WithoutPrice.class))
                    .contains("`gpuRatePerHour` of @Cost must be a price above 0, for example"
                            + " @Cost(gpuRatePerHour = 2.30) or key `llmload.cost.gpuRatePerHour`, but was not set");
        }

        @Test
        void aBudgetOnCostsThatNobodyDeclared() throws NoSuchMethodException {
            keys.put("llmload.budgets", "cost_per_million < 1 $");

            assertThat(messageOf(PlainTestCase.class))
                    .contains("the budget `cost_per_million < 1 $` needs to know what the GPUs cost: a price above 0");
        }

        @Test
        void whatCannotBeRead() throws NoSuchMethodException {
            keys.put("llmload.analysis.saturationGain", "much");
            keys.put("llmload.cost.dataset", "-1");
            assertThat(messageOf(Unreadable.class))
                    .contains(
                            "`demand` of @Cost: must be an amount above 0 of tokens or requests per s, min, hour or day")
                    .contains("but was `100M tokens`")
                    .contains("`gpus` of @Cost: must be at least 1, but was 0")
                    .contains("key `llmload.analysis.saturationGain`: must be a number, but was `much`")
                    .contains("key `llmload.cost.dataset`: must be at least 0, but was -1");
        }
    }

    @Cost(gpuRatePerHour = 3.60, gpus = 2, demand = "40 requests/s", dataset = 5000)
    static class PricedTestCase {
        @LlmLoad(
                concurrency = {1, 4},
                requests = 24)
        void load(LoadResult result) {
            assertThat(result.costPerMillion().value()).isPositive();
        }
    }

    static class PlainTestCase {
        @LlmLoad(concurrency = 2, requests = 24)
        void load(LoadResult result) {}
    }

    static class WithoutPrice {
        @Cost(gpus = 2)
        @LlmLoad(concurrency = 2)
        void load(LoadResult result) {}
    }

    @Cost(gpuRatePerHour = 1, gpus = 0, demand = "100M tokens")
    static class Unreadable {
        @LlmLoad(concurrency = 2)
        void load(LoadResult result) {}
    }
}
