package dev.llmload.metric.check;

import dev.llmload.metric.CheckText;
import dev.llmload.result.Bias;
import dev.llmload.result.Metric;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Window;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.text.CountText;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether the server had to read each prompt, and had it in no cache. Broken when more than 5 % of the measured requests repeat a prompt of
 * this run (of this level, an earlier one or the warm-up) and the server does not say how much it took from its cache.
 */
final class PromptsWereFresh implements Check {
    static final String NAME = "prompts were fresh";

    private static final double MAX_REPEATED = 0.05;

    @Override
    public ValidityCheck judge(Evidence evidence) {
        Set<Long> seen = new HashSet<>(evidence.promptsBefore());
        boolean steady = evidence.sample().window().kind() == Window.Kind.STEADY;
        long measured = 0;
        long repeated = 0;
        for (RequestRecord record : evidence.level()) {
            boolean known = record.prompt() != RequestRecord.UNKNOWN;
            boolean repeats = known && !seen.add(record.prompt());
            if (!steady || record.phase() == Phase.WINDOW) {
                measured++;
                repeated += repeats ? 1 : 0;
            }
        }
        if (measured == 0) {
            return Check.notMeasured(NAME, "no request was attempted");
        }
        String share = repeated + " of " + CountText.of(measured, "measured request") + " ("
                + CheckText.percent((double) repeated / measured, 100 * MAX_REPEATED) + ") repeat a prompt of this run";
        if (repeated <= MAX_REPEATED * measured) {
            return Check.ok(NAME, share);
        }
        if (evidence.sample().tokens().cachedKnown()) {
            return Check.ok(
                    NAME,
                    share + "; the server says that "
                            + evidence.sample().tokens().cached() + " of "
                            + evidence.sample().tokens().prompt() + " prompt tokens came from its cache");
        }
        Biases biases = new Biases()
                .set(Bias.DOWN, Metric.TTFT, Metric.TTFO, Metric.E2E)
                .set(Bias.UP, Metric.REQUEST_SPEED, Metric.GOOD_FRACTION)
                .throughput(Bias.UP);
        return Check.broken(
                NAME,
                share + ", more than 5 %, and the server does not say how much of them came from its cache",
                biases.toMap());
    }
}
