package dev.llmload.junit.declared;

import dev.llmload.analysis.SweepSettings;
import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.BudgetRules;
import dev.llmload.junit.Reuse;
import dev.llmload.load.AbortRule;
import dev.llmload.load.Expectations;
import dev.llmload.load.RequestSettings;
import dev.llmload.load.plan.LevelLimits;
import dev.llmload.load.plan.LevelPlan;
import dev.llmload.load.plan.OfferedLoad;
import dev.llmload.prompt.Prompts;
import dev.llmload.result.Level;
import java.time.Duration;
import java.util.List;
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
     * @param planned levels that run, in order
     * @param volume how much of it
     * @param abortWhen what ends a level early
     * @param preparation what comes before the first level
     * @param coolDown longest wait between two levels for the endpoint to be idle, if there is any
     * @param scaling whether a last invocation compares the levels
     * @param loops event loops of the client, 0 to choose
     */
    public record Load(
            List<PlannedLevel> planned,
            Volume volume,
            List<AbortRule> abortWhen,
            Preparation preparation,
            Optional<Duration> coolDown,
            boolean scaling,
            int loops) {
        public Load {
            planned = List.copyOf(planned);
            abortWhen = List.copyOf(abortWhen);
        }

        /** Levels that run, in order. */
        public List<Level> levels() {
            return planned.stream().map(PlannedLevel::level).toList();
        }

        /**
         * One of the levels that run.
         *
         * @throws java.util.NoSuchElementException if it does not
         */
        public PlannedLevel at(Level level) {
            return planned.stream()
                    .filter(each -> each.level().equals(level))
                    .findFirst()
                    .orElseThrow();
        }

        /**
         * What a level offers.
         *
         * @param level one of those that run
         * @param forBudgets requests that its budgets need to be judged
         * @param seed of everything random
         * @param deadline time after which everything in flight is cut off, if there is one
         */
        public LevelPlan plan(Level level, int forBudgets, long seed, Optional<Duration> deadline) {
            PlannedLevel it = at(level);
            return new LevelPlan(level, it.load().seeded(seed), volume.limits(it, forBudgets, deadline));
        }
    }

    /**
     * One level.
     *
     * @param level by whose name it is reported
     * @param load that it offers
     * @param length of its window, where it has its own
     */
    public record PlannedLevel(Level level, OfferedLoad load, Optional<Duration> length) {
        /** A level by the usual name of its load, as long as the others. */
        PlannedLevel(OfferedLoad load) {
            this(load.level(), load, Optional.empty());
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
     */
    public record Volume(
            int requests, int requestsPerUser, Optional<Duration> duration, Duration maxDuration, int repeat) {
        // A level's own length is on top of maxDuration; where time ends it, no number of requests does.
        private LevelLimits limits(PlannedLevel level, int forBudgets, Optional<Duration> deadline) {
            Optional<Duration> window = level.length().or(() -> duration);
            double least = level.load().leastRequests(requestsPerUser);
            int open =
                    window.isPresent() ? 0 : Math.max((int) Math.min(Integer.MAX_VALUE, Math.ceil(least)), forBudgets);
            return new LevelLimits(
                    requests > 0 ? requests : open,
                    window,
                    maxDuration.plus(level.length().orElse(Duration.ZERO)),
                    deadline);
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
