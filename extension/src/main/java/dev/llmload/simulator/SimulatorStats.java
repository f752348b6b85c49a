package dev.llmload.simulator;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * What the simulator itself saw, for tests that compare a client's numbers with the truth. A snapshot.
 *
 * @param requests completion requests received, pre-flights and refused ones included
 * @param completed answers that ended as a proper server's would: finish reason, usage if asked for, {@code [DONE]}
 * @param running requests that hold a slot now
 * @param maxRunning most requests that held a slot at once
 * @param queued requests that wait for a slot now
 * @param maxQueued most requests that waited for a slot at once
 * @param faults faults that happened, by kind
 * @param promptTokens prompt tokens of the answers that completed
 * @param outputTokens output tokens of the answers that completed
 * @param ttftNanos per streamed answer, in the order of the first tokens: from the request read to the first token
 *     written, queueing included; nanoseconds, a copy
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record SimulatorStats(
        long requests,
        long completed,
        int running,
        int maxRunning,
        int queued,
        int maxQueued,
        Map<Fault, Long> faults,
        long promptTokens,
        long outputTokens,
        long[] ttftNanos) {}
