package dev.llmload.load.preflight;

import dev.llmload.protocol.HttpFailures;
import dev.llmload.protocol.Redirect;
import dev.llmload.protocol.RequestBodies;
import dev.llmload.result.ChatMessage;
import dev.llmload.result.Outcome;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one interface of an endpoint answers: to a plain request for one token, and where that is refused, to what the test
 * itself would send. Some servers only stream, some have a least number of tokens.
 *
 * @param plain the answer to the first
 * @param streamed the answer to the second, if it was asked
 */
public record Probe(ProbeRequest.Answer plain, Optional<Streamed> streamed) {
    public static final List<ChatMessage> QUESTION = List.of(new ChatMessage("user", "Say hi."));

    /**
     * An answer to what the test itself would send.
     *
     * @param answer up to its first token
     * @param usageOption whether it was asked with {@code stream_options}
     */
    record Streamed(ProbeRequest.Answer answer, boolean usageOption) {}

    /** Asks, and waits until the endpoint is ready. */
    static Probe of(ReadinessProbe ask, RequestBodies bodies, URI uri) {
        ProbeRequest.Answer plain =
                ask.untilReady(HttpMethod.POST, uri, bodies.oneToken(QUESTION), ProbeRequest.Reading.PLAIN);
        return isCompletion(plain) || !mayDependOnTheRequest(plain)
                ? new Probe(plain, Optional.empty())
                : new Probe(plain, Optional.of(stream(ask, bodies, uri, plain.status() < 500)));
    }

    /** Asks what the test itself would send, without {@code stream_options} where the server does not know them. */
    static Streamed stream(ReadinessProbe ask, RequestBodies bodies, URI uri, boolean patiently) {
        ProbeRequest.Answer with = stream(ask, bodies.streaming(QUESTION, true), uri, patiently);
        return with.isSuccess() || !HttpFailures.rejectsStreamOptions(with.status(), with.body())
                ? new Streamed(with, true)
                : new Streamed(stream(ask, bodies.streaming(QUESTION, false), uri, patiently), false);
    }

    private static ProbeRequest.Answer stream(ReadinessProbe ask, byte[] body, URI uri, boolean patiently) {
        return patiently
                ? ask.untilReady(HttpMethod.POST, uri, body, ProbeRequest.Reading.FIRST_TOKEN)
                : ask.once(HttpMethod.POST, uri, body, ProbeRequest.Reading.FIRST_TOKEN);
    }

    boolean works() {
        return isCompletion(plain)
                || streamed.filter(asked -> asked.answer().isSuccess()).isPresent();
    }

    /** The answer that decides: to what the test itself would send, where that was asked. */
    ProbeRequest.Answer answer() {
        return streamed.map(Streamed::answer).orElse(plain);
    }

    /** Whether both, or the only one, were refused for their limit of tokens. */
    boolean limitRefused() {
        return HttpFailures.isAboutTheTokenLimit(answer().status(), answer().body());
    }

    static boolean isCompletion(ProbeRequest.Answer answer) {
        return answer.isSuccess() && ModelList.isCompletion(answer.body());
    }

    // A key, a path and a proxy refuse any request; a page of HTML is no API.
    private static boolean mayDependOnTheRequest(ProbeRequest.Answer answer) {
        if (answer.kind() != Outcome.OK || Redirect.is(answer.status())) {
            return false;
        }
        return switch (answer.status()) {
            case 401, 403, 404, 405, 407, 410 -> false;
            default -> !answer.contentType().toLowerCase(Locale.ROOT).contains("html");
        };
    }
}
