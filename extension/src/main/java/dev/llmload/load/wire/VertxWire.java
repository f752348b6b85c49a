package dev.llmload.load.wire;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.client.impl.HttpContext;
import io.vertx.ext.web.client.impl.WebClientInternal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The adapter to Vert.x: one event loop with one Web Client on it. Together with {@link WireConnection} it is the only
 * place that knows what lies beneath the Web Client's public API.
 *
 * <p>The Web Client builds and sends each request. An interceptor supplies the connection, which the wire opens and
 * keeps itself, one per request in flight, so that no request ever waits for a pool; stamps the instant before the head
 * is written; and takes the response over when its head has arrived. Each wire has a Vert.x instance with a single event
 * loop, so all its callbacks run on one thread. Everything but {@link #execute} and {@link #close} is called on it.
 */
public final class VertxWire implements AutoCloseable {
    private static final String CALL = "llmload.call";
    private static final long CLOSING_SECONDS = 10;
    private static final int SCRATCH = 64 * 1024;

    private final Vertx vertx;
    private final ContextInternal context;
    private final EventLoop eventLoop;
    private final Thread thread;
    private final LoopTurns turns;
    private final RunQueueWait queue;
    private final PauseDetector pauses;
    private final HttpClientAgent client;
    private final WebClient web;
    private final HttpConnectOptions connect;
    private final ConnectionReuse reuse;
    private final boolean owner;
    private final Map<String, String> headers;
    private final ArrayDeque<WireConnection> idle = new ArrayDeque<>();
    private final Set<WireConnection> connections = new HashSet<>();

    private volatile @Nullable Consumer<Throwable> onDefect;
    private @Nullable WireCall writing;
    private volatile String encoding = "";
    private byte[] scratch = new byte[SCRATCH];

    private record Watched(Thread thread, LoopTurns turns, RunQueueWait queue) {}

    private VertxWire(
            URI server,
            Map<String, String> headers,
            Duration connectTimeout,
            int maxResponseHead,
            ConnectionReuse reuse,
            PauseDetector pauses) {
        WireFailures.ready();
        boolean tls = "https".equalsIgnoreCase(server.getScheme());
        int port = server.getPort() >= 0 ? server.getPort() : tls ? 443 : 80;
        this.reuse = reuse;
        this.headers = headers;
        TurnTransport transport = new TurnTransport();
        this.pauses = pauses;
        this.vertx = Vertx.builder()
                .with(new VertxOptions()
                        .setEventLoopPoolSize(1)
                        .setWorkerPoolSize(1)
                        .setInternalBlockingPoolSize(2)
                        // Would print stack traces where a loop stands still; the probe of each loop reports that.
                        .setBlockedThreadCheckInterval(TimeUnit.DAYS.toMillis(1))
                        .setUseDaemonThread(true))
                .withTransport(transport)
                .build();
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.eventLoop = context.nettyEventLoop();
        Watched watched = onLoop(() -> {
            RunQueueWait queue = RunQueueWait.ofThisThread();
            LoopTurns turns = new LoopTurns(System::nanoTime);
            transport.watch(eventLoop, turns);
            return new Watched(Thread.currentThread(), turns, queue);
        });
        this.thread = watched.thread();
        this.turns = watched.turns();
        this.queue = watched.queue();
        int connectMillis = (int) Math.min(Integer.MAX_VALUE, Math.max(1, connectTimeout.toMillis()));
        HttpClientOptions options = new HttpClientOptions()
                .setKeepAlive(true)
                .setPipelining(false)
                .setDecompressionSupported(false)
                .setTcpNoDelay(true)
                .setMaxHeaderSize(maxResponseHead)
                .setMaxInitialLineLength(maxResponseHead)
                .setConnectTimeout(connectMillis)
                .setSslHandshakeTimeout(connectMillis)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        this.client = vertx.createHttpClient(options, new PoolOptions());
        this.connect =
                new HttpConnectOptions().setHost(host(server)).setPort(port).setSsl(tls);
        this.web = webClient();
        this.owner = true;
    }

    private VertxWire(VertxWire other, URI server) {
        this.reuse = new ConnectionReuse();
        this.headers = Map.of();
        this.pauses = other.pauses;
        this.vertx = other.vertx;
        this.context = other.context;
        this.eventLoop = other.eventLoop;
        this.thread = other.thread;
        this.turns = other.turns;
        this.queue = other.queue;
        this.client = other.client;
        this.connect = new HttpConnectOptions().setHost(host(server)).setPort(server.getPort());
        this.web = webClient();
        this.owner = false;
    }

    private WebClient webClient() {
        WebClient made = WebClient.wrap(
                client, new WebClientOptions().setFollowRedirects(false).setUserAgent("llm-load"));
        Handler<HttpContext<?>> interceptor = this::intercept;
        ((WebClientInternal) made).addInterceptor(interceptor);
        return made;
    }

    /**
     * Opens an event loop with its client; no connection yet.
     *
     * @param server scheme, host and port of the endpoint; the rest of it is not looked at
     * @param headers sent with every request
     * @param connectTimeout for DNS, TCP and TLS
     * @param maxResponseHead most bytes of a response head
     * @param reuse shared by all wires to this endpoint
     * @param pauses says when the process may have stood still
     */
    static VertxWire open(
            URI server,
            Map<String, String> headers,
            Duration connectTimeout,
            int maxResponseHead,
            ConnectionReuse reuse,
            PauseDetector pauses) {
        return new VertxWire(server, headers, connectTimeout, maxResponseHead, reuse, pauses);
    }

    /**
     * Another client on the same event loop, for a server in this process. Closing it closes its connections only, and it
     * must be closed before this one.
     *
     * @param server scheme, host and port
     */
    public VertxWire beside(URI server) {
        return new VertxWire(this, server);
    }

    /**
     * The most by which a reading of this turn of the loop may be late, in nanoseconds.
     *
     * @param stamp when it was read
     */
    public long lateness(long stamp) {
        return turns.lateness(stamp);
    }

    /** How long the loop's thread has waited for a processor so far; -1 if nobody knows. On the loop. */
    public long queuedNanos() {
        return queue.nanos();
    }

    /** Says when the process may have stood still. */
    public PauseDetector pauses() {
        return pauses;
    }

    /** Runs a task on the loop; from any thread. */
    public void execute(Runnable task) {
        eventLoop.execute(() -> context.dispatch(() -> guard(task)));
    }

    /** Runs a task on the loop after a delay, to about 0.1 ms. */
    public ScheduledFuture<?> schedule(Runnable task, long delayNanos) {
        return eventLoop.schedule(
                () -> context.dispatch(() -> guard(task)), Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
    }

    /** Who is told, on the loop, of what goes wrong in this client itself; null: nobody but Vert.x. From any thread. */
    public void onDefect(@Nullable Consumer<Throwable> handler) {
        onDefect = handler;
    }

    /** Something of this client's own went wrong: never the endpoint's failure. */
    void defect(Throwable cause) {
        Consumer<Throwable> handler = onDefect;
        if (handler != null) {
            handler.accept(cause);
        } else {
            context.reportException(cause);
        }
    }

    private void guard(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            defect(e);
        }
    }

    /** The thread of the loop. */
    public Thread thread() {
        return thread;
    }

    ConnectionReuse reuse() {
        return reuse;
    }

    /** A response came compressed. */
    void compressedBy(String contentEncoding) {
        encoding = contentEncoding;
    }

    /** The last {@code Content-Encoding} of a compressed response, or empty; from any thread. */
    String encoding() {
        return encoding;
    }

    /** A request to be sent any number of times. */
    public HttpRequest<Buffer> prepare(HttpMethod method, URI uri, String accept) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        HttpRequest<Buffer> request = web.request(method, connect.getPort(), connect.getHost(), target)
                .ssl(connect.isSsl())
                .putHeader("Accept", accept)
                // a compressor holds tokens back until it has a block full
                .putHeader("Accept-Encoding", "identity");
        if (method == HttpMethod.POST) {
            request.putHeader("Content-Type", "application/json");
        }
        headers.forEach(request::putHeader);
        return request;
    }

    /** Sends a request; an empty body is no body. */
    public WireCall send(HttpRequest<Buffer> request, byte[] body, WireListener listener) {
        WireCall call = new WireCall(this, request, body, listener);
        call.start();
        return call;
    }

    @Nullable
    WireConnection takeIdle() {
        long now = System.nanoTime();
        WireConnection last;
        while ((last = idle.pollLast()) != null) {
            if (reuse.allowed() && last.usable(now)) {
                return last;
            }
            last.close();
        }
        return null;
    }

    void release(WireConnection connection) {
        if (reuse.allowed() && connection.usable(System.nanoTime())) {
            idle.addLast(connection);
        } else {
            connection.close();
        }
    }

    void forget(WireConnection connection) {
        connections.remove(connection);
        idle.remove(connection);
    }

    void connect(WireCall call) {
        long start = System.nanoTime();
        Future<HttpClientConnection> opening;
        try {
            opening = client.connect(connect);
        } catch (RuntimeException | Error e) { // no memory for it, for example: an attempt like any other
            call.notConnected(e);
            return;
        }
        opening.onComplete(opened -> guard(() -> {
            if (opened.succeeded()) {
                reuse.wasReached();
                WireConnection made = new WireConnection(this, opened.result(), context, System.nanoTime() - start);
                connections.add(made);
                call.connected(made);
            } else {
                call.notConnected(opened.cause());
            }
        }));
    }

    void write(WireCall call, HttpRequest<Buffer> template, byte[] body) {
        writing = call;
        if (body.length == 0) {
            template.send();
        } else {
            template.sendBuffer(Buffer.buffer(body));
        }
        writing = null;
    }

    /** Room for so many more bytes behind the first ones. */
    byte[] scratch(int used, int more) {
        if (used + more > scratch.length) {
            scratch = Arrays.copyOf(scratch, Math.max(used + more, 2 * scratch.length));
        }
        return scratch;
    }

    private void intercept(HttpContext<?> exchange) {
        WireCall call = exchange.get(CALL);
        switch (exchange.phase()) {
            case PREPARE_REQUEST -> {
                exchange.set(CALL, writing);
                exchange.next();
            }
            case CREATE_REQUEST -> create(exchange, call);
            case SEND_REQUEST -> {
                if (call.sending(exchange.clientRequest())) {
                    exchange.next();
                }
            }
            // Neither goes on: the body and the end are ours.
            case RECEIVE_RESPONSE -> call.head(exchange.clientResponse());
            case FAILURE -> lost(call, exchange.failure());
            default -> exchange.next();
        }
    }

    private static void create(HttpContext<?> exchange, WireCall call) {
        WireConnection connection = call.connection();
        if (connection != null) {
            connection.request(exchange.requestOptions()).onComplete(made -> {
                if (made.succeeded()) {
                    exchange.sendRequest(made.result());
                } else {
                    lost(call, made.cause());
                }
            });
        }
    }

    private static void lost(WireCall call, Throwable cause) {
        WireConnection connection = call.connection();
        if (connection != null) {
            connection.lost(cause);
        }
    }

    private static String host(URI server) {
        String host = server.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private <T> T onLoop(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, eventLoop).join();
    }

    /** Closes every connection and the loop; waits until that is done, ten seconds at most. */
    @Override
    public void close() {
        if (!owner) {
            execute(() -> List.copyOf(connections).forEach(WireConnection::close));
            return;
        }
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(CLOSING_SECONDS, TimeUnit.SECONDS);
            queue.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it closes without anybody waiting
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the event loop did not close: " + e, e);
        }
    }
}
