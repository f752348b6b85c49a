package dev.llmload.load.preflight;

import dev.llmload.protocol.ApiUrl;
import dev.llmload.result.text.DurationText;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which servers did not get ready while one run waited for them, so that its next test does not wait as long again. Safe for
 * use by any thread.
 */
public final class EndpointMemory {
    private final Map<String, Duration> waited = new ConcurrentHashMap<>();

    /** A memory without an entry. */
    public EndpointMemory() {}

    /** How long an earlier test waited for this server without an answer; empty if none did. */
    public Optional<Duration> waitedFor(ApiUrl url) {
        return Optional.ofNullable(waited.get(server(url)));
    }

    public void notReady(ApiUrl url, Duration wait) {
        waited.put(server(url), wait);
    }

    public void ready(ApiUrl url) {
        waited.remove(server(url));
    }

    /** Why a server is given up that was asked only once. */
    public static EndpointUnusableException stillNotReady(URI uri, Duration waited, NotReadyException last) {
        return new EndpointUnusableException(ApiUrl.shown(uri) + " is still not ready: " + last.lastAnswer()
                + "; an earlier test of this run waited " + DurationText.of(waited)
                + " for this server in vain, so it was asked only once more");
    }

    private static String server(ApiUrl url) {
        return url.chat().getScheme() + "://" + url.chat().getRawAuthority().toLowerCase(Locale.ROOT);
    }
}
