package dev.llmload.metric;

import dev.llmload.result.Metric;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.request.RequestRecord.Tokens;
import java.util.List;

/**
 * How far TPOT can be off because it is not known how many tokens the first event held: by (n−1)/(O−1) of a request, n its
 * tokens per event rounded up, O its streamed tokens. Of a level it is the nearest-rank median over the requests that
 * have a TPOT; 0 where the server counts the tokens of each event, or sends one by one.
 */
final class TpotBound {
    private TpotBound() {}

    static double of(List<RequestRecord> requests) {
        return Medians.of(requests, TpotBound::of).orElse(0);
    }

    private static double of(RequestRecord record) {
        return record.succeeded() && RequestValues.has(Metric.TPOT, record) ? of(record.tokens()) : Double.NaN;
    }

    private static double of(Tokens tokens) {
        if (tokens.firstEventKnown() || tokens.events() < 1) {
            return 0;
        }
        int perEvent = (tokens.streamed() + tokens.events() - 1) / tokens.events();
        return Math.max(0, perEvent - 1.0) / (tokens.streamed() - 1);
    }
}
