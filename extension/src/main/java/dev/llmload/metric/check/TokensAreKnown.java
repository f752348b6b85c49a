package dev.llmload.metric.check;

import dev.llmload.metric.CheckText;
import dev.llmload.metric.UsageNotes;
import dev.llmload.result.Bias;
import dev.llmload.result.Metric;
import dev.llmload.result.TokenCounts;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.text.CountText;

/** Whether the server counted its tokens. Broken when more than 1 % of the successes came without usage. */
final class TokensAreKnown implements Check {
    static final String NAME = "tokens are known";

    private static final double MAX_WITHOUT = 0.01;

    @Override
    public ValidityCheck judge(Evidence evidence) {
        long succeeded = evidence.sample().counts().succeeded();
        TokenCounts tokens = evidence.sample().tokens();
        if (succeeded == 0) {
            return Check.notMeasured(NAME, "no request succeeded");
        }
        long without = succeeded - tokens.withUsage();
        String share = without + " of " + CountText.of(succeeded, "successful request") + " came without usage ("
                + CheckText.percent((double) without / succeeded, 100 * MAX_WITHOUT) + ")";
        if (without > MAX_WITHOUT * succeeded) {
            Biases biases = new Biases()
                    .throughput(Bias.DOWN)
                    .counted(Bias.UNKNOWN)
                    .set(Bias.UNKNOWN, Metric.MBU, Metric.GOOD_FRACTION, Metric.CACHED_SHARE)
                    .goodput(Bias.UNKNOWN)
                    .without(Metric.REQUEST_RATE);
            return Check.broken(NAME, share + UsageNotes.why(evidence.sample().successes()), biases.toMap());
        }
        return tokens.counted()
                ? Check.warning(NAME, "token events were counted as tokens, as asked; a server may put several in one")
                : Check.ok(NAME, share);
    }
}
