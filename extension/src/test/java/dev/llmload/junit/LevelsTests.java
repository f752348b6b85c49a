package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectIteration;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.result.LoadResult;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** How a load test behaves as a JUnit test. */
class LevelsTests {
    static final List<String> SEEN = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path output;

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @Test
    void oneInvocationPerLevelInOrder_thenTheComparison() {
        Ran ran = LoadTestKit.run(ThreeLevelsTestCase.class, output);
        assertThat(ran.invocations())
                .containsExactly(
                        "2 users SUCCESSFUL",
                        "1 user SUCCESSFUL",
                        "3 users SUCCESSFUL",
                        "scaling 2 → 3 users SUCCESSFUL");
        assertThat(SEEN).containsExactly("2 users 12/12", "1 user 12/12", "3 users 12/12");
    }

    @Test
    void theLoadRunsAfterBeforeEach_andItsResultReachesBodyAndAfterEach() {
        LoadTestKit.run(LifecycleTestCase.class, output);
        assertThat(SEEN).containsExactly("before", "body 12", "after 12");
    }

    @Test
    void theResultIsARealOne_withFirstTokensBeforeLastOnes() {
        Ran ran = LoadTestKit.run(ResultTestCase.class, output);
        assertThat(ran.invocations()).containsExactly("2 users SUCCESSFUL");
    }

    @Test
    void aKeyReplacesTheLevels() {
        Ran ran = LoadTestKit.run(ThreeLevelsTestCase.class, output, "llmload.concurrency", "4");
        assertThat(ran.invocations()).containsExactly("4 users SUCCESSFUL");
    }

    @Test
    void scalingCanBeLeftOut() {
        Ran ran = LoadTestKit.run(ThreeLevelsTestCase.class, output, "llmload.load.scaling", "false");
        assertThat(ran.invocations()).hasSize(3);
    }

    @Test
    void oneLevelAloneCanBeRunAgain() {
        Ran ran = LoadTestKit.run(
                List.of(selectIteration(selectMethod(ThreeLevelsTestCase.class, "levels", LoadResult.class), 1)),
                output);
        assertThat(ran.invocations()).containsExactly("1 user SUCCESSFUL");
    }

    @Test
    void composedAnnotationsWork() {
        Ran ran = LoadTestKit.run(ComposedTestCase.class, output);
        assertThat(ran.invocations()).containsExactly("2 users FAILED");
        assertThat(ran.failureOf("2 users"))
                .isInstanceOf(dev.llmload.result.BudgetViolationError.class)
                .hasMessageContaining("success_rate");
    }

    @Test
    void nestedAndDerivedClassesInheritTheSettingsOfTheirClass() {
        Ran ran = LoadTestKit.run(DerivedTestCase.class, output, "llmload.url", "");
        assertThat(ran.results().allEvents().failed().stream().map(Object::toString))
                .isEmpty();
        assertThat(SEEN).containsExactlyInAnyOrder("base 12", "nested 12");
    }

    @Test
    void itIsTagged_soThatAUnitBuildCanLeaveItOut() {
        LoadTestKit.run(TagTestCase.class, output);
        assertThat(SEEN).containsExactly("[llm-load, release]");
    }

    @Test
    void switchedOff_itIsSkippedWithTheReason() {
        Ran ran = LoadTestKit.run(ThreeLevelsTestCase.class, output, "llmload.enabled", "false");
        assertThat(ran.invocations()).isEmpty();
        assertThat(ran.skippedReasons()).containsExactly("load tests are disabled: llmload.enabled=false");
    }

    @Test
    void underParallelExecution_noOtherTestRunsBesideTheLoad() {
        Ran ran = LoadTestKit.run(
                List.of(
                        org.junit.platform.engine.discovery.DiscoverySelectors.selectClass(BesideATestCase.class),
                        org.junit.platform.engine.discovery.DiscoverySelectors.selectClass(BesideBTestCase.class)),
                output,
                "junit.jupiter.execution.parallel.enabled",
                "true",
                "junit.jupiter.execution.parallel.mode.default",
                "concurrent",
                "junit.jupiter.execution.parallel.config.strategy",
                "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism",
                "4");
        assertThat(ran.results().testEvents().failed().count()).isZero();
        assertThat(SEEN).hasSize(2).allMatch(alone -> alone.equals("alone"));
    }

    static class ThreeLevelsTestCase {
        @LlmLoad(
                concurrency = {2, 1, 3},
                requests = 12)
        void levels(LoadResult result) {
            SEEN.add(result.level().name() + " " + result.requests().succeeded() + "/"
                    + result.requests().attempted());
        }
    }

    static class LifecycleTestCase {
        @BeforeEach
        void before() {
            SEEN.add("before");
        }

        @LlmLoad(concurrency = 2, requests = 12)
        void body(LoadResult result) {
            SEEN.add("body " + result.requests().attempted());
        }

        @AfterEach
        void after(LoadResult result) {
            SEEN.add("after " + result.requests().attempted());
        }
    }

    static class ResultTestCase {
        @LlmLoad(concurrency = 2, requests = 30)
        void result(LoadResult result) {
            assertThat(result.ttft().p95()).isPositive();
            assertThat(result.ttft().p50()).isLessThan(result.e2e().p50());
            assertThat(result.tpot().isPresent()).isTrue();
            assertThat(result.throughput().value()).isPositive();
            assertThat(result.successRate().value()).isEqualTo(1.0);
            assertThat(result.mfu().isPresent()).isFalse();
            assertThat(result.subject().simulated()).isTrue();
            assertThat(result.window().length()).isGreaterThan(Duration.ZERO);
            assertThat(result.requests().attempted()).isGreaterThanOrEqualTo(30);
        }
    }

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @LlmLoad(concurrency = 2, requests = 20)
    @Budget("success_rate < 90%")
    @interface TeamLoad {}

    static class ComposedTestCase {
        @TeamLoad
        void composed() {}
    }

    @LlmEndpoint(url = LoadTestKit.QUICK)
    @Budget("success_rate >= 50%")
    static class BaseTestCase {
        @LlmLoad(concurrency = 1, requests = 12)
        void base(LoadResult result) {
            SEEN.add("base " + result.requests().succeeded());
        }
    }

    static class DerivedTestCase extends BaseTestCase {
        @Nested
        class Inner {
            @LlmLoad(concurrency = 1, requests = 12)
            void nested(LoadResult result) {
                SEEN.add("nested " + result.requests().succeeded());
            }
        }
    }

    static class TagTestCase {
        @Tag("release")
        @LlmLoad(concurrency = 1, requests = 4)
        void tagged(TestInfo info) {
            SEEN.add(info.getTags().stream().sorted().toList().toString());
        }
    }

    static final AtomicInteger RUNNING = new AtomicInteger();

    static class BesideATestCase {
        @LlmLoad(concurrency = 1, requests = 12)
        void load() {
            SEEN.add(RUNNING.get() == 0 ? "alone" : "beside " + RUNNING.get());
        }

        @Test
        void other() {
            busy();
        }
    }

    static class BesideBTestCase {
        @LlmLoad(concurrency = 1, requests = 12)
        void load() {
            SEEN.add(RUNNING.get() == 0 ? "alone" : "beside " + RUNNING.get());
        }

        @Test
        void other() {
            busy();
        }
    }

    private static void busy() {
        RUNNING.incrementAndGet();
        java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        RUNNING.decrementAndGet();
    }
}
