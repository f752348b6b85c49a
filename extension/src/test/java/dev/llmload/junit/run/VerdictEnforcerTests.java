package dev.llmload.junit.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.llmload.junit.Budget;
import dev.llmload.junit.LlmLoad;
import dev.llmload.junit.LoadTestKit;
import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.load.preflight.EndpointUnusableException;
import dev.llmload.result.BudgetViolationError;
import dev.llmload.result.LoadInconclusiveException;
import dev.llmload.result.LoadResult;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a verdict does to the test, and what the user reads. */
class VerdictEnforcerTests {
    @TempDir
    Path output;

    @Nested
    class BrokenBudgets {
        @Test
        void failTheLevel_withTheBrokenOnesInTheMessage() {
            Ran ran = LoadTestKit.run(
                    TwoBudgetsTestCase.class, output, "llmload.url", LoadTestKit.QUICK + "&errorRate=30%");
            assertThat(ran.failureOf("2 users"))
                    .isInstanceOf(BudgetViolationError.class)
                    .hasMessageStartingWith("LLM load budget violated: ")
                    .hasMessageContaining("TwoBudgetsTestCase.load @ 2 users")
                    .hasMessageContaining("✘ success_rate")
                    .hasMessageContaining(">= 99 %")
                    .hasMessageContaining("HTTP_5XX (500)")
                    .hasMessageContaining("report: ");
        }

        @Test
        void comeFromTheKeyToo_andTheKeyIsNamedAsTheNearest() {
            Ran ran = LoadTestKit.run(
                    TwoBudgetsTestCase.class, output, "llmload.budgets", "success_rate < 1%; e2e p95 < 10 s");
            assertThat(ran.failureOf("2 users"))
                    .hasMessageContaining("✘ success_rate")
                    .hasMessageContaining("< 1 %")
                    .hasMessageNotContaining(">= 99 %")
                    .hasMessageContaining("\n  2 budgets hold   ");
        }

        @Test
        void areGatedByTheKey_andTooFewRequestsCannotPass() {
            Ran ran = LoadTestKit.run(TwoBudgetsTestCase.class, output, "llmload.budget.confidence", "0.95");
            assertThat(ran.failureOf("2 users"))
                    .isInstanceOf(LoadInconclusiveException.class)
                    .hasMessageContaining("? success_rate")
                    .hasMessageContaining("40 of 40 succeeded: with 95 % confidence");
        }

        @Test
        void ofHalfTheRequestsFailing_areImplied() {
            Ran ran = LoadTestKit.run(
                    NoBudgetTestCase.class, output, "llmload.url", LoadTestKit.QUICK + "&errorRate=50%");
            assertThat(ran.failureOf("2 users"))
                    .isInstanceOf(BudgetViolationError.class)
                    .hasMessageContaining("✘ success_rate")
                    .hasMessageContaining("HTTP_5XX");
        }

        @Test
        void impliedOnesCanBeTurnedOff() {
            Ran ran = LoadTestKit.run(
                    NoBudgetTestCase.class,
                    output,
                    "llmload.url",
                    LoadTestKit.QUICK + "&errorRate=50%",
                    "llmload.minSuccess",
                    "0");
            assertThat(ran.invocations()).containsExactly("2 users SUCCESSFUL");
        }

        @Test
        void areSuppressedBehindTheErrorOfTheBody() {
            Ran ran = LoadTestKit.run(BodyFailsTestCase.class, output);
            Throwable failure = ran.failureOf("2 users");
            assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("from the body");
            assertThat(failure.getSuppressed()).hasAtLeastOneElementOfType(BudgetViolationError.class);
        }

        @Test
        void ofFirstTokenTimeouts_areNotImprovedByThem() {
            Ran ran = LoadTestKit.run(
                    TtftTestCase.class,
                    output,
                    "llmload.url",
                    LoadTestKit.QUICK + "&stallFirstRate=10%",
                    "llmload.timeout.firstToken",
                    "300ms");
            assertThat(ran.failureOf("8 users"))
                    .isInstanceOf(BudgetViolationError.class)
                    .hasMessageContaining("✘ ttft p95")
                    .hasMessageContaining("TIMEOUT_FIRST_TOKEN");
        }
    }

    @Nested
    class Inconclusive {
        private Ran run(String policy) {
            return LoadTestKit.run(
                    TpotTestCase.class,
                    output,
                    "llmload.url",
                    LoadTestKit.QUICK + "&noUsage=true",
                    "llmload.inconclusive",
                    policy);
        }

        @Test
        void failsByDefault_withATypeOfItsOwn() {
            assertThat(run("fail").failureOf("2 users"))
                    .isInstanceOf(LoadInconclusiveException.class)
                    .isNotInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("LLM load inconclusive: ")
                    .hasMessageContaining("tpot p50");
        }

        @Test
        void canAbort() {
            assertThat(run("abort").invocations()).containsExactly("2 users ABORTED");
        }

        @Test
        void canWarn_onTheConsole() {
            Ran ran = run("warn");
            assertThat(ran.invocations()).containsExactly("2 users SUCCESSFUL");
            assertThat(ran.printed()).contains("warning: LLM load inconclusive");
        }
    }

    @Nested
    class NotMeasured {
        @Test
        void warns() {
            Ran ran = LoadTestKit.run(MfuTestCase.class, output);
            assertThat(ran.invocations()).containsExactly("2 users SUCCESSFUL");
            assertThat(ran.printed()).contains("LLM load budget not measured").contains("mfu");
        }

