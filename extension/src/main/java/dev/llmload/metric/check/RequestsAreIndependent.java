package dev.llmload.metric.check;

import dev.llmload.metric.CheckText;
import dev.llmload.metric.Medians;
import dev.llmload.metric.RequestValues;
import dev.llmload.result.Metric;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Window;
import dev.llmload.result.request.RequestRecord;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Whether the users of a closed loop run in lockstep: answers of one length make all of them wait for their first token together
 * and stream together, so that throughput rises and falls with the period of one request. Looked for as the share of the
 * window's tokens that swings with that period (the Fourier component of the token rate, each answer spread evenly from its
 * first token to its last), where the phases of the users agree better than chance lets them (Rayleigh's test, 1 in 1000). A
 * warning: the measurement is right, and no load of many independent users.
 */
final class RequestsAreIndependent implements Check {
    static final String NAME = "requests are independent";

    private static final double SWING = 0.15;
    private static final int FEWEST_USERS = 8;
    private static final int FEWEST_PERIODS = 4;
    private static final double ONE_IN_1000 = Math.log(1000);
    /** The period is known to a twentieth: the median of the requests stands for all. */
    private static final double PERIOD_WITHIN = 0.05;

    private static final int STEPS = 10;

    @Override
    public ValidityCheck judge(Evidence evidence) {
        int users = evidence.measurement().claim().users();
        List<RequestRecord> successes = evidence.sample().successes();
        OptionalDouble period = Medians.of(successes, RequestsAreIndependent::cycle);
        Window window = evidence.sample().window();
        double length = window.closeNanos() - window.openNanos();
        if (users < FEWEST_USERS || period.isEmpty() || length < FEWEST_PERIODS * period.getAsDouble()) {
            return Check.ok(NAME, "fewer than " + FEWEST_USERS + " users or " + FEWEST_PERIODS + " rounds do not tell");
        }
        Swing most = new Swing(0, 0, period.getAsDouble());
        for (int step = -STEPS; step <= STEPS; step++) {
            double tried = period.getAsDouble() * (1 + PERIOD_WITHIN * step / STEPS);
            Swing swing = swing(evidence, window, tried);
            most = swing.ofTokens() > most.ofTokens() ? swing : most;
        }
        boolean inStep = most.ofTokens() > SWING && users * most.ofPhases() * most.ofPhases() > ONE_IN_1000;
        String numbers = "throughput swings by ±" + CheckText.percent(most.ofTokens()) + " with the "
                + CheckText.number(most.period() / 1e9) + " s of one request";
        return inStep
                ? Check.warning(
                        NAME,
                        numbers
                                + ": the users run in lockstep; spread the lengths of the answers (prompts with output lengths"
                                + " of their own), or let users think for times that differ (`thinkTime`)")
                : Check.ok(NAME, numbers);
    }

    private record Swing(double ofTokens, double ofPhases, double period) {}

    private static double cycle(RequestRecord record) {
        return RequestValues.of(Metric.SERVICE_E2E, record) + record.flags().thinkNanos();
    }

    // Over a whole number of periods, so that a constant rate has no component.
    private static Swing swing(Evidence evidence, Window window, double period) {
        double turn = 2 * Math.PI / period;
        double to = Math.floor((window.closeNanos() - window.openNanos()) / period) * period;
        double tokens = 0;
        Sum swing = new Sum();
        Sum phases = new Sum();
        int sent = 0;
        for (RequestRecord record : evidence.level()) {
            double at = record.times().sent() - window.openNanos();
            if (record.succeeded() && at >= 0 && at < to) {
                phases.add(Math.cos(turn * at), Math.sin(turn * at));
                sent++;
            }
            if (!record.succeeded()) {
                continue;
            }
            double first = record.times().firstToken() - window.openNanos();
            double last = Math.max(first + 1, record.times().lastToken() - window.openNanos());
            double begin = Math.max(0, first);
            double end = Math.min(to, last);
            if (begin < end) {
                double rate = record.tokens().events() / (last - first);
                tokens += rate * (end - begin);
                swing.add(
                        rate * (Math.sin(turn * end) - Math.sin(turn * begin)) / turn,
                        rate * (Math.cos(turn * begin) - Math.cos(turn * end)) / turn);
            }
        }
        return tokens == 0 || sent == 0
                ? new Swing(0, 0, period)
                : new Swing(2 * swing.size() / tokens, phases.size() / sent, period);
    }

    private static final class Sum {
        private double x;
        private double y;

        void add(double moreX, double moreY) {
            x += moreX;
            y += moreY;
        }

        double size() {
            return Math.hypot(x, y);
        }
    }
}
