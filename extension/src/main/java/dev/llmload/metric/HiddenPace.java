package dev.llmload.metric;

import dev.llmload.metric.check.PaceIsKnown;
import dev.llmload.result.Metric;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.request.RequestRecord.Tokens;
import java.util.List;

/**
 * By what factor TPOT may be too low, because the usage counts more tokens than events came and says nothing of reasoning:
 * all of the surplus may have been hidden before the first event. That takes time: where the first event came sooner than
 * half of what the surplus would have taken at the pace that was seen, several tokens shared an event instead. Answers of
 * three and more tokens an event are {@link PaceIsKnown}'s. Of a level it is the factor that a tenth of the requests with a
 * TPOT reach or exceed.
 */
final class HiddenPace {
    /** The end of an answer is counted and not sent, and some characters take several tokens; a tenth is few, too. */
    private static final int FEW_TOKENS = 2;

    private static final double SHARE = 0.9;

    private HiddenPace() {}

    /** At least 1. */
    static double factor(List<RequestRecord> requests) {
        double[] factors = requests.stream()
                .filter(record -> record.succeeded() && RequestValues.has(Metric.TPOT, record))
                .mapToDouble(HiddenPace::of)
                .sorted()
                .toArray();
        return factors.length == 0 ? 1 : factors[Math.min(factors.length - 1, (int) (SHARE * factors.length))];
    }

    private static double of(RequestRecord record) {
        Tokens tokens = record.tokens();
        int surplus = tokens.streamed() - tokens.events();
        boolean told = tokens.reasoning() != RequestRecord.UNKNOWN
                || tokens.firstEventKnown()
                || record.flags().counted();
        if (told
                || tokens.events() < 2
                || surplus <= FEW_TOKENS
                || 10L * tokens.streamed() < 11L * tokens.events()
                || PaceIsKnown.isUnknown(record)) {
            return 1;
        }
        double first =
                RequestRecord.between(record.times().sent(), record.times().firstToken());
        double seen = RequestRecord.between(
                record.times().firstToken(), record.times().lastToken());
        double surplusTook = surplus * seen / (tokens.events() - 1);
        return first < surplusTook / 2 ? 1 : (tokens.streamed() - 1.0) / (tokens.events() - 1);
    }
}