        @Test
        void failsOnRequest() {
            Ran ran = LoadTestKit.run(MfuTestCase.class, output, "llmload.notMeasured", "fail");
            assertThat(ran.failureOf("2 users"))
                    .isInstanceOf(LoadInconclusiveException.class)
                    .hasMessageContaining("mfu");
        }

        @Test
        void aBudgetWhoseLevelAKeyRemoved_isListed() {
            Ran ran = LoadTestKit.run(AtLevelTestCase.class, output, "llmload.concurrency", "1");
            assertThat(ran.invocations()).containsExactly("1 user SUCCESSFUL");
            assertThat(ran.printed()).contains("ttft p95 < 10 s at 3 users: not measured, a key removed that level");
        }
    }

    @Nested
    class Endpoints {
        @Test
        void thatDoNotAnswer_breakEveryLevelWithOneWait_andTheResultsAreWrittenAllTheSame() throws IOException {
            int port = freePort();
            Ran ran = LoadTestKit.run(
                    AtLevelTestCase.class,
                    output,
                    "llmload.url",
                    "http://127.0.0.1:" + port,
                    "llmload.model",
                    "any",
                    "llmload.endpoint.preflightWait",
                    "1s");
            assertThat(ran.failureOf("1 user"))
                    .isInstanceOf(EndpointUnusableException.class)
                    .hasMessageContaining("127.0.0.1:" + port);
            assertThat(ran.failureOf("3 users"))
                    .isInstanceOf(EndpointUnusableException.class)
                    .hasMessageContaining("did not run");
            assertThat(ran.file("results.json"))
                    .contains("\"schema\": \"llm-load/1\"")
                    .contains("127.0.0.1:" + port);
        }

        @Test
        void thatDoNotAnswer_areWaitedForOnceInARun() throws IOException {
            int port = freePort();
            Ran ran = LoadTestKit.run(
                    List.of(selectClass(AtLevelTestCase.class), selectClass(NoBudgetTestCase.class)),
                    output,
                    "llmload.url",
                    "http://127.0.0.1:" + port,
                    "llmload.model",
                    "any",
                    "llmload.endpoint.preflightWait",
                    "300ms");
            assertThat(ran.failureOf("1 user"))
                    .isInstanceOf(EndpointUnusableException.class)
                    .hasMessageContaining("was not ready within 300 ms: CONNECT: ");
            assertThat(ran.failureOf("2 users"))
                    .isInstanceOf(EndpointUnusableException.class)
                    .hasMessageContaining("is still not ready: CONNECT: ")
                    .hasMessageContaining(
                            "an earlier test of this run waited 300 ms for this server in vain, so it was asked"
                                    + " only once more");
        }

        @Test
        void withAWrongKey_sayWhichVariableToSet() {
            Ran ran = LoadTestKit.run(
                    NoBudgetTestCase.class, output, "llmload.url", LoadTestKit.QUICK + "&apiKey=right-key");
            assertThat(ran.failureOf("2 users"))
                    .isInstanceOf(EndpointUnusableException.class)
                    .hasMessageContaining("401")
                    .hasMessageContaining("LLM_API_KEY");
        }
    }

    @Test
    void aBudgetAgainstItsMetricsSense_isAllowedWithAWarning() {
        Ran ran = LoadTestKit.run(NoBudgetTestCase.class, output, "llmload.budgets", "ttft p50 > 1 us");
        assertThat(ran.printed()).contains("[llm-load] warning: ").contains("ttft p50 > 1 us");
    }

    @Test
    void aTimeout_isTheDeadlineOfTheLevel_andWhatItCutsOffIsReportedApart() {
        Ran ran = LoadTestKit.run(
                DeadlineTestCase.class,
                output,
                "llmload.url",
                "simulator:fast?ttft=20ms&tpot=20ms&tokens=40..60&seed=1",
                "llmload.load.warmup",
                "0");
        assertThat(ran.failureOf("4 users"))
                .isInstanceOf(LoadInconclusiveException.class)
                .hasMessageContaining("cut");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static class TwoBudgetsTestCase {
        @LlmLoad(concurrency = 2, requests = 40)
        @Budget("e2e p50 < 10 s")
        @Budget("success_rate >= 99%")
        void load() {}
    }

    static class NoBudgetTestCase {
        @LlmLoad(concurrency = 2, requests = 40)
        void load() {}
    }

    static class BodyFailsTestCase {
        @LlmLoad(concurrency = 2, requests = 40)
        @Budget("success_rate < 50%")
        void load(LoadResult result) {
            throw new IllegalStateException("from the body");
        }
    }

    static class TtftTestCase {
        @LlmLoad(concurrency = 8, requests = 100)
        @Budget("ttft p95 < 200 ms")
        @Budget("success_rate >= 50%")
        void load() {}
    }

    static class TpotTestCase {
        @LlmLoad(concurrency = 2, requests = 40)
        @Budget("tpot p50 < 10 s")
        void load() {}
    }

    static class MfuTestCase {
        @LlmLoad(concurrency = 2, requests = 40)
        @Budget("mfu >= 12%")
        void load() {}
    }

    static class AtLevelTestCase {
        @LlmLoad(
                concurrency = {1, 3},
                requests = 40)
        @Budget(value = "ttft p95 < 10 s", at = "3 users")
        void load() {}
    }

    static class DeadlineTestCase {
        @Timeout(value = 1500, unit = TimeUnit.MILLISECONDS)
        @LlmLoad(concurrency = 4, requests = 1000)
        @Budget("ttft p95 < 10 s")
        void load() {}
    }
}
