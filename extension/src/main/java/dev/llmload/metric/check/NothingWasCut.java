package dev.llmload.metric.check;

import dev.llmload.metric.CheckText;
import dev.llmload.result.Bias;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.text.CountText;

/**
 * Whether the level ran to its end. Broken when a deadline or a stop cut off more than 1 % of the attempted requests:
 * nobody knows how those would have ended.
 */
final class NothingWasCut implements Check {
    static final String NAME = "nothing was cut";

    @Override
    public ValidityCheck judge(Evidence evidence) {
        RequestCounts counts = evidence.sample().counts();
        if (counts.attempted() == 0) {
            return Check.notMeasured(NAME, "no request was attempted");
        }
        String share = counts.cut() + " of " + CountText.of(counts.attempted(), "request") + " were cut off ("
                + CheckText.percent((double) counts.cut() / counts.attempted(), 1) + ")";
        return 100 * counts.cut() <= counts.attempted()
                ? Check.ok(NAME, share)
                : Check.broken(
                        NAME,
                        share + ", more than 1 %",
                        Biases.everything(Bias.UNKNOWN).toMap());
    }
}
