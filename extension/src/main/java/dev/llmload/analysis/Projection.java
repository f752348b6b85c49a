package dev.llmload.analysis;

import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What an endpoint does in an hour and in a day if it is kept at one level. Several GPUs, or several replicas, are taken to
 * do so many times as much: that is an assumption to be tested. Immutable.
 *
 * @param level which level
 * @param requestsPerSecond completed successes
 * @param tokensPerSecond input and output, NaN if unknown
 * @param plan what the GPUs cost, if it is known
 */
public record Projection(Level level, double requestsPerSecond, double tokensPerSecond, Optional<CostPlan> plan) {
    private static final double HOUR = 3600;
    private static final double DAY = 24 * HOUR;

    /**
     * At a level.
     *
     * @param result of it
     * @param plan what the GPUs cost, if it is known
     * @return empty if no request rate was measured
     */
    public static Optional<Projection> of(LoadResult result, Optional<CostPlan> plan) {
        return result.requestRate().isPresent() && result.requestRate().value() > 0
                ? Optional.of(new Projection(
                        result.level(), result.requestRate().value(), CostPlan.tokensPerSecond(result), plan))
                : Optional.empty();
    }

    /** Requests in an hour. */
    public double requestsPerHour() {
        return requestsPerSecond * HOUR;
    }

    /** Requests in a day. */
    public double requestsPerDay() {
        return requestsPerSecond * DAY;
    }

    /** Input and output tokens in an hour; NaN if unknown. */
    public double tokensPerHour() {
        return tokensPerSecond * HOUR;
    }

    /** Input and output tokens in a day; NaN if unknown. */
    public double tokensPerDay() {
        return tokensPerSecond * DAY;
    }

    /** Hours that the whole data set takes, if the plan has one. */
    public OptionalDouble datasetHours() {
        return plan.isPresent() && plan.get().dataset() > 0
                ? OptionalDouble.of(plan.get().dataset() / requestsPerHour())
                : OptionalDouble.empty();
    }

    /**
     * GPUs that the demand of the plan needs, in whole replicas.
     *
     * @param load share of this level's rate that each replica is run at, above 0 and at most 1
     * @return empty if there is no demand, or its tokens are unknown here
     */
    public OptionalLong gpusFor(double load) {
        Optional<Demand> demand = plan.flatMap(CostPlan::demand);
        double each = demand.isPresent() && demand.get().tokens() ? tokensPerSecond : requestsPerSecond;
        if (demand.isEmpty() || !(each > 0)) {
            return OptionalLong.empty();
        }
        // A demand that is met to within rounding needs no further replica.
        double replicas = Math.ceil(demand.get().perSecond() / (each * load) - 1e-9);
        return OptionalLong.of((long) Math.max(1, replicas) * plan.get().gpus());
    }

    /**
     * What so many GPUs cost in a day, whether they work or not.
     *
     * @param gpus how many
     * @return $; NaN without a plan
     */
    public double costPerDay(long gpus) {
        return plan.isPresent() ? plan.get().gpuRatePerHour() * gpus * 24 : Double.NaN;
    }
}
