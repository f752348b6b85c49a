package dev.llmload.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmload.junit.LoadTestKit.Ran;
import dev.llmload.result.BudgetViolationError;
import dev.llmload.result.JudgedBudget;
import dev.llmload.result.LoadResult;
import dev.llmload.result.SweepResult;
import dev.llmload.result.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;

/** What the last invocation hands to a body that asks for it. */
class SweepResultTests {
    private static final List<String> SEEN = Collections.synchronizedList(new ArrayList<>());
    private static Optional<SweepResult> sweep = Optional.empty();

    @TempDir
    Path output;

    @BeforeEach
    void forget() {
        SEEN.clear();
        sweep = Optional.empty();
    }

    private static SweepResult seen() {
        return sweep.orElseThrow();
    }

    @Test
    void aBodyThatAsksForTheSweep_runsInTheLastInvocationAlone_andReadsAllOfIt() {
        Ran ran = LoadTestKit.run(
                SweepTestCase.class, output, "llmload.cost.gpuRatePerHour", "3.60", "llmload.cost.gpus", "2");

        assertThat(ran.invocations())
                .containsExactly(
                        "1 user SUCCESSFUL",
                        "2 users SUCCESSFUL",
                        "4 users SUCCESSFUL",
                        "scaling 1 → 4 users SUCCESSFUL");
        assertThat(SEEN).containsExactly("sweep");
        levels();
        fit();
        cost();
    }

    private static void levels() {
        assertThat(seen().levels())
                .extracting(level -> level.name() + " " + level.verdict())
                .containsExactly("1 user PASS", "2 users PASS", "4 users PASS");
        assertThat(seen().level("2 users").orElseThrow().result().requests().succeeded())
                .isEqualTo(8);
        assertThat(seen().level("3 users")).isEmpty();
        assertThat(seen().notRun()).isEmpty();
        assertThat(seen().capacity().orElseThrow().name()).isEqualTo("4 users");
        assertThat(seen().budgets())
                .singleElement()
                .returns("capacity >= 2 users", JudgedBudget::text)
                .returns(Verdict.PASS, JudgedBudget::verdict);
        LoadResult first = seen().levels().get(0).result();
        LoadResult last = seen().levels().get(2).result();
        assertThat(seen().scalingEfficiency().value())
                .isCloseTo(last.throughput().value() / 4 / first.throughput().value(), within(1e-9));
    }

    /** With three levels of a simulator there may be a curve, or the reason why there is none. */
    private static void fit() {
        assertThat(seen().fit().isPresent()).isEqualTo(seen().whyNoFit().isEmpty());
        seen().fit().ifPresent(fit -> {
            assertThat(fit.degreesOfFreedom()).isEqualTo(1);
            assertThat(fit.indicative()).isTrue();
            assertThat(fit.rSquared()).isLessThanOrEqualTo(1);
            assertThat(fit.vmax95().low()).isLessThanOrEqualTo(fit.vmax());
            assertThat(fit.k95().high()).isGreaterThanOrEqualTo(fit.k());
            assertThat(fit.throughputAt(fit.k())).isCloseTo(fit.vmax() / 2, within(1e-6 * fit.vmax()));
        });
    }

    private static void cost() {
        SweepResult.Cost cost = seen().cost().orElseThrow();
        double seconds = seen().levels().stream()
                .mapToDouble(level -> level.result().window().wholeRun().toNanos() / 1e9)
                .sum();
        assertThat(cost.gpus()).isEqualTo(2);
        assertThat(cost.gpuRatePerHour()).isEqualTo(3.6);
        assertThat(cost.spent()).isCloseTo(0.002 * seconds, within(1e-9));
        double least = cost.cheapest().orElseThrow().result().costPerMillion().value();
        assertThat(seen().levels())
                .allSatisfy(level ->
                        assertThat(level.result().costPerMillion().value()).isGreaterThanOrEqualTo(least));
    }

    @Test
    void aBodyThatAsksForEither_runsInEachInvocation() {
        LoadTestKit.run(EitherTestCase.class, output);
        assertThat(SEEN)
                .containsExactly(
                        "1 user", "after a level", "2 users", "after a level", "sweep of 2", "after the sweep");
    }

