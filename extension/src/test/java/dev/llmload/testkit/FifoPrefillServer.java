package dev.llmload.testkit;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A server that prefills one prompt at a time, first in first out, 8 ms each, and then decodes all of them side by side.
 * It keeps for each request how long its prefill and the wait before it took by its own clock: the truth that a client
 * should find. Everything happens on one event loop; nothing blocks.
 */
public final class FifoPrefillServer implements AutoCloseable {
    private static final long PREFILL_NANOS = TimeUnit.MILLISECONDS.toNanos(8);

    private final Vertx vertx = Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setUseDaemonThread(true));
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "fifo-clock");
        thread.setDaemon(true);
        return thread;
    });
    private final ArrayDeque<Job> queue = new ArrayDeque<>();
    private final List<Double> truth = new ArrayList<>();
    private final Random random;
    private final int decodeMillis;
    private final Context context;
    private final HttpServer server;

    private long engineFreeAt = System.nanoTime();
    private boolean busy;

    private record Job(HttpServerResponse response, long arrived) {}

    /**
     * Starts it on a free port.
     *
     * @param decodeMillis mean time from first to last token; each request draws within 5 % of it
     * @param seed for those draws
     */
    public FifoPrefillServer(int decodeMillis, long seed) {
        this.decodeMillis = decodeMillis;
        this.random = new Random(seed);
        this.context = vertx.getOrCreateContext();
        this.server = vertx.createHttpServer()
                .requestHandler(this::arrived)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** Milliseconds from a request's arrival to its first token by this server's clock, in the order of arrival. */
    public synchronized List<Double> truth() {
        return List.copyOf(truth);
    }

    private void arrived(HttpServerRequest request) {
        Job job = new Job(request.response(), System.nanoTime());
        request.response().putHeader("Content-Type", "text/event-stream").setChunked(true);
        request.end().onSuccess(ignored -> {
            queue.add(job);
            if (!busy) {
                engineFreeAt = System.nanoTime();
                prefillNext();
            }
        });
    }

    // The engine's own time goes on exactly 8 ms a prompt, whatever the timers do.
    private void prefillNext() {
        Job job = queue.peek();
        busy = job != null;
        if (job != null) {
            engineFreeAt += PREFILL_NANOS;
            after(engineFreeAt - System.nanoTime(), this::prefilled);
        }
    }

    private void prefilled() {
        Job job = queue.remove();
        synchronized (this) {
            truth.add((System.nanoTime() - job.arrived()) / 1e6);
        }
        job.response().write(Http.token("a"));
        long decode = (long) (decodeMillis * (0.95 + 0.1 * random.nextDouble()));
        after(
                TimeUnit.MILLISECONDS.toNanos(decode),
                () -> job.response().end(Http.token("b") + Http.STOP + Http.usage(9, 2) + Http.DONE));
        prefillNext();
    }

    private void after(long nanos, Runnable task) {
        clock.schedule(() -> context.runOnContext(ignored -> task.run()), Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
