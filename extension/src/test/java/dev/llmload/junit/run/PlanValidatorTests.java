package dev.llmload.junit.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.llmload.junit.LlmEndpoint;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LlmRequest;
import dev.llmload.report.console.Printed;
import java.util.Map;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class PlanValidatorTests {
    private String printedFor(Map<String, String> keys, Class<?>... classes) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (Class<?> type : classes) {
            request.selectors(selectClass(type));
        }
        LauncherDiscoveryRequest built = request.configurationParameters(keys).build();
        TestPlan plan = LauncherFactory.create().discover(built);
        Printed printed = new Printed();
        new PlanValidator(printed::printer).testPlanExecutionStarted(plan);
        return printed.toString();
    }

    @Test
    void allMistakesOfAllTests_areSaidAtOnceBeforeAnyOfThemRuns() {
        assertThat(printedFor(Map.of("llmload.url", "simulator"), FirstTestCase.class, SecondTestCase.class))
                .contains("[llm-load] 2 mistakes in the load tests of this run")
                .contains("FirstTestCase.load")
                .contains("must be at least 1, but was 0")
                .contains("SecondTestCase.load")
                .contains("nowhere.jsonl");
    }

    @Test
    void anUnknownKey_namesTheNearest() {
        assertThat(printedFor(Map.of("llmload.url", "simulator", "llmload.maxTokns", "5"), FineTestCase.class))
                .contains("[llm-load] 1 mistake in")
                .contains("unknown configuration key `llmload.maxTokns`: did you mean `llmload.request.maxTokens`?");
    }

    @Test
    void aKeyOfAnEndpointWhoseTestMayNotRun_isKnown() {
        assertThat(printedFor(
                        Map.of("llmload.url", "simulator", "llmload.candidate.url", "simulator"),
                        FineTestCase.class,
                        ConditionalTestCase.class))
                .isEmpty();
    }

    @Test
    void nothingWrong_printsNothing() {
        assertThat(printedFor(Map.of("llmload.url", "simulator"), FineTestCase.class))
                .isEmpty();
    }

    @Test
    void testsThatDoNotRun_areNotChecked() {
        assertThat(printedFor(Map.of(), DisabledTestCase.class)).isEmpty();
        assertThat(printedFor(Map.of(), ConditionalTestCase.class)).isEmpty();
        assertThat(printedFor(Map.of("llmload.enabled", "false"), FirstTestCase.class))
                .isEmpty();
    }

    static class FirstTestCase {
        @LlmLoad(concurrency = 1)
        @LlmRequest(maxTokens = 0)
        void load() {}
    }

    static class SecondTestCase {
        @LlmLoad(concurrency = 1)
        @LlmRequest(prompts = "nowhere.jsonl")
        void load() {}
    }

    static class FineTestCase {
        @LlmLoad(concurrency = 1)
        void load() {}
    }

    static class ConditionalTestCase {
        @EnabledIfSystemProperty(named = "llm.load.never.set", matches = "true")
        @LlmEndpoint(name = "candidate")
        @LlmLoad(concurrency = 1)
        @LlmRequest(prompts = "nowhere.jsonl")
        void load() {}
    }

    @Disabled("on purpose")
    static class DisabledTestCase {
        @LlmLoad
        void load() {}
    }
}
