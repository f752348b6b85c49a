package dev.llmload.simulator;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An HTTP server on a free loopback port that speaks the OpenAI API and answers with made-up words at a given pace,
 * with a given queue and given faults. It models no engine: it has the timing that it was told to have.
 *
 * <p>One event loop of its own does everything, which is good for some 20 000 paced tokens a second on a small machine.
 * Start, close and the numbers may be called from any thread. Answers carry {@code Server: llm-load-simulator}.
 *
 * <pre>{@code
 * try (Simulator simulator = Simulator.start(SimulatorSettings.parse("simulator:fast?errorRate=10%"))) {
 *     load(simulator.url());
 * }
 * }</pre>
 */
public final class Simulator implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final Vertx vertx;
    private final Ledger ledger;
    private final int port;

    private Simulator(Vertx vertx, Ledger ledger, int port) {
        this.vertx = vertx;
        this.ledger = ledger;
        this.port = port;
    }

    /**
     * Starts a simulator and returns when it listens.
     *
     * @param settings what it should be like
     * @return a running simulator, to be closed
     * @throws IllegalStateException if it cannot listen on the loopback address
     */
    public static Simulator start(SimulatorSettings settings) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        EventLoop loop = ((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop();
        Ledger ledger = new Ledger();
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setAcceptBacklog(4096)
                .setHttp2ClearTextEnabled(false)
                .setTcpNoDelay(true);
        Routes routes = new Routes(settings, ledger, loop);
        try {
            HttpServer server = await(vertx.createHttpServer(options)
                    .requestHandler(routes::handle)
                    .listen());
            return new Simulator(vertx, ledger, server.actualPort());
        } catch (IllegalStateException e) {
            vertx.close();
            throw e;
        }
    }

    /**
     * Where it listens.
     *
     * @return for example {@code http://127.0.0.1:40123}, without {@code /v1}
     */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /**
     * The port it listens on.
     *
     * @return 1 to 65535
     */
    public int port() {
        return port;
    }

    /**
     * What it saw so far.
     *
     * @return a snapshot
     */
    public SimulatorStats stats() {
        return ledger.snapshot();
    }

    /** Stops listening, drops what is in flight and ends its threads. Further calls do nothing. */
    @Override
    public void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the simulator failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the simulator did not answer within " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the simulator", e);
        }
    }
}
