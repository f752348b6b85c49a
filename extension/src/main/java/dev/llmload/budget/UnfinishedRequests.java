package dev.llmload.budget;

import dev.llmload.result.Bias;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.measured.Values;
import dev.llmload.result.text.CountText;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Requests that a deadline or a stop cut off. They are in no rate, and up to 1 % of them decide nothing. Beyond that the
 * sample lacks its slow end.
 */
final class UnfinishedRequests {
    /** The validity check that is about them. */
    static final String CHECK = "nothing was cut";

    private UnfinishedRequests() {}

    static boolean tooMany(LoadResult result) {
        return tooMany(result.requests());
    }

    static boolean tooMany(RequestCounts requests) {
        return requests.cut() * 100 > requests.attempted();
    }

    static String detail(RequestCounts requests) {
        return requests.cut() + " of " + CountText.of(requests.attempted(), "request") + " were cut off, more than 1 %";
    }

    /**
     * Why a verdict, PASS or FAIL, might have been another one had all of them ended; empty if it would not. Of a percentile
     * that is tried: they all take the best rank, then the worst.
     */
    static Optional<String> doubt(LoadResult result, BudgetOutcome outcome) {
        BudgetRule budget = outcome.budget();
        Metric metric = budget.metric();
        boolean ranked = metric.isDistribution()
                && metric != Metric.ITL // of which nobody knows how many gaps there would have been
                && budget.statistic().kind() != Statistic.Kind.MEAN
                && !budget.ofBaseline();
        boolean tips = ranked
                ? ranksTip(result, outcome)
                : bias(metric)
                        .filter(bias -> InconclusiveRule.couldTip(bias, outcome))
                        .isPresent();
        return tips ? Optional.of(detail(result.requests())) : Optional.empty();
    }

    private static boolean ranksTip(LoadResult result, BudgetOutcome outcome) {
        Metric metric = outcome.budget().metric();
        Values values = Values.of(result.distribution(metric));
        long cut = result.requests().cut();
        return Stream.of(values.withFailed(cut), values.withBest(metric, cut))
                .map(all -> DistributionJudge.judge(result.requests(), outcome.budget(), all)
                        .verdict())
                .anyMatch(verdict -> verdict != outcome.verdict());
    }

    /** Which way too many of them move what has no rank; empty if not, or if its judge counts them itself. */
    static Optional<Bias> bias(Metric metric) {
        return switch (metric) {
            case SUCCESS_RATE, GPU_UTIL, POWER, ENERGY, GPU_MEMORY, GPU_TEMPERATURE -> Optional.empty();
            case GOOD_FRACTION, CACHED_SHARE, MBU -> Optional.of(Bias.UNKNOWN);
            case REQUEST_SPEED, OUTPUT_SPEED, JOULES_PER_TOKEN, COST_PER_MILLION, COST_PER_MILLION_GOOD ->
                Optional.of(Bias.UP);
            default -> Optional.of(Bias.DOWN);
        };
    }
}
