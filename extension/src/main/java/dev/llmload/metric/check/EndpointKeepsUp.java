package dev.llmload.metric.check;

import dev.llmload.metric.CheckText;
import dev.llmload.metric.RequestValues;
import dev.llmload.result.Metric;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.request.RequestRecord;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Whether an open loop offers more than the endpoint can do: then the queue only grows, and every latency says how long the
 * run was rather than how fast the endpoint is. Looked for as a trend: the requests of the window are taken in ten batches
 * by their scheduled instant; both the mean time to first token of the batches and the number of requests in the system at
 * their ends must rise (Kendall's S of at least {@value #RISING} of 45, which chance does in 3 of 1000 runs for either), the
 * first of them to the double. A warning, because the measurement is right: the load is what is wrong.
 */
public final class EndpointKeepsUp implements Check {
    static final String NAME = "the endpoint keeps up";

    static final int RISING = 31;

    private static final int BATCHES = 10;
    private static final int FEWEST = 20;
    private static final double TWICE = 2;

    @Override
    public ValidityCheck judge(Evidence evidence) {
        if (!evidence.measurement().claim().steady()) {
            return Check.ok(NAME, "the load itself changes within the level, so that a trend does not tell");
        }
        List<RequestRecord> due = evidence.sample().requests().stream()
                .sorted(Comparator.comparingLong(record -> record.times().scheduled()))
                .toList();
        if (due.size() < FEWEST) {
            return Check.ok(NAME, "fewer than " + FEWEST + " requests do not tell");
        }
        double[] ttft = new double[BATCHES];
        double[] inSystem = new double[BATCHES];
        for (int i = 0; i < BATCHES; i++) {
            List<RequestRecord> batch = due.subList(i * due.size() / BATCHES, (i + 1) * due.size() / BATCHES);
            ttft[i] = batch.stream()
                    .filter(RequestRecord::succeeded)
                    .mapToDouble(record -> RequestValues.of(Metric.TTFT, record))
                    .average()
                    .orElse(Double.NaN);
            inSystem[i] = inSystem(evidence, batch.get(batch.size() - 1).times().scheduled());
        }
        boolean grows = kendall(ttft) >= RISING
                && kendall(inSystem) >= RISING
                && ttft[BATCHES - 1] >= TWICE * ttft[0]
                && inSystem[BATCHES - 1] > inSystem[0] + 1;
        return grows
                ? new ValidityCheck(NAME, ValidityCheck.Status.WARNING, sentence(evidence, ttft, inSystem), Map.of())
                : Check.ok(NAME, "the queue does not only grow");
    }

    private static String sentence(Evidence evidence, double[] ttft, double[] inSystem) {
        double seconds = evidence.sample().window().seconds();
        return "OVER-SATURATED: " + evidence.measurement().level().name() + " came and "
                + CheckText.number(evidence.sums().completions() / seconds)
                + " a second were answered, so that the queue only grew: time to first token from "
                + CheckText.number(ttft[0] / 1e9) + " s to " + CheckText.number(ttft[BATCHES - 1] / 1e9)
                + " s over the window, requests waiting or in flight from " + Math.round(inSystem[0]) + " to "
                + Math.round(inSystem[BATCHES - 1])
                + "; these latencies say how long the run was, not how fast the endpoint is";
    }

    private static double inSystem(Evidence evidence, long instant) {
        return evidence.level().stream()
                .map(RequestRecord::times)
                .filter(times -> times.scheduled() - instant <= 0 && times.closed() - instant > 0)
                .count();
    }

    /** Kendall's S: pairs that rise less pairs that fall; pairs without a value count for neither. */
    public static int kendall(double[] values) {
        int sum = 0;
        for (int i = 0; i < values.length; i++) {
            for (double later : Arrays.copyOfRange(values, i + 1, values.length)) {
                sum += later > values[i] ? 1 : later < values[i] ? -1 : 0;
            }
        }
        return sum;
    }
}
