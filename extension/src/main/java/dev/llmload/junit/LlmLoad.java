package dev.llmload.junit;

import dev.llmload.junit.run.LlmLoadExtension;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * Offers load to an LLM endpoint before the test method runs: one invocation per level of users or requests per second, and,
 * where there are several, a last one that compares them. Replaces {@code @Test}. Its members are the shape of the load; what
 * is asked, and what a good answer is, say {@link LlmRequest} and {@link GoodAnswer}.
 *
 * <pre>{@code
 * @LlmLoad(concurrency = {10, 50, 100})
 * @Budget("ttft p95 < 1500 ms")
 * @Budget("success_rate >= 99%")
 * void chat(LoadResult result) {
 *     // optional: anything the budgets cannot say
 * }
 * }</pre>
 *
 * <p>The load runs after {@code @BeforeEach} and before the method, the budgets are judged after it. The level's
 * {@link dev.llmload.result.LoadResult} is injected by type. In the last invocation ({@code scaling}) the body is
 * skipped.
 *
 * <p>Works as a meta-annotation. Carries the tag {@code llm-load}, so that a unit build can leave load tests out
 * ({@code excludedGroups}); {@code llmload.enabled=false} disables them with a reason. Load tests never run beside
 * another test of this JVM, whatever the parallel settings (a global read-write lock), nor beside another JVM's load
 * test on this host (a file lock). JUnit's {@code @Timeout} is taken as the deadline of each level.
 *
 * <p>Every member has the key {@code llmload.load.<member>}, {@link #concurrency()} the short one:
 * {@code -Dllmload.concurrency=1,10} replaces the levels.
 * Every string may hold placeholders: <code>${name}</code> or <code>${name:default}</code>.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(LlmLoadExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock(value = Resources.GLOBAL, mode = ResourceAccessMode.READ_WRITE)
@Tag("llm-load")
public @interface LlmLoad {
    /** Users of each level, in this order; each at least 1, no two the same. Closed loop: a user waits for the answer. */
    int[] concurrency() default {};

    /**
     * Open loop instead: requests per second of each level, each above 0, no two the same. Requests come by a schedule of
     * their own, whether or not earlier ones were answered; budgets on {@code ttft}, {@code ttfo} and {@code e2e} are judged
     * from the scheduled instant. Exactly one of this, {@link #concurrency()} and {@link #stages()} must be set.
     */
    double[] requestsPerSecond() default {};

    /**
     * A load that changes with time instead: {@code {"10 users 30s", "100 users 60s"}}, or {@code "20 req/s 30s"}; users and
     * rates do not mix. A stage with two loads, {@code "10 → 100 users 120s"} (or {@code ->}), goes evenly from one to the other
     * over its window; the level then has that name, its load is the mean, and no last invocation compares the levels. The stages follow each other in one session without warm-up or pause, each with a window of its
     * length, a verdict and an invocation. From one to the next every user finishes the request it has, then the users of
     * the next ramp in: no request counts in two stages. A load that comes again is called {@code "10 users (2)"}, and then
     * the last invocation, which needs different loads, is left out. Excludes {@link #concurrency()}, {@link #requestsPerSecond()},
     * {@link #requests()}, {@link #duration()} and {@link #repeat()}; {@link #maxDuration()} then limits what a stage takes
     * beyond its length.
     */
    String[] stages() default {};

    /** How the requests of an open loop follow each other. */
    Arrivals arrivals() default Arrivals.POISSON;

    /**
     * How regular the gaps of {@link Arrivals#GAMMA} are: the shape of their gamma distribution, above 0. Their variance is that
     * of independent arrivals divided by it: with 0.25 they come in bursts, with 1 independently, with 10 nearly evenly. Needs
     * {@code arrivals = GAMMA} unless it is 1.
     */
    double burstiness() default 1;

    /** Most requests of an open loop in flight; what is due beyond waits, and its waiting counts; 0: no limit. */
    int maxInFlight() default 0;

    /**
     * How long a user of a closed loop thinks between an answer and its next request: {@code "2s"}, or uniformly
     * {@code "0.5s..2s"}; empty: not at all. Thinking users are in session, not in flight.
     */
    String thinkTime() default "";

    /** Measured requests of each level; 0: max(requestsPerUser · users, 10/(1−q) for the strictest percentile budgeted). */
    int requests() default 0;

    /** Least number of measured requests per user when {@link #requests()} is 0; at least 1. */
    int requestsPerUser() default 5;

    /**
     * Runs of each level, at least 1, each with prompts, arrivals and pauses of its own. Percentiles and shares are judged on
     * the requests of all runs together; of numbers that a run has one of, the median of the runs counts. How far the runs are
     * apart is shown, and is part of the intervals. A deadline of the level is one for all its runs.
     */
    int repeat() default 1;

    /** Length of the measured window; empty: until the requests are sent. */
    String duration() default "";

    /** No level offers load for longer than this; whatever ended the level is printed. */
    String maxDuration() default "3m";

    /**
     * When a level stops early: {@code {"success_rate < 90%", "ttft p95 > 10 s"}}, of {@code success_rate} and percentiles of
     * {@code ttft} and {@code e2e}; one that is true is enough. Empty: never. They are evaluated on the requests that ended in
     * the last 10 s, but on at least the last 20; a failed request counts as slower than every other. The level then sends
     * nothing more, what is in flight finishes, and what was measured is judged, but passes nothing any more; the levels after
     * it do not run.
     */
    String[] abortWhen() default {};

    /** Requests before the first level that runs; in no number. 0 skips the warm-up of the endpoint. */
    int warmup() default 20;

    /** Users of the warm-up; at least 1. */
    int warmupConcurrency() default 5;

    /**
     * Longest wait between two levels for the endpoint to be idle, as its own {@code /metrics} says (vLLM, SGLang, llama.cpp,
     * LMDeploy, TensorRT-LLM); where it does not say, all of it is waited and the next level has a note. Part of no level
     * and no deadline. Empty: none.
     */
    String coolDown() default "";

    /** Whether a last invocation compares the levels, where there are several. */
    boolean scaling() default true;
}
