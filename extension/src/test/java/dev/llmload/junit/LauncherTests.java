package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.EngineFilter.includeEngines;

import dev.llmload.result.LoadResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The whole way through JUnit's launcher, as build tools and IDEs go it: listeners are found by themselves. */
class LauncherTests {
    @TempDir
    Path output;

    @Test
    void allMistakesArePrintedBeforeTheFirstTest_andEachFailsItsOwnTestAlone() {
        List<String> events = new ArrayList<>();
        String printed = execute(
                events, "llmload.maxTokns", "7", FirstTestCase.class, SecondTestCase.class, SoundTestCase.class);

        assertThat(printed)
                .contains("[llm-load] 3 mistakes in the load tests of this run")
                .contains("FirstTestCase.load")
                .contains("unknown metric \"tftt\"")
                .contains("did you mean \"ttft\"?")
                .contains("SecondTestCase.load")
                .contains("`stallTimeout` of @LlmEndpoint: a duration must be a number and a unit")
                .contains("unknown configuration key `llmload.maxTokns`: did you mean `llmload.request.maxTokens`?")
                .doesNotContain("\tat ");
        assertThat(events)
                .contains(
                        "load(LoadResult) of FirstTestCase: ExtensionConfigurationException",
                        "load(LoadResult) of SecondTestCase: ExtensionConfigurationException",
                        "1 user: SUCCESSFUL");
    }

    @Test
    void nothingWrong_nothingIsPrintedInAdvance() {
        List<String> events = new ArrayList<>();
        assertThat(execute(events, "llmload.request.maxTokens", "7", SoundTestCase.class))
                .doesNotContain("mistake");
        assertThat(events).contains("1 user: SUCCESSFUL");
    }

    private String execute(List<String> events, String key, String value, Class<?>... classes) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .filters(includeEngines("junit-jupiter"))
                .configurationParameter("llmload.url", LoadTestKit.QUICK)
                .configurationParameter("llmload.output", output.toString())
                .configurationParameter("llmload.load.warmup", "1")
                .configurationParameter("llmload.report.charts", "false")
                .configurationParameter(key, value);
        for (Class<?> type : classes) {
            request.selectors(selectClass(type));
        }
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            LauncherFactory.create().execute(request.build(), new Finished(events));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private record Finished(List<String> events) implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            events.add(result.getThrowable()
                    .map(thrown -> test.getDisplayName() + " of " + owner(thrown) + ": "
                            + thrown.getClass().getSimpleName())
                    .orElse(test.getDisplayName() + ": " + result.getStatus()));
        }

        private static String owner(Throwable thrown) {
            assertThat(thrown).isInstanceOf(ExtensionConfigurationException.class);
            return thrown.getMessage().replaceAll("(?s)Load test not configured: (\\w+)\\..*", "$1");
        }
    }

    static class FirstTestCase {
        @LlmLoad(concurrency = 1, requests = 4)
        @Budget("tftt p95 < 1 s")
        void load(LoadResult result) {}
    }

    @LlmEndpoint(stallTimeout = "soon")
    static class SecondTestCase {
        @LlmLoad(concurrency = 1, requests = 4)
        void load(LoadResult result) {}
    }

    static class SoundTestCase {
        @LlmLoad(concurrency = 1, requests = 4)
        void load() {}
    }
}
