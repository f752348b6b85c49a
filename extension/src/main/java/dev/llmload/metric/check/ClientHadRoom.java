package dev.llmload.metric.check;

import dev.llmload.metric.CheckText;
import dev.llmload.result.Bias;
import dev.llmload.result.Metric;
import dev.llmload.result.Outcome;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.text.CountText;

/**
 * Whether this machine could make the connections that the load needs. Broken as soon as it could not make one: such a
 * request ranks among the failures, but the endpoint never saw it. How far that moves the success rate is counted where
 * that is judged; the load was lower than declared, so beyond 1 % every other value may have moved either way.
 */
final class ClientHadRoom implements Check {
    static final String NAME = "client had room";

    @Override
    public ValidityCheck judge(Evidence evidence) {
        RequestCounts counts = evidence.sample().counts();
        long unsent = counts.failures().getOrDefault(Outcome.CLIENT_LIMIT, 0L);
        if (unsent == 0) {
            return Check.ok(NAME, "this machine made every connection that the load asked for");
        }
        String detail = unsent + " of " + CountText.of(counts.attempted(), "request") + " could not be sent from here ("
                + CheckText.percent((double) unsent / counts.attempted(), 1) + "): " + first(evidence);
        boolean many = 100 * unsent > counts.attempted();
        Biases biases = many
                ? Biases.everything(Bias.UNKNOWN)
                : new Biases()
                        .latencies(Bias.UP)
                        .speeds(Bias.DOWN)
                        .throughput(Bias.DOWN)
                        .set(Bias.DOWN, Metric.GOOD_FRACTION);
        return Check.broken(NAME, detail, biases.without(Metric.SUCCESS_RATE).toMap());
    }

    private static String first(Evidence evidence) {
        return evidence.sample().requests().stream()
                .filter(request -> request.outcome() == Outcome.CLIENT_LIMIT)
                .map(RequestRecord::error)
                .findFirst()
                .orElse("a limit of this machine");
    }
}
