package dev.llmload.metric.check;

import dev.llmload.metric.CheckText;
import dev.llmload.metric.Medians;
import dev.llmload.metric.RequestValues;
import dev.llmload.metric.Sample;
import dev.llmload.result.Bias;
import dev.llmload.result.Metric;
import dev.llmload.result.RequestRecord;
import dev.llmload.result.ValidityCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Whether the client itself was too slow. Broken when a loop's utilisation is above 60 %, when the loop delay p99 is
 * above 10 ms and above 5 % of the TTFT median, or when the process stood still for more than 5 % of the window.
 */
final class ClientKeepsUp implements Check {
    static final String NAME = "client keeps up";

    @Override
    public ValidityCheck judge(Evidence evidence) {
        ClientHealth health =
                evidence.measurement().health().in(evidence.sample().window());
        if (!health.measured()) {
            return Check.notMeasured(
                    NAME, health.detail().isEmpty() ? "the client did not watch itself" : health.detail());
        }
        ClientLimits limits = ClientLimits.inForce();
        List<String> objections = objections(limits, health, ttftMedian(evidence.sample()));
        String numbers = "loop delay p99 " + CheckText.number(health.loopDelayP99Nanos() / 1e6, limits.delayNanos() / 1e6)
                + " ms, utilisation "
                + CheckText.percent(health.worstLoopUtilisation(), 100 * limits.utilisation()) + ", stood still "
                + CheckText.percent(health.stoppedShare(), 100 * limits.stoppedShare()) + " of the window"
                + (health.detail().isEmpty() ? "" : "; " + health.detail());
        if (objections.isEmpty()) {
            return Check.ok(NAME, numbers);
        }
        Biases biases = new Biases()
                .latencies(Bias.UP)
                .speeds(Bias.DOWN)
                .throughput(Bias.DOWN)
                .set(Bias.DOWN, Metric.GOOD_FRACTION);
        return Check.broken(NAME, String.join("; ", objections) + " (" + numbers + ")", biases.toMap());
    }

    private static List<String> objections(ClientLimits limits, ClientHealth health, OptionalDouble ttft) {
        List<String> objections = new ArrayList<>();
        if (health.worstLoopUtilisation() > limits.utilisation()) {
            objections.add("an event loop was busy for more than 60 % of the window");
        }
        long delay = health.loopDelayP99Nanos();
        boolean matters = ttft.isEmpty() || delay > limits.delayOfTtft() * ttft.getAsDouble();
        if (delay > limits.delayNanos() && matters) {
            objections.add("the loop delay p99 is above 10 ms"
                    + (ttft.isEmpty()
                            ? ""
                            : " and above 5 % of the TTFT median of " + CheckText.millis(ttft.getAsDouble())));
        }
        if (health.stoppedShare() > limits.stoppedShare()) {
            objections.add("the process stood still for more than 5 % of the window");
        }
        return objections;
    }

    private static OptionalDouble ttftMedian(Sample sample) {
        return Medians.of(sample.successes(), (RequestRecord record) -> RequestValues.of(Metric.SERVICE_TTFT, record));
    }
}
