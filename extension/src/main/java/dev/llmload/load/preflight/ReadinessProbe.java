package dev.llmload.load.preflight;

import dev.llmload.load.LoadListener;
import dev.llmload.load.StopSignal;
import dev.llmload.load.wire.VertxWire;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.protocol.HttpFailures;
import dev.llmload.result.Outcome;
import dev.llmload.result.text.DurationText;
import dev.llmload.result.text.Secrets;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Asks an endpoint one thing at a time and waits for it to become ready: through refused connections, resets, 429, 502,
 * 503 and 504, and through a server that accepts a request and lets it wait. Used by one thread.
 */
public final class ReadinessProbe {
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    /** A server that is sound can still answer 500 once; one that is not does so again and again. */
    private static final int SERVER_ERRORS = 8;

    private static final int MOST_NAMES = 20;
    /** It often says what the status does not. */
    private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]{0,200}>([^<]{1,300})</title");

    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final VertxWire wire;
    private final Duration wait;
    private final Duration patience;
    private final Secrets secrets;
    private final StopSignal stop;
    private final LoadListener listener;
    private final long start = System.nanoTime();
    private int requests;

    /**
     * An enquirer whose wait begins now.
     *
     * @param wait how long the endpoint may take to become ready
     * @param patience how long one answer may take at least, even when the wait is over
     */
    public ReadinessProbe(
            VertxWire wire, Duration wait, Duration patience, Secrets secrets, StopSignal stop, LoadListener listener) {
        this.wire = wire;
        this.wait = wait;
        this.patience = patience;
        this.secrets = secrets;
        this.stop = stop;
        this.listener = listener;
    }

    /** Requests sent so far. */
    int requests() {
        return requests;
    }

    /** Asks until there is an answer that says something; throws if the wait is over before. */
    ProbeRequest.Answer untilReady(HttpMethod method, URI uri, byte[] body, ProbeRequest.Reading reading) {
        long pause = FIRST_PAUSE;
        int serverErrors = 0;
        while (true) {
            ProbeRequest.Answer answer = once(method, uri, body, reading);
            if (answer.unresolved()) {
                throw new EndpointUnusableException("the name " + uri.getHost() + " of " + ApiUrl.shown(uri)
                        + " does not resolve: check its spelling, and the DNS of this machine ("
                        + excerpt(answer.error())
                        + ")");
            }
            boolean waiting = isNotReady(answer);
            boolean again = !waiting
                    && isServerError(answer)
                    && ++serverErrors < SERVER_ERRORS
                    && elapsed().compareTo(wait) < 0;
            if (!waiting && !again) {
                return answer;
            }
            String what = describe(answer);
            if (elapsed().compareTo(wait) >= 0) {
                throw new NotReadyException(
                        ApiUrl.shown(uri) + " was not ready within " + DurationText.of(wait) + ": " + what
                                + "; check that the server is running and reachable from here, or allow it more time"
                                + " (`llmload.endpoint.preflightWait`)",
                        what);
            }
            String hope = answer.kind() == Outcome.CONNECT ? "; it may still be starting" : "";
            listener.waiting(ApiUrl.shown(uri) + " (" + what + hope + ")", elapsed(), wait);
            stop.pause(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
    }

    /** Asks once. */
    public ProbeRequest.Answer once(HttpMethod method, URI uri, byte[] body, ProbeRequest.Reading reading) {
        refuseIfStopped(uri);
        requests++;
        long limit = System.nanoTime()
                + Math.max(patience.toNanos(), wait.minus(elapsed()).toNanos());
        CompletableFuture<ProbeRequest.Answer> answer = ProbeRequest.send(wire, method, uri, body, reading);
        long nextWord = System.nanoTime() + LONGEST_PAUSE;
        try {
            while (System.nanoTime() - limit < 0) {
                try {
                    return answer.get(50, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    refuseIfStopped(uri);
                    if (System.nanoTime() - nextWord >= 0) {
                        nextWord += LONGEST_PAUSE;
                        listener.waiting(ApiUrl.shown(uri) + " (no answer yet)", elapsed(), wait);
                    }
                }
            }
            return ProbeRequest.Answer.timedOut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.request("interrupted");
            throw new EndpointUnusableException("interrupted while waiting for " + ApiUrl.shown(uri));
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking " + ApiUrl.shown(uri) + " failed", e.getCause());
        } finally {
            answer.cancel(false);
        }
    }

    /** What came back, in words for a person; no secrets, no markup. */
    public String describe(ProbeRequest.Answer answer) {
        if (answer.kind() != Outcome.OK) {
            return answer.kind() + ": " + excerpt(answer.error());
        }
        String body = excerpt(answer.body());
        String said = body.isEmpty()
                ? ""
                : Refusals.isPage(answer) ? " with a page of HTML" + title(answer.body()) : ": " + body;
        return "it answered " + answer.status() + said;
    }

    private String title(String page) {
        Matcher title = TITLE.matcher(page);
        String text = title.find() ? excerpt(title.group(1)) : "";
        return text.isEmpty() ? "" : " (" + text + ")";
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** A text of the server's as it may be shown. */
    String excerpt(String text) {
        return secrets.excerpt(text);
    }

    /** A name of the server's as it may be shown. */
    String name(String text) {
        return secrets.name(text);
    }

    /** Names of the server's, the first twenty. */
    String names(List<String> all) {
        String first = all.stream().limit(MOST_NAMES).map(secrets::name).collect(Collectors.joining(", "));
        return all.size() <= MOST_NAMES ? first : first + " and " + (all.size() - MOST_NAMES) + " more";
    }

    private void refuseIfStopped(URI uri) {
        if (stop.requested()) {
            throw new EndpointUnusableException(
                    "stopped while waiting for " + ApiUrl.shown(uri) + " to become ready: " + stop.reason());
        }
    }

    private static boolean isServerError(ProbeRequest.Answer answer) {
        // 501 says that the server never will.
        return answer.kind() == Outcome.OK && answer.status() >= 500 && answer.status() != 501
                || answer.kind() == Outcome.STREAM_ERROR
                || answer.kind() == Outcome.TRUNCATED
                || answer.kind() == Outcome.EMPTY;
    }

    private static boolean isNotReady(ProbeRequest.Answer answer) {
        return switch (answer.kind()) {
            case OK ->
                answer.status() == 502
                        || answer.status() == 503
                        || answer.status() == 504
                        || HttpFailures.ofStatus(answer.status()) == Outcome.RATE_LIMITED
                                && !Refusals.isOutOfCredit(answer);
            case CONNECT, RESET, TIMEOUT_TOTAL -> true;
            default -> false;
        };
    }
}
