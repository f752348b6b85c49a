package dev.llmload.junit.declared;

import dev.llmload.analysis.SweepSettings;
import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.BudgetRules;
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
 * Everything that one load test was declared and configured to be; checked before any request is sent, each part where it is
 * resolved.
 *
 * @param id {@code com.acme.ChatReleaseTest#chat}
 * @param displayName {@code ChatReleaseTest.chat}
 * @param endpoint that the load is offered to
 * @param load its shape
 * @param request what is asked
 * @param expectations what is expected of each answer
 * @param judgement what the levels are judged by
 * @param telemetry what is known of GPUs and model
 * @param policy what a verdict does to the test
 * @param unknown what besides the endpoint only the running test knows, in words
 */
public record LoadTestSpec(
        String id,
        String displayName,
        EndpointChoice endpoint,
        Load load,
        Request request,
        Expectations expectations,
        Judgement judgement,
        Telemetry telemetry,
        Policies policy,
        List<String> unknown) {
    public LoadTestSpec {
        unknown = List.copyOf(unknown);
    }

    /** The same with the endpoint that its first invocation found. */
    public LoadTestSpec at(EndpointChoice known) {
        return new LoadTestSpec(
                id, displayName, known, load, request, expectations, judgement, telemetry, policy, unknown);
    }

    /**
     * The shape of the load.
     *
     * @param levels that run, in order
     * @param thinkTime between an answer and the user's next request, in closed loop
     * @param arrivals how the requests of an open loop follow each other
     * @param maxInFlight most requests of an open loop in flight; 0 for no limit
     * @param volume how much of it
     * @param abortWhen what ends a level early
     * @param preparation what comes before the first level
     * @param coolDown longest wait between two levels for the endpoint to be idle, if there is any
     * @param scaling whether a last invocation compares the levels
     * @param loops event loops of the client, 0 to choose
     */
    public record Load(
            List<Level> levels,
            ThinkTime thinkTime,
            Arrivals arrivals,
            int maxInFlight,
            Volume volume,
            List<AbortRule> abortWhen,
            Preparation preparation,
            Optional<Duration> coolDown,
            boolean scaling,
            int loops) {
        public Load {
            levels = List.copyOf(levels);
            abortWhen = List.copyOf(abortWhen);
        }
    }

    /**
     * What comes before the first level.
     *
     * @param preflight how long to wait for a first completion; empty skips the pre-flight
     * @param warmup requests of the warm-up
     * @param warmupConcurrency its users
     */
    public record Preparation(Optional<Duration> preflight, int warmup, int warmupConcurrency) {}

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

        public Volume {
            stages = Map.copyOf(stages);
        }

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

    /**
     * What is asked.
     *
     * @param prompts in the order of their source
     * @param reuse what happens when they run out
     * @param seed of everything random
     * @param settings what every request says
     */
    public record Request(Prompts prompts, Reuse reuse, long seed, RequestSettings settings) {}

    /**
     * What the levels are judged by.
     *
     * @param budgets all of them, merged
     * @param unreachable budgets whose level a key removed: listed as not measured
     * @param minSuccess the implied success rate in percent; 0 for none
     * @param baseline what they are compared with, if there is one
     * @param sweep how they are analysed together, and what their GPUs cost
     */
    public record Judgement(
            List<BudgetRule> budgets,
            List<BudgetRule> unreachable,
            double minSuccess,
            Optional<BaselineChoice> baseline,
            SweepSettings sweep) {
        public Judgement {
            budgets = List.copyOf(budgets);
            unreachable = List.copyOf(unreachable);
        }

        /** The budgets of one level, the implied one included. */
        public List<BudgetRule> at(Level level) {
            return BudgetRules.forLevel(budgets, level, minSuccess);
        }
    }

    /**
     * What is known of GPUs and model.
     *
     * @param gpu how the GPUs are watched; empty if nobody wants it
     * @param model what the model costs; empty if it is not declared
     */
    public record Telemetry(Optional<GpuSettings> gpu, Optional<ModelSettings> model) {}

    /**
     * What a verdict that is neither pass nor fail does to the test.
     *
     * @param inconclusive where the measurement cannot decide
     * @param notMeasured where this machine cannot measure a budget
     */
    public record Policies(Policy inconclusive, Policy notMeasured) {}
}
