package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.result.LoadInconclusiveException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client that is too slow does to a verdict: it takes back what its slowness may have tipped, and no more. */
class ClientOfARunTests {
    @TempDir
    Path output;

    @Test
    void tooSlow_itTakesBackAFailureOfALatency_becauseItMakesLatenciesLonger() {
        Ran ran = LoadTestKit.runOnATooSlowClient(TwoUsersTestCase.class, output, "llmload.budgets", "ttft p50 < 1 us");

        assertThat(ran.failureOf("2 users"))
                .isInstanceOf(LoadInconclusiveException.class)
                .hasMessageContaining("? ttft p50")
                .hasMessageContaining("of which up to");
    }

    @Test
    void tooSlow_itLeavesAPassOfALatency_becauseThatHeldNonetheless() {
        Ran ran = LoadTestKit.runOnATooSlowClient(TwoUsersTestCase.class, output, "llmload.budgets", "ttft p50 < 60 s");

        assertThat(ran.invocations()).containsExactly("2 users SUCCESSFUL");
        assertThat(ran.printed()).contains("✔ ttft p50");
    }

    @Test
    void quickEnough_itLeavesBoth() {
        assertThat(LoadTestKit.run(TwoUsersTestCase.class, output, "llmload.budgets", "ttft p50 < 1 us")
                        .failureOf("2 users"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("✘ ttft p50");
    }

    static class TwoUsersTestCase {
        @LlmLoad(concurrency = 2, requests = 20)
        void load() {}
    }
}
