package dev.llmload.load.ruler;

import dev.llmload.load.wire.ConnectionReuse;
import dev.llmload.load.wire.LoopGroup;
import dev.llmload.load.wire.VertxWire;
import dev.llmload.metric.LoopRecorder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Measures the client itself, once per JVM and in about two seconds, against a {@link RulerServer}: a few streams as fast as
 * they can for the rate, then 100 at a steady pace for the error of the time to first token. To be called when the code is warm.
 */
public final class Calibration {
    private static final int STREAMS = 100;
    private static final int TOKENS = 10;
    private static final int GAP_MICROS = 20_000;
    private static final int FLOODS = 4;
    private static final int FLOOD_TOKENS = 20_000;
    private static final int FLOOD_PER_WRITE = 50;

    private static boolean tried;
    private static volatile @Nullable Ruler known;

    private Calibration() {}

    /** Does it unless it was done; empty if it could not be, which concerns no load. From any thread, one at a time. */
    public static synchronized Optional<Ruler> once() {
        if (!tried) {
            tried = true;
            known = run(Duration.ofMillis(1000), Duration.ofMillis(300)).orElse(null);
        }
        return known();
    }

    /** What it came to; empty if it was not done. From any thread, without waiting. */
    public static Optional<Ruler> known() {
        return Optional.ofNullable(known);
    }

    static Optional<Ruler> run(Duration paced, Duration flood) {
        URI nowhere = URI.create("http://127.0.0.1:1");
        try (RulerServer server = new RulerServer(true);
                LoopGroup group = new LoopGroup(nowhere, Map.of(), Duration.ofSeconds(2), new ConnectionReuse())) {
            VertxWire wire = group.any().beside(server.uri());
            // The flood first: it warms the server's code, too.
            Streams floods = new Streams(wire, server.plan(FLOOD_TOKENS, 0, FLOOD_PER_WRITE));
            measure(floods, FLOODS, flood.multipliedBy(2), flood, false);
            Streams streams = new Streams(wire, server.plan(TOKENS, GAP_MICROS, 1));
            measure(streams, STREAMS, paced.dividedBy(4), paced, true);
            Histogram errors = streams.errors;
            return errors.getTotalCount() == 0
                    ? Optional.empty()
                    : Optional.of(new Ruler(
                            errors.getValueAtPercentile(50) / 1e6,
                            errors.getValueAtPercentile(99) / 1e6,
                            floods.tokensPerCoreSecond()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (RuntimeException | ExecutionException | TimeoutException e) {
            return Optional.empty(); // no port, no descriptor, no time: what is not known is not stated
        }
    }

    private static void measure(Streams streams, int count, Duration before, Duration length, boolean firstTokens)
            throws InterruptedException, ExecutionException, TimeoutException {
        streams.start(count);
        TimeUnit.NANOSECONDS.sleep(before.toNanos());
        streams.measure();
        TimeUnit.NANOSECONDS.sleep(length.toNanos());
        if (firstTokens) {
            streams.awaitFirstToken();
        }
        streams.stop();
    }

    /** A closed loop of streams on one event loop, to which it is confined; read after {@link #stop}. */
    private static final class Streams implements RulerCall.Observer {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
        private static final long WAIT_SECONDS = 10;
        private static final long LONGEST_SECONDS = 10;

        private final VertxWire wire;
        private final HttpRequest<Buffer> request;
        private final LoopRecorder recorder = new LoopRecorder();
        private final Histogram errors = new Histogram(3);
        private final Set<RulerCall> inFlight = new HashSet<>();
        private final CountDownLatch seen = new CountDownLatch(1);
        private boolean measuring;
        private boolean stopped;
        private long tokens;
        private long cpuNanos = -1;

        Streams(VertxWire wire, URI plan) {
            this.wire = wire;
            this.request = wire.prepare(HttpMethod.POST, plan, "text/event-stream");
            errors.setAutoResize(true);
        }

        void start(int streams) throws InterruptedException, ExecutionException, TimeoutException {
            onLoop(() -> {
                for (int i = 0; i < streams; i++) { // not all at once, or their tokens would come so too
                    wire.schedule(this::next, i * TimeUnit.MICROSECONDS.toNanos(GAP_MICROS) / streams);
                }
            });
        }

        void measure() throws InterruptedException, ExecutionException, TimeoutException {
            onLoop(() -> {
                measuring = true;
                cpuNanos = cpu();
            });
        }

        /** On a machine that is busy with other work the time may be over before anything came. */
        void awaitFirstToken() throws InterruptedException {
            seen.await(LONGEST_SECONDS, TimeUnit.SECONDS);
        }

        void stop() throws InterruptedException, ExecutionException, TimeoutException {
            onLoop(() -> {
                stopped = true;
                measuring = false;
                cpuNanos = cpuNanos < 0 ? -1 : cpu() - cpuNanos;
                inFlight.forEach(RulerCall::abort);
                inFlight.clear();
            });
        }

        double tokensPerCoreSecond() {
            return cpuNanos <= 0 || tokens == 0 ? Double.NaN : tokens * 1e9 / cpuNanos;
        }

        private void next() {
            if (stopped) {
                return;
            }
            inFlight.add(RulerCall.send(wire, request, recorder, this));
        }

        private void onLoop(Runnable task) throws InterruptedException, ExecutionException, TimeoutException {
            CompletableFuture<Void> done = new CompletableFuture<>();
            wire.execute(() -> {
                task.run();
                done.complete(null);
            });
            done.get(WAIT_SECONDS, TimeUnit.SECONDS);
        }

        private long cpu() {
            return THREADS.isThreadCpuTimeSupported()
                    ? THREADS.getThreadCpuTime(wire.thread().getId())
                    : -1;
        }

        @Override
        public void token(long arrival, long written) {
            tokens += measuring ? 1 : 0;
        }

        @Override
        public void firstToken(long errorNanos) {
            if (measuring) {
                errors.recordValue(Math.max(0, errorNanos));
                seen.countDown();
            }
        }

        @Override
        public void ended(RulerCall call) {
            inFlight.remove(call);
            next();
        }
    }
}
