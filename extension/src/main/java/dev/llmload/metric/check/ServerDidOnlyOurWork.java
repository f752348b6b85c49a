package dev.llmload.metric.check;

import dev.llmload.result.Bias;
import dev.llmload.result.Metric;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.text.CountText;

/**
 * Whether the server worked for nobody else meanwhile. Broken when its own counters, from before the level's first request
 * until after its last, show more than was sent by more than 1 % and more than two requests; in tokens, by more than what
 * two requests, and those whose tokens are not known, may have come to. Less is a warning: other replicas did the rest.
 */
final class ServerDidOnlyOurWork implements Check {
    static final String NAME = "the server did only our work";

    private static final double SHARE = 0.01;
    private static final int REQUESTS = 2;

    @Override
    public ValidityCheck judge(Evidence evidence) {
        ServerWork theirs = evidence.measurement().serverWork();
        if (!theirs.reason().isEmpty()) {
            return Check.notMeasured(NAME, theirs.reason());
        }
        if (!theirs.restart().isEmpty()) {
            return Check.warning(NAME, theirs.restart());
        }
        OwnWork ours = OwnWork.of(evidence);
        String detail = theirs.engine() + " counts " + counts(theirs, ours)
                + (theirs.doubt().isEmpty() ? "" : "; " + theirs.doubt());
        double requests = theirs.requests().orElse(ours.sent());
        double tokens = theirs.outputTokens().orElse(ours.outputTokens());
        double inRequests = Math.max(SHARE * ours.sent(), REQUESTS);
        // Whether the end of an answer is counted as a token differs from server to server.
        double inTokens = ours.sent()
                + Math.max(SHARE * ours.outputTokens(), (double) REQUESTS * ours.largest())
                + (double) ours.unknown() * ours.largest();
        boolean more = requests - ours.sent() > inRequests;
        boolean moreTokens = ours.largest() > 0 && tokens - ours.outputTokens() > inTokens;
        if (more || moreTokens) {
            return Check.broken(
                    NAME,
                    detail + "; somebody else used the server: run again when nobody does",
                    new Biases()
                            .throughput(Bias.DOWN)
                            .set(Bias.UP, Metric.ENERGY, Metric.POWER)
                            .toMap());
        }
        boolean less = ours.succeeded() - requests > inRequests || ours.outputTokens() - tokens > inTokens;
        return less ? Check.warning(NAME, detail + "; the rest went to other replicas") : Check.ok(NAME, detail);
    }

    private static String counts(ServerWork theirs, OwnWork ours) {
        String requests = theirs.requests().isPresent()
                ? CountText.of((long) theirs.requests().getAsDouble(), "request") + " where " + ours.sent()
                        + " were sent"
                : "";
        String tokens = theirs.outputTokens().isPresent()
                ? CountText.of((long) theirs.outputTokens().getAsDouble(), "output token") + " where "
                        + (long) ours.outputTokens() + " were received"
                : "";
        return requests + (requests.isEmpty() || tokens.isEmpty() ? "" : ", ") + tokens;
    }
}
