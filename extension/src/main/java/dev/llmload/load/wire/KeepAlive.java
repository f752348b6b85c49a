package dev.llmload.load.wire;

import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What a response head promises about its connection. */
final class KeepAlive {
    private static final String TIMEOUT = "timeout=";

    private KeepAlive() {}

    /** Whether the connection may serve another request. */
    static boolean kept(HttpClientResponse response) {
        String connection = response.getHeader("Connection");
        if (response.version() == HttpVersion.HTTP_1_0) {
            return "keep-alive".equalsIgnoreCase(connection);
        }
        return !"close".equalsIgnoreCase(connection);
    }

    /** How long it may idle by {@code Keep-Alive: timeout=seconds}; {@link Long#MAX_VALUE} if nothing is said. */
    static long idleNanos(HttpClientResponse response) {
        String value = response.getHeader("Keep-Alive");
        if (value == null) {
            return Long.MAX_VALUE;
        }
        String lower = value.toLowerCase(Locale.ROOT);
        int from = lower.indexOf(TIMEOUT);
        if (from < 0) {
            return Long.MAX_VALUE;
        }
        int at = from + TIMEOUT.length();
        int end = at;
        while (end < lower.length() && end - at < 9 && Character.isDigit(lower.charAt(end))) {
            end++;
        }
        return end == at ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(Long.parseLong(lower.substring(at, end)));
    }
}
