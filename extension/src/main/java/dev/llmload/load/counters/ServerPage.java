package dev.llmload.load.counters;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A page that is read on the thread that asks for it, beside the connections and the event loops of the load. Used by one
 * thread.
 */
final class ServerPage {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private final URI address;
    private final Map<String, String> headers;

    ServerPage(URI address, Map<String, String> headers) {
        this.address = address;
        this.headers = Map.copyOf(headers);
    }

    /**
     * What it says now. Waits two seconds at most to connect, and as long for the answer.
     *
     * @throws IOException if it cannot be read; the message says why, in a few words without the address
     */
    String read() throws IOException {
        if (!(address.toURL().openConnection(Proxy.NO_PROXY) instanceof HttpURLConnection connection)) {
            throw new IOException("its address is not one of HTTP");
        }
        try {
            headers.forEach(connection::setRequestProperty);
            connection.setRequestProperty("Accept", "text/plain");
            connection.setRequestProperty("Accept-Encoding", "identity");
            connection.setConnectTimeout((int) PATIENCE.toMillis());
            connection.setReadTimeout((int) PATIENCE.toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("it answered " + status);
            }
            try (InputStream body = body(connection)) {
                return text(body);
            }
        } catch (IOException | RuntimeException e) {
            connection.disconnect();
            throw new IOException(
                    e instanceof java.net.SocketTimeoutException
                            ? "no answer within " + PATIENCE.toSeconds() + " s"
                            : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(),
                    e);
        }
    }

    private static InputStream body(URLConnection connection) throws IOException {
        InputStream raw = connection.getInputStream();
        return "gzip".equalsIgnoreCase(connection.getContentEncoding()) ? new GZIPInputStream(raw) : raw;
    }

    // A read time-out begins anew with each byte.
    private static String text(InputStream body) throws IOException {
        long begun = System.nanoTime();
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        byte[] some = new byte[16 * 1024];
        for (int length = body.read(some); length >= 0; length = body.read(some)) {
            page.write(some, 0, length);
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IOException("the page did not end within " + PATIENCE.toSeconds() + " s");
            }
            if (page.size() > MOST_BYTES) {
                throw new IOException("the page has more than " + (MOST_BYTES >> 20) + " MiB");
            }
        }
        return page.toString(StandardCharsets.UTF_8);
    }
}
