package dev.llmload.result;

import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What the levels of a load test came to together; injected into the last invocation, which compares them. Immutable and
 * safe for use by any thread.
 *
 * <p>A body that takes a {@code SweepResult} runs in that invocation alone, also after levels that failed. One that takes an
 * {@code Optional<LoadResult>} and an {@code Optional<SweepResult>} runs in all of them: at each level with the first, at the
 * end with the second. Only this library makes such results: new members may come with any version.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface SweepResult {
    /** The levels that were measured, in the order of running, whatever their verdict. */
    List<JudgedLevel> levels();

    /** The levels of which nothing was measured, in the order of declaration. */
    List<NotRun> notRun();

    /**
     * The measured level of that display name.
     *
     * @param name for example {@code 100 users}
     * @return empty if it was not measured, or there is none
     */
    default Optional<JudgedLevel> level(String name) {
        return levels().stream().filter(level -> level.name().equals(name)).findFirst();
    }

    /** The highest level at which all budgets hold and at least 99 % of the requests succeed; empty if none is. */
    Optional<JudgedLevel> capacity();

    /** Throughput per user of the last level relative to the first, a fraction. */
    Quantity scalingEfficiency();

    /** What the budgets on all levels together came to: those on {@code capacity} and {@code scaling_efficiency}. */
    List<JudgedBudget> budgets();

    /** The curve of throughput over users; empty where the levels determine none, see {@link #whyNoFit()}. */
    Optional<Saturation> fit();

    /** Why there is no curve; empty if there is one. */
    String whyNoFit();

    /** What the GPUs cost, where a price is declared. */
    Optional<Cost> cost();

    /**
     * A level of which nothing was measured.
     *
     * @param level its display name
     * @param reason why; empty where it was not reached or not selected
     */
    record NotRun(String level, String reason) {}

    /**
     * Throughput over users as {@code T(u) = vmax · u / (k + u)}, fitted by least squares. Intervals are profile intervals of
     * 95 %.
     *
     * @param vmax where throughput levels off, tok/s
     * @param vmax95 its interval; without an upper end where the levels do not bound it
     * @param k the users at which throughput is half of that
     * @param k95 its interval; without an upper end where the levels do not bound it
     * @param rSquared share of the variance between levels that the curve explains, at most 1
     * @param degreesOfFreedom levels − 2
     * @param indicative whether there are too few levels to take it for more than an indication
     */
    record Saturation(
            double vmax,
            Interval vmax95,
            double k,
            Interval k95,
            double rSquared,
            int degreesOfFreedom,
            boolean indicative) {
        /**
         * The curve.
         *
         * @param users at least 0
         * @return tok/s
         */
        public double throughputAt(double users) {
            return vmax * users / (k + users);
        }
    }

    /**
     * What the GPUs cost. What a million tokens cost at a level is {@link LoadResult#costPerMillion()}.
     *
     * @param gpuRatePerHour price of one GPU for an hour, $
     * @param gpus how many serve the endpoint
     * @param spent price of all GPUs for all measured levels, from first request to last, $
     * @param cheapest the level at which a million tokens cost the least; empty where no level's tokens are known
     */
    record Cost(double gpuRatePerHour, int gpus, double spent, Optional<JudgedLevel> cheapest) {}
}
