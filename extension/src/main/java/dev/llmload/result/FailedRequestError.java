package dev.llmload.result;

import dev.llmload.result.text.CountText;
import org.apiguardian.api.API;

/**
 * A statistic was read that falls on a failed request, so that there is no value to return. An {@link AssertionError},
 * because it says that the endpoint was not good enough, as a broken budget does: so many requests failed that the
 * statistic is worse than every value. The message says how many, and what to read instead.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class FailedRequestError extends AssertionError {
    private static final long serialVersionUID = 1L;

    FailedRequestError(Metric metric, String statistic, Distribution values) {
        super(metric.word() + " " + statistic + " falls on a failed request: " + values.failed() + " of "
                + CountText.of(values.count() + values.failed(), "request") + " failed, and a failed request ranks "
                + (metric.lowerIsBetter() ? "above every latency" : "below every speed")
                + "; ofSuccesses() reads the successes alone");
    }
}
