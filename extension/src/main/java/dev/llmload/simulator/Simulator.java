package dev.llmload.simulator;

import dev.llmload.simulator.engine.GpuMeter;
import dev.llmload.simulator.engine.Ledger;
import dev.llmload.simulator.engine.SimulatedGpu;
import dev.llmload.spi.TelemetrySource;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * An HTTP server, normally on a free loopback port, that speaks the OpenAI API and answers with made-up words and given
 * faults. Its pace is that of a modelled batching engine, or one that it was told to have; the settings say which.
 * {@code /metrics} has its numbers under vLLM's names.
 *
 * <p>One event loop of its own does everything. Some 11 us of it go into a token: 1000 streams at 20 000 tokens a second
 * take a quarter of a core. A slow timer or a busy machine shows as {@code simulator:step_lateness_seconds}.
 * Start, close and the numbers may be called from any thread. Answers carry {@code Server: llm-load-simulator}.
 *
 * <pre>{@code
 * try (Simulator simulator = Simulator.start(SimulatorSettings.parse("simulator:fast?errorRate=10%"))) {
 *     load(simulator.url());
 * }
 * }</pre>
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Simulator implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final Vertx vertx;
    private final Ledger ledger;
    private final List<GpuMeter> gpus;
    private final String host;
    private final int port;

    private Simulator(Vertx vertx, Ledger ledger, List<GpuMeter> gpus, String host, int port) {
        this.vertx = vertx;
        this.ledger = ledger;
        this.gpus = gpus;
        this.host = host;
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
        return start(settings, "127.0.0.1", 0);
    }

    /**
     * Starts a simulator where others expect it, and returns when it listens. There is no TLS, and without an API key
     * anybody who reaches it is answered.
     *
     * @param settings what it should be like
     * @param host address to listen on, such as {@code 127.0.0.1} or {@code 0.0.0.0}
     * @param port port to listen on, 0 for any free one
     * @return a running simulator, to be closed
     * @throws IllegalStateException if it cannot listen there
     */
    public static Simulator start(SimulatorSettings settings, String host, int port) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                // Would print stack traces where this machine is busy; who sends the load judges that.
                .setBlockedThreadCheckInterval(TimeUnit.DAYS.toMillis(1))
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        EventLoop loop = ((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop();
        Ledger ledger = new Ledger();
        List<GpuMeter> gpus = Stream.generate(() -> new GpuMeter(settings.gpu(), System::nanoTime))
                .limit(settings.replicas().count())
                .toList();
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setAcceptBacklog(4096)
                .setHttp2ClearTextEnabled(false)
                .setTcpNoDelay(true);
        Routes routes = new Routes(settings, ledger, gpus, loop);
        try {
            HttpServer server = await(vertx.createHttpServer(options)
                    .requestHandler(routes::handle)
                    .listen());
            return new Simulator(vertx, ledger, gpus, host.equals("0.0.0.0") ? "127.0.0.1" : host, server.actualPort());
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
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
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

    /**
     * What its simulated GPU does. Power and utilisation follow what the engine computes, memory what its cache holds;
     * the energy counter is exact on the engine's own time.
     *
     * @return a new source each time, with one device of each replica
     */
    @API(status = API.Status.INTERNAL)
    public TelemetrySource gpu() {
        return new SimulatedGpu(gpus.toArray(GpuMeter[]::new));
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
