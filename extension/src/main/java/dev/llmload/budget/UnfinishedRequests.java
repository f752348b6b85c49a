package dev.llmload.budget;

import dev.llmload.result.Bias;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.RequestCounts;
import java.util.Optional;

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
        return requests.cut() + " of " + requests.attempted() + " requests were cut off, more than 1 %";
    }

    /** Which way too many of them move a metric; empty if not, or if its judge counts them itself. */
    static Optional<Bias> bias(Metric metric) {
        return switch (metric.kind()) {
            case LATENCY, TOKEN_RATE, REQUEST_RATE -> Optional.of(Bias.DOWN);
            case SPEED -> Optional.of(Bias.UP);
            default -> Optional.empty();
        };
    }
}
