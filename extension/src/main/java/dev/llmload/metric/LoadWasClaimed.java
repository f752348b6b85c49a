package dev.llmload.metric;

import dev.llmload.result.Bias;
import dev.llmload.result.Metric;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Window;

/**
 * Whether the load was what the level claims. Broken in a closed loop when fewer than 90 % of the users were in session
 * (in flight, or being connected for) in the window that the numbers come from, or when that window never opened.
 */
final class LoadWasClaimed implements Check {
    static final String NAME = "load was what it claims";

    private static final double MIN_SHARE = 0.90;

    @Override
    public ValidityCheck judge(Evidence evidence) {
        int target = evidence.measurement().targetInFlight();
        double inSession = evidence.sums().inSessionMean();
        String numbers = Double.isNaN(inSession)
                ? "the run had no length"
                : Words.number(inSession) + " of " + Words.count(target, "user") + " in session on average ("
                        + Words.percent(inSession / target, 100 * MIN_SHARE) + ") "
                        + (evidence.sample().window().kind() == Window.Kind.STEADY
                                ? "in the steady window"
                                : "over the whole run");
        if (!evidence.measurement().windowOpened()) {
            return broken("the window never opened, because not every user finished a request in time; " + numbers);
        }
        if (Double.isNaN(inSession)) {
            return broken(numbers);
        }
        return inSession >= MIN_SHARE * target ? Check.ok(NAME, numbers) : broken(numbers + ", which is below 90 %");
    }

    // Less load than claimed: shorter latencies, so faster answers, but less work done in the time.
    private static ValidityCheck broken(String detail) {
        Biases biases = new Biases()
                .latencies(Bias.DOWN)
                .speeds(Bias.UP)
                .throughput(Bias.DOWN)
                .set(Bias.UNKNOWN, Metric.GOODPUT)
                .set(Bias.UP, Metric.GOOD_FRACTION);
        return Check.broken(NAME, detail, biases.toMap());
    }
}
