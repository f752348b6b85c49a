package dev.llmload.analysis;

import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import java.util.Optional;

/**
 * What the GPUs behind an endpoint cost, and what is to be done with them. Immutable.
 *
 * <p>A million tokens cost GPUs × rate per hour × hours / tokens × 10^6. Tokens are input and output of the successes with
 * usage; all time counts, also that in which the GPUs waited for requests. Both are taken from the level's window: what
 * they come to is what an hour of this load costs, without the ramp before it.
 *
 * @param gpuRatePerHour price of one GPU for an hour, $, above 0
 * @param gpus how many GPUs serve the endpoint, at least 1
 * @param demand how much work there is, if it is known
 * @param dataset how many requests a whole data set is, 0 for none
 */
public record CostPlan(double gpuRatePerHour, int gpus, Optional<Demand> demand, long dataset) {
    private static final double HOUR = 3600;
    private static final double MILLION = 1e6;

    /** Price of all the GPUs for a second, $. */
    private double perSecond() {
        return gpuRatePerHour * gpus / HOUR;
    }

    /**
     * Price of all the GPUs for some time.
     *
     * @param seconds at least 0
     * @return $
     */
    public double of(double seconds) {
        return perSecond() * seconds;
    }

    /**
     * What a million tokens of a level cost.
     *
     * @param result of the level
     * @return $, or the reason why it is not known
     */
    public Quantity perMillion(LoadResult result) {
        double rate = tokensPerSecond(result);
        if (rate > 0) {
            return Quantity.of(Metric.COST_PER_MILLION, perSecond() / rate * MILLION);
        }
        String reason = result.throughput().absentReason();
        return Quantity.absent(Metric.COST_PER_MILLION, reason.isEmpty() ? "no tokens were counted" : reason);
    }

    /**
     * What a million tokens of good answers cost: the GPUs are paid for all of them.
     *
     * @param result of the level
     * @return $, or the reason why it is not known
     */
    public Quantity perMillionGood(LoadResult result) {
        Quantity rate = result.quantity(Metric.TOKEN_GOODPUT);
        if (rate.isPresent() && rate.value() > 0) {
            return Quantity.of(Metric.COST_PER_MILLION_GOOD, perSecond() / rate.value() * MILLION);
        }
        return Quantity.absent(
                Metric.COST_PER_MILLION_GOOD, rate.isPresent() ? "no token was of a good answer" : rate.absentReason());
    }

    /**
     * Input and output tokens per second of the window, successes with usage.
     *
     * @param result of a level
     * @return tok/s, NaN if it is not known
     */
    public static double tokensPerSecond(LoadResult result) {
        if (!result.throughput().isPresent()
                || !result.requestRate().isPresent()
                || result.requests().succeeded() == 0) {
            return Double.NaN;
        }
        double input = (double) result.tokens().prompt() / result.requests().succeeded();
        return result.throughput().value() + input * result.requestRate().value();
    }

    /**
     * What the GPUs of a level cost from its first request to its last.
     *
     * @param result of a level that has a {@link Metric#COST_PER_MILLION}
     * @return $
     */
    public static double ofWholeRun(LoadResult result) {
        double seconds = result.window().wholeRun().toNanos() / 1e9;
        return result.costPerMillion().value() / MILLION * tokensPerSecond(result) * seconds;
    }
}
