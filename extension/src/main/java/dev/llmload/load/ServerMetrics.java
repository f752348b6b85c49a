package dev.llmload.load;

import dev.llmload.openai.ApiUrl;
import dev.llmload.result.Outcome;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Reads a server's own counters, never while load is offered. Which page has them is found out by the first reading;
 * a server without one is not asked again, one that fails to answer once is. Used by one thread.
 */
final class ServerMetrics {
    /** TensorRT-LLM has its iterations as JSON at the usual place. */
    private static final List<String> PATHS = List.of("/metrics", "/prometheus/metrics");

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final Supplier<VertxWire> wire;
    private final ApiUrl url;
    private final Stop stop;
    private List<String> paths = PATHS;
    private boolean known;

    ServerMetrics(Supplier<VertxWire> wire, ApiUrl url, Stop stop) {
        this.wire = wire;
        this.url = url;
        this.stop = stop;
    }

    /** What it says now; empty if it does not say. Waits two seconds at most for each page. */
    Optional<ServerCounters> read() {
        for (String path : paths) {
            Optional<ServerCounters> counters =
                    page(path).flatMap(page -> ServerCounters.of(PrometheusText.parse(page)));
            if (counters.isPresent()) {
                known = true;
                paths = List.of(path);
                return counters;
            }
        }
        paths = known ? paths : List.of();
        return Optional.empty();
    }

    /**
     * What it says once nothing is in work any more; after two seconds what it says then. Of a server that does not tell
     * what is in work, what it says twice.
     */
    Optional<ServerCounters> readIdle() {
        long begun = System.nanoTime();
        Optional<ServerCounters> now = read();
        while (now.isPresent()
                && !now.get().idle()
                && !stop.requested()
                && System.nanoTime() - begun < PATIENCE.toNanos()) {
            ServerCounters before = now.get();
            stop.pause(PAUSE);
            now = read();
            if (before.active().isEmpty() && now.filter(before::sameWorkAs).isPresent()) {
                return now;
            }
        }
        return now;
    }

    private Optional<String> page(String path) {
        CompletableFuture<Inquiry.Answer> answer =
                Inquiry.send(wire.get(), HttpMethod.GET, url.server(path), new byte[0], false);
        try {
            Inquiry.Answer page = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return page.kind() == Outcome.OK && page.isSuccess() ? Optional.of(page.body()) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.request("interrupted");
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } finally {
            answer.cancel(false);
        }
    }
}
