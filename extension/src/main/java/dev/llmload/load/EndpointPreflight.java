package dev.llmload.load;

import dev.llmload.load.preflight.EndpointMemory;
import dev.llmload.load.preflight.NotReadyException;
import dev.llmload.load.preflight.Preflight;
import dev.llmload.load.preflight.PreflightCheck;
import dev.llmload.load.preflight.Probe;
import dev.llmload.load.preflight.ProbeRequest;
import dev.llmload.load.preflight.ReadinessProbe;
import dev.llmload.load.preflight.UsageCheck;
import dev.llmload.load.send.Target;
import dev.llmload.load.wire.EndpointSettings;
import dev.llmload.load.wire.LoopGroup;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Optional;

/** What is asked of the endpoint of a session before any load. Used by one thread. */
final class EndpointPreflight {
    private final ResolvedEndpoint endpoint;
    private final LoopGroup loops;
    private final StopSignal stop;
    private final LoadListener listener;

    EndpointPreflight(ResolvedEndpoint endpoint, LoopGroup loops, StopSignal stop, LoadListener listener) {
        this.endpoint = endpoint;
        this.loops = loops;
        this.stop = stop;
        this.listener = listener;
    }

    /** Waits until the endpoint answers a completion, and finds out its API, model and options. */
    Preflight run(Duration wait, EndpointMemory memory) {
        EndpointSettings settings = endpoint.settings();
        listener.phase("", "pre-flight");
        Optional<Duration> before = memory.waitedFor(settings.url());
        ReadinessProbe ask = before.isPresent()
                ? probe(Duration.ZERO, settings.timeouts().connect())
                : probe(wait, settings.timeouts().firstToken());
        PreflightCheck check = new PreflightCheck(settings, endpoint.request(), ask);
        Preflight found;
        try {
            found = check.run();
        } catch (NotReadyException e) {
            memory.notReady(settings.url(), before.orElse(wait));
            throw before.isPresent()
                    ? EndpointMemory.stillNotReady(settings.url().of(settings.api()), before.get(), e)
                    : e;
        }
        memory.ready(settings.url());
        endpoint.found(found, check.served());
        return found;
    }

    /** Asks for one whole answer, as the test does, to see whether it holds the usage. */
    UsageCheck checkUsage() {
        Target target = endpoint.target();
        byte[] body = target.bodies().streaming(Probe.QUESTION, target.includeUsage());
        Duration total = target.timeouts().total();
        ReadinessProbe ask = probe(total, total);
        ProbeRequest.Answer answer =
                ask.once(HttpMethod.POST, target.endpoint(), body, ProbeRequest.Reading.WHOLE_STREAM);
        return new UsageCheck(answer.usage(), answer.isSuccess() ? "" : ask.describe(answer));
    }

    private ReadinessProbe probe(Duration wait, Duration patience) {
        return new ReadinessProbe(
                loops.any(), wait, patience, endpoint.settings().secrets(), stop, listener);
    }
}
