package dev.llmload.metric.check;

import dev.llmload.metric.CheckText;
import dev.llmload.result.Bias;
import dev.llmload.result.Metric;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Window;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.text.CountText;

/**
 * Whether the load was what the level claims. Broken in a closed loop when fewer than 90 % of the users were in session
 * (in flight, or being connected for) in the window that the numbers come from, or when that window never opened; in an open
 * loop when more than 5 % of the requests left more than 10 ms after their scheduled instant, although nothing but the client
 * held them back.
 */
final class LoadWasClaimed implements Check {
    static final String NAME = "load was what it claims";

    @Override
    public ValidityCheck judge(Evidence evidence) {
        return evidence.measurement().level().isOpen() ? ofSchedule(evidence) : ofUsers(evidence);
    }

    private static ValidityCheck ofSchedule(Evidence evidence) {
        if (!evidence.measurement().windowOpened()) {
            return broken("the window never opened, because the level was over within its lead-in");
        }
        ClientLimits limits = ClientLimits.inForce();
        long own = 0;
        long late = 0;
        for (RequestRecord record : evidence.sample().requests()) {
            if (record.flags().held() || record.times().sent() == RequestRecord.ABSENT) {
                continue; // the endpoint's doing, not the client's
            }
            own++;
            late += lateness(record) > limits.lateNanos() ? 1 : 0;
        }
        String rate = AchievedRate.inWords(evidence);
        if (own == 0) {
            return Check.ok(NAME, "every request waited for its turn" + rate);
        }
        double share = (double) late / own;
        String detail = CheckText.percent(share, 100 * limits.lateShare()) + " of " + CountText.of(own, "request")
                + " left more than 10 ms after their instant for no reason of the endpoint's";
        return share <= limits.lateShare()
                ? Check.ok(NAME, detail + rate)
                : broken(detail + ", which is above 5 %" + rate);
    }

    // What it took to connect is the network's.
    private static long lateness(RequestRecord record) {
        long connect = record.times().connect();
        return record.times().sent() - record.times().scheduled() - Math.max(0, connect);
    }

    private static ValidityCheck ofUsers(Evidence evidence) {
        int target = evidence.measurement().claim().users();
        double least = ClientLimits.inForce().inSession();
        double inSession = evidence.sums().inSessionMean();
        String numbers = Double.isNaN(inSession)
                ? "the run had no length"
                : CheckText.number(inSession) + " of " + CountText.of(target, "user") + " in session on average ("
                        + CheckText.percent(inSession / target, 100 * least) + ") "
                        + (evidence.sample().window().kind() == Window.Kind.STEADY
                                ? "in the steady window"
                                : "over the whole run");
        if (!evidence.measurement().windowOpened()) {
            return broken("the window never opened, because not every user finished a request in time; " + numbers);
        }
        if (Double.isNaN(inSession)) {
            return broken(numbers);
        }
        return inSession >= least * target ? Check.ok(NAME, numbers) : broken(numbers + ", which is below 90 %");
    }

    // Less load than claimed: shorter latencies, so faster answers, but less work done in the time.
    private static ValidityCheck broken(String detail) {
        Biases biases = new Biases()
                .latencies(Bias.DOWN)
                .speeds(Bias.UP)
                .throughput(Bias.DOWN)
                .goodput(Bias.UNKNOWN)
                .set(Bias.UP, Metric.GOOD_FRACTION);
        return Check.broken(NAME, detail, biases.toMap());
    }
}
