package dev.llmload.metric.check;

import dev.llmload.metric.CheckText;
import dev.llmload.result.Bias;
import dev.llmload.result.Metric;
import dev.llmload.result.TokenCounts;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Window;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.text.CountText;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether the server had to read of each prompt what it was meant to read. Broken when more than 5 % of the measured
 * requests repeat a prompt of this run (of this level, an earlier one or the warm-up) and the server does not say how much
 * it took from its cache. Where prompts are meant to share their beginnings, also when the server took more than those, and
 * what this run repeated, from its cache, by more than 5 % of the prompt tokens.
 */
final class PromptsWereFresh implements Check {
    static final String NAME = "prompts were fresh";

    private static final double MAX_REPEATED = 0.05;

    @Override
    public ValidityCheck judge(Evidence evidence) {
        Seen seen = Seen.of(evidence);
        if (seen.measured == 0) {
            return Check.notMeasured(NAME, "no request was attempted");
        }
        String share = seen.repeated + " of " + CountText.of(seen.measured, "measured request") + " ("
                + CheckText.percent((double) seen.repeated / seen.measured, 100 * MAX_REPEATED)
                + ") repeat a prompt of this run";
        TokenCounts tokens = evidence.sample().tokens();
        if (seen.shared > 0) {
            share += "; " + CheckText.percent(seen.shared / seen.prompt)
                    + " of the prompt tokens were meant to be shared";
            if (tokens.cachedKnown()) {
                return ofSharing(share, tokens, seen);
            }
        }
        if (seen.repeated <= MAX_REPEATED * seen.measured) {
            return Check.ok(NAME, share);
        }
        if (tokens.cachedKnown()) {
            return Check.ok(
                    NAME,
                    share + "; the server says that " + tokens.cached() + " of " + tokens.prompt()
                            + " prompt tokens came from its cache");
        }
        return broken(share + ", more than 5 %, and the server does not say how much of them came from its cache");
    }

    private static ValidityCheck ofSharing(String share, TokenCounts tokens, Seen seen) {
        double cached = tokens.prompt() == 0 ? 0 : (double) tokens.cached() / tokens.prompt();
        double most = seen.mayBeCached / seen.prompt + MAX_REPEATED;
        String said = share + ", and " + CheckText.percent(cached, 100 * most) + " came from the server's cache";
        return cached <= most
                ? Check.ok(NAME, said)
                : broken(said + ": more than that and 5 %; it has seen these prompts before this run");
    }

    private static ValidityCheck broken(String detail) {
        Biases biases = new Biases()
                .set(Bias.DOWN, Metric.TTFT, Metric.TTFO, Metric.E2E)
                .set(Bias.UP, Metric.REQUEST_SPEED, Metric.GOOD_FRACTION, Metric.CACHED_SHARE)
                .throughput(Bias.UP);
        return Check.broken(NAME, detail, biases.toMap());
    }

    /**
     * What was sent in the sample.
     *
     * @param measured requests
     * @param repeated those whose prompt this run had sent before
     * @param prompt prompt tokens of the successes
     * @param shared those of them that were meant to be shared with other prompts
     * @param mayBeCached the shared ones, and all of a prompt that is repeated
     */
    private record Seen(long measured, long repeated, double prompt, double shared, double mayBeCached) {
        static Seen of(Evidence evidence) {
            Set<Long> seen = new HashSet<>(evidence.promptsBefore());
            boolean steady = evidence.sample().window().kind() == Window.Kind.STEADY;
            long measured = 0;
            long repeated = 0;
            double prompt = 0;
            double shared = 0;
            double mayBeCached = 0;
            for (RequestRecord record : evidence.level()) {
                boolean known = record.prompt() != RequestRecord.UNKNOWN;
                boolean repeats = known && !seen.add(record.prompt());
                if (steady && record.phase() != Phase.WINDOW) {
                    continue;
                }
                measured++;
                repeated += repeats ? 1 : 0;
                if (record.succeeded()) {
                    double tokens = Math.max(0, record.tokens().prompt());
                    double common = tokens * record.origin().shared();
                    prompt += tokens;
                    shared += common;
                    mayBeCached += repeats ? tokens : common;
                }
            }
            return new Seen(measured, repeated, prompt, shared, mayBeCached);
        }
    }
}
