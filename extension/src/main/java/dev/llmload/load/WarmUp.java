package dev.llmload.load;

import dev.llmload.result.request.RequestRecord;
import java.time.Duration;
import java.util.List;

/**
 * What the warm-up against the endpoint came to.
 *
 * @param attempted requests attempted
 * @param succeeded of those, the successes
 * @param meanE2e mean time from sent to last token of the successes after each user's first, or of all if there are no
 *     others; zero if none succeeded
 * @param tokensPerSecond output tokens of the successes per second of the warm-up; token events where the server gave
 *     no usage
 * @param records one per request, in the order in which they ended
 */
public record WarmUp(
        int attempted, int succeeded, Duration meanE2e, double tokensPerSecond, List<RequestRecord> records) {
    /** Copies the records. */
    public WarmUp {
        records = List.copyOf(records);
    }
}