    @Test
    void levelsThatFailed_areInIt() {
        Ran ran = LoadTestKit.run(
                SweepTestCase.class, output, "llmload.budgets", "ttft p50 < 1 us", "llmload.concurrency", "1,2");

        assertThat(ran.invocations())
                .startsWith("1 user FAILED", "2 users FAILED")
                .hasSize(3);
        assertThat(SEEN).containsExactly("sweep");
        assertThat(seen().levels()).extracting(level -> level.verdict()).containsOnly(Verdict.FAIL);
        assertThat(seen().levels().get(0).budgets())
                .extracting(JudgedBudget::text)
                .contains("ttft p50 < 1 us");
        assertThat(seen().capacity()).isEmpty();
        assertThat(seen().cost()).isEmpty();
        assertThat(seen().whyNoFit()).isEqualTo("a curve needs at least 3 levels with throughput, and there are 2");
        assertThat(ran.failureOf("scaling 1 → 2 users"))
                .isInstanceOfSatisfying(
                        BudgetViolationError.class,
                        error -> assertThat(error.budgets())
                                .extracting(JudgedBudget::text)
                                .contains("capacity >= 2 users"));
    }

    @Test
    void levelsThatDidNotRun_areListedWithTheReason() {
        LoadTestKit.run(
                SweepTestCase.class,
                output,
                "llmload.url",
                LoadTestKit.QUICK + "&errorRate=50%",
                "llmload.load.warmup",
                "0",
                "llmload.load.requests",
                "20000",
                "llmload.load.abortWhen",
                "success_rate < 90%");

        assertThat(seen().levels()).extracting(level -> level.name()).containsExactly("1 user");
        assertThat(seen().notRun()).extracting(SweepResult.NotRun::level).containsExactly("2 users", "4 users");
        assertThat(seen().notRun().get(0).reason()).startsWith("1 user was aborted: success_rate was ");
    }

    @Test
    void whatItsBodyThrows_comesFirst_andABrokenBudgetBesideIt() {
        Ran ran = LoadTestKit.run(ThrowingTestCase.class, output);

        assertThat(ran.failureOf("scaling 1 → 2 users"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("not enough");
        assertThat(ran.failureOf("scaling 1 → 2 users").getSuppressed())
                .singleElement()
                .isInstanceOf(BudgetViolationError.class);
        assertThat(ran.file("summary.md")).contains("not enough");
    }

    @Test
    void askingForBoth_isAMistakeThatSaysWhatToWrite() {
        assertThat(LoadTestKit.run(BothTestCase.class, output).containerFailure())
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("with Optional<LoadResult> and Optional<SweepResult> it runs in all");
    }

    @Test
    void withASingleLevel_aWarningSaysThatTheBodyDoesNotRun() {
        Ran ran = LoadTestKit.run(SweepTestCase.class, output, "llmload.concurrency", "2");

        assertThat(ran.invocations()).containsExactly("2 users SUCCESSFUL");
        assertThat(SEEN).isEmpty();
        assertThat(ran.printed().replaceAll("\\s+", " "))
                .contains("asks for a SweepResult, which only the last invocation of several levels has");
    }

    static class SweepTestCase {
        @LlmLoad(
                concurrency = {1, 2, 4},
                requests = 8)
        @Budget("capacity >= 2 users")
        void sweep(SweepResult result) {
            SEEN.add("sweep");
            sweep = Optional.of(result);
        }
    }

    static class EitherTestCase {
        @LlmLoad(
                concurrency = {1, 2},
                requests = 6)
        void either(Optional<LoadResult> level, Optional<SweepResult> sweep) {
            level.ifPresent(result -> SEEN.add(result.level().name()));
            sweep.ifPresent(result -> SEEN.add("sweep of " + result.levels().size()));
            assertThat(level.isPresent()).isNotEqualTo(sweep.isPresent());
        }

        @AfterEach
        void after(Optional<SweepResult> sweep) {
            SEEN.add(sweep.isPresent() ? "after the sweep" : "after a level");
        }
    }

    static class ThrowingTestCase {
        @LlmLoad(
                concurrency = {1, 2},
                requests = 6)
        @Budget("capacity >= 100 users")
        @Budget("ttft p50 < 1 us")
        void sweep(SweepResult sweep) {
            throw new AssertionError("not enough");
        }
    }

    static class BothTestCase {
        @LlmLoad(
                concurrency = {1, 2},
                requests = 6)
        void both(LoadResult level, SweepResult sweep) {}
    }
}
