package dev.llmload.junit.declared;

import dev.llmload.analysis.SweepSettings;
import dev.llmload.budget.BudgetRule;
import dev.llmload.junit.Arrivals;
import dev.llmload.junit.Reuse;
import dev.llmload.load.AbortRule;
import dev.llmload.load.Expectations;
import dev.llmload.load.RequestSettings;
import dev.llmload.load.ThinkTime;
import dev.llmload.prompt.Prompts;
import dev.llmload.result.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that one load test was declared and configured to be; checked as a whole before any request is sent.
 *
 * @param id {@code com.acme.ChatReleaseTest#chat}
 * @param displayName {@code ChatReleaseTest.chat}
 * @param levels the levels that run, in order
 * @param thinkTime between an answer and the user's next request, in closed loop
 * @param arrivals how the requests of an open loop follow each other
 * @param maxInFlight most requests of an open loop in flight; 0 for no limit
 * @param abortWhen what makes a level a lost cause
 * @param endpoint whom the load is offered to
 * @param volume how much of it
 * @param warmup requests before the first level
 * @param warmupConcurrency users of the warm-up
 * @param coolDown longest wait between two levels for the endpoint to be idle, if there is any
 * @param prompts what is asked
 * @param reuse what happens when the prompts run out
 * @param request what every request says
 * @param expectations what is expected of the answers
 * @param seed of everything random
 * @param scaling whether a last invocation compares the levels
 * @param budgets all of them, merged
 * @param unreachable budgets whose level a key removed: listed as not measured
 * @param gpu how the GPUs are watched; empty if nobody wants it
 * @param model what the model costs; empty if nobody said
 * @param minSuccess the implied success rate in percent; 0 for none
 * @param inconclusive what an inconclusive verdict does
 * @param notMeasured what a budget that is not measured does
 * @param preflight how long to wait for a first completion; empty skips the pre-flight
 * @param loops event loops of the client, 0 to choose
 * @param baseline what it is compared with, if it has one
 * @param sweep how its levels are looked at together, and what its GPUs cost
 * @param unknown what besides the endpoint only the running test knows, in words
 */
public record LoadTestSpec(
        String id,
        String displayName,
        List<Level> levels,
        ThinkTime thinkTime,
        Arrivals arrivals,
        int maxInFlight,
        List<AbortRule> abortWhen,
        EndpointChoice endpoint,
        Volume volume,
        int warmup,
        int warmupConcurrency,
        Optional<Duration> coolDown,
        Prompts prompts,
        Reuse reuse,
        RequestSettings request,
        Expectations expectations,
        long seed,
        boolean scaling,
        List<BudgetRule> budgets,
        List<BudgetRule> unreachable,
        Optional<GpuSettings> gpu,
        Optional<ModelSettings> model,
        double minSuccess,
        Policy inconclusive,
        Policy notMeasured,
        Optional<Duration> preflight,
        int loops,
        Optional<BaselineChoice> baseline,
        SweepSettings sweep,
        List<String> unknown) {

    /** The same with the endpoint that its first invocation found. */
    public LoadTestSpec at(EndpointChoice known) {
        return new LoadTestSpec(
                id,
                displayName,
                levels,
                thinkTime,
                arrivals,
                maxInFlight,
                abortWhen,
                known,
                volume,
                warmup,
                warmupConcurrency,
                coolDown,
                prompts,
                reuse,
                request,
                expectations,
                seed,
                scaling,
                budgets,
                unreachable,
                gpu,
                model,
                minSuccess,
                inconclusive,
                notMeasured,
                preflight,
                loops,
                baseline,
                sweep,
                unknown);
    }

    /**
     * How many requests a level offers, and for how long.
     *
     * @param requests measured requests, 0 for as many as the budgets need
     * @param requestsPerUser least number per user when {@code requests} is 0
     * @param duration of the window, if it is time that ends it
     * @param maxDuration longest time load is offered
     * @param repeat how many runs of it, at least 1
     * @param stages length of the window of each level, where each has its own; else empty
     */
    public record Volume(
            int requests,
            int requestsPerUser,
            Optional<Duration> duration,
            Duration maxDuration,
            int repeat,
            Map<Level, Duration> stages) {
        /** An open loop that nothing else ends is measured for at least so many seconds. */
        private static final double LEAST_SECONDS = 10;

        /** Length of a level's window, if it is time that ends it. */
        public Optional<Duration> durationAt(Level level) {
            return Optional.ofNullable(stages.get(level)).or(() -> duration);
        }

        /** Longest time a level is offered; a stage may take so long beyond its length. */
        public Duration maxDurationAt(Level level) {
            return stages.getOrDefault(level, Duration.ZERO).plus(maxDuration);
        }

        /**
         * Measured requests of a level; 0 if it is time that ends it.
         *
         * @param level of users or of requests per second
         * @param forBudgets as many as its budgets need to be judged
         */
        public int requestsAt(Level level, int forBudgets) {
            if (requests > 0) {
                return requests;
            }
            double least = level.offered() * (level.isOpen() ? LEAST_SECONDS : requestsPerUser);
            return durationAt(level).isPresent()
                    ? 0
                    : Math.max((int) Math.min(Integer.MAX_VALUE, Math.ceil(least)), forBudgets);
        }
    }
}
