package dev.llmload.budget;

import dev.llmload.result.LoadResult;
import dev.llmload.result.Outcome;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.text.CountText;

/**
 * Requests that a limit of the client's own machine kept from being sent. They are among the failures, but how the
 * endpoint would have answered them is not known: as with {@link UnfinishedRequests}, only a verdict that stands whatever their
 * end stands. Of these every single one counts.
 */
final class UnsentRequests {
    private UnsentRequests() {}

    static long of(RequestCounts requests) {
        return requests.failures().getOrDefault(Outcome.CLIENT_LIMIT, 0L);
    }

    /** More than 1 %: the load was not the one that was declared. */
    static boolean tooMany(LoadResult result) {
        return 100 * of(result.requests()) > result.requests().attempted();
    }

    static String detail(RequestCounts requests) {
        return of(requests) + " of " + CountText.of(requests.attempted(), "request")
                + " could not be sent, because of a limit of this machine (CLIENT_LIMIT)";
    }
}
