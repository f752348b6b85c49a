package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.result.LoadResult;
import dev.llmload.simulator.Simulator;
import dev.llmload.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One class that compares two back ends. */
class NamedEndpointsTests {
    private static final Map<String, LoadResult> RESULTS = new ConcurrentHashMap<>();

    @TempDir
    Path output;

    @BeforeEach
    void forget() {
        RESULTS.clear();
    }

    @Test
    void eachMethodTalksToItsOwn_andToNobodyElse() {
        try (Simulator a = start("model-a");
                Simulator b = start("model-b")) {
            Ran ran = LoadTestKit.run(
                    TwoBackEndsTestCase.class,
                    output,
                    "llmload.url",
                    "http://127.0.0.1:1",
                    "llmload.model",
                    "nobody's",
                    "llmload.a.url",
                    a.url(),
                    "llmload.b.url",
                    b.url(),
                    "llmload.b.model",
                    "model-b");

            assertThat(ran.invocations()).containsExactlyInAnyOrder("1 user SUCCESSFUL", "1 user SUCCESSFUL");
            assertThat(RESULTS.get("a").subject().endpoint()).startsWith(a.url());
            assertThat(RESULTS.get("a").subject().model()).isEqualTo("model-a");
            assertThat(RESULTS.get("b").subject().endpoint()).startsWith(b.url());
            assertThat(RESULTS.get("b").subject().model()).isEqualTo("model-b");
            assertThat(a.stats().completed())
                    .isGreaterThanOrEqualTo(RESULTS.get("a").requests().succeeded());
            assertThat(b.stats().completed())
                    .isGreaterThanOrEqualTo(RESULTS.get("b").requests().succeeded());
            assertThat(ran.file("metadata.json"))
                    .contains(a.url() + "/v1/chat/completions")
                    .contains(b.url() + "/v1/chat/completions");
        }
    }

    @Test
    void eachHasTimeOutsOfItsOwn_andTheUnnamedOnesHoldForNeither() {
        Ran ran = LoadTestKit.run(
                TwoBackEndsTestCase.class,
                output,
                "llmload.a.url",
                LoadTestKit.QUICK,
                "llmload.b.url",
                LoadTestKit.QUICK,
                "llmload.a.timeout.stall",
                "29s",
                "llmload.timeout.stall",
                "28s");

        assertThat(ran.invocations()).containsExactlyInAnyOrder("1 user SUCCESSFUL", "1 user SUCCESSFUL");
        assertThat(ran.file("metadata.json"))
                .containsOnlyOnce("stall 29 s")
                .containsOnlyOnce("stall 30 s")
                .doesNotContain("stall 28 s");
    }

    @Test
    void oneThatIsNotConfigured_failsItsOwnMethodOnly_andSaysWhichKeyToSet() {
        Ran ran = LoadTestKit.run(TwoBackEndsTestCase.class, output, "llmload.a.url", LoadTestKit.QUICK);

        assertThat(ran.invocations()).containsExactly("1 user SUCCESSFUL");
        assertThat(ran.containerFailure())
                .hasMessageContaining("TwoBackEndsTestCase.second")
                .hasMessageContaining("-Dllmload.b.url=http://host:8000");
    }

    private static Simulator start(String model) {
        return Simulator.start(SimulatorSettings.parse(LoadTestKit.QUICK + "&model=" + model));
    }

    static class TwoBackEndsTestCase {
        @LlmEndpoint(name = "a")
        @LlmLoad(concurrency = 1, requests = 12)
        void first(LoadResult result) {
            RESULTS.put("a", result);
        }

        @LlmEndpoint(name = "b")
        @LlmLoad(concurrency = 1, requests = 12)
        void second(LoadResult result) {
            RESULTS.put("b", result);
        }
    }
}
