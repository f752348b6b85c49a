package dev.llmload.metric.check;

import dev.llmload.metric.CheckText;
import dev.llmload.result.ValidityCheck;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the client itself was too slow. Only a warning: what its slowness can have tipped is decided value by value, by the
 * bounds on its lateness. A run is dirty when more than a fifth of a latency that it states may be the client's own, and
 * more than 2 ms of it, or when more than 5 % of the users' time may be. Up to 1 ms is what an idle loop's bound comes to by
 * itself. Lateness that moves no number is none: where a simulator shares the processors with the client, most arrivals wait
 * some milliseconds for one, and no percentile tells.
 */
final class ClientKeepsUp implements Check {
    static final String NAME = "client keeps up";

    /** A thread that waits longer than this share of the time for a processor has a busy host. */
    private static final double BUSY_HOST = 0.05;

    @Override
    public ValidityCheck judge(Evidence evidence) {
        ClientHealth health =
                evidence.measurement().health().in(evidence.sample().window());
        if (!health.measured()) {
            return Check.notMeasured(
                    NAME, health.detail().isEmpty() ? "the client did not watch itself" : health.detail());
        }
        ClientLimits limits = ClientLimits.inForce();
        String numbers = numbers(health);
        List<String> objections = objections(limits, evidence);
        return objections.isEmpty()
                ? Check.ok(NAME, numbers)
                : Check.warning(NAME, String.join("; ", objections) + ": " + cause(health) + " (" + numbers + ")");
    }

    private static List<String> objections(ClientLimits limits, Evidence evidence) {
        List<String> objections = new ArrayList<>();
        OwnPart.largest(evidence)
                .filter(part -> part.share() > limits.ownShare() && part.own() > limits.ownNanos())
                .ifPresent(part -> objections.add(part.inWords()));
        double time = evidence.error().clientShare();
        if (time > limits.ownTime()) {
            objections.add("up to " + CheckText.percent(time, 100 * limits.ownTime())
                    + " of the users' time may be the client's own");
        }
        return objections;
    }

    private static String cause(ClientHealth health) {
        return health.queuedShare() > BUSY_HOST
                ? "the host was busy with other work; give the load a machine of its own, or more cores"
                : "the client was busy; give it more cores, more event loops (`llmload.load.loops`), a larger heap or"
                        + " a smaller young generation, or spread the load over workers";
    }

    private static String numbers(ClientHealth health) {
        return "loop delay p99 " + CheckText.number(health.loopDelayP99Nanos() / 1e6) + " ms, utilisation "
                + CheckText.percent(health.worstLoopUtilisation()) + ", stood still "
                + CheckText.percent(health.stoppedShare())
                + (health.queuedShare() >= 0
                        ? ", waited for a processor " + CheckText.percent(health.queuedShare())
                        : "")
                + " of the window" + (health.detail().isEmpty() ? "" : "; " + health.detail());
    }
}
