package dev.llmload.load.ruler;

import dev.llmload.load.wire.VertxWire;
import dev.llmload.metric.LoopRecorder;
import dev.llmload.result.MeasurementError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.HdrHistogram.Histogram;

/**
 * About twenty small streams a second that run beside a level, from a {@link RulerServer} through the level's own event loops:
 * how late the client reads their tokens is how late it reads those of the load. Started and stopped from any thread; the
 * streams are confined to their loops.
 */
public final class Sentinel {
    private static final int STREAMS_PER_SECOND = 20;
    private static final int TOKENS = 4;
    private static final int GAP_MICROS = 5_000;
    /** A client that is so far behind needs no more of them to show it. */
    private static final int MOST_IN_FLIGHT = 4;

    private final List<OnLoop> loops;
    private final LongPredicate counts;

    /**
     * One that sends nothing yet.
     *
     * @param wires to the server, one on each loop of the level
     * @param server where the streams come from
     * @param counts whether a token that was read at an instant counts: the window's do
     */
    public Sentinel(List<VertxWire> wires, RulerServer server, LongPredicate counts) {
        this.counts = counts;
        long gap = TimeUnit.SECONDS.toNanos(1) * wires.size() / STREAMS_PER_SECOND;
        this.loops = wires.stream()
                .map(wire -> new OnLoop(
                        wire,
                        wire.prepare(HttpMethod.POST, server.plan(TOKENS, GAP_MICROS, 1), "text/event-stream"),
                        gap))
                .toList();
    }

    /** Sends from now on. */
    public void start() {
        loops.forEach(loop -> loop.wire.execute(loop::next));
    }

    /** Sends nothing more, and forgets what is in flight. */
    public void stop() {
        loops.forEach(loop -> loop.wire.execute(loop::stop));
    }

    /** What was measured; to be asked when the loops have done what {@link #stop} asked for. Empty if no token came. */
    public Optional<MeasurementError.Sentinel> result() {
        Histogram late = new Histogram(3);
        late.setAutoResize(true);
        loops.forEach(loop -> late.add(loop.late));
        return late.getTotalCount() == 0
                ? Optional.empty()
                : Optional.of(new MeasurementError.Sentinel(
                        late.getTotalCount(),
                        late.getValueAtPercentile(50),
                        late.getValueAtPercentile(95),
                        late.getValueAtPercentile(99),
                        late.getMaxValue()));
    }

    private final class OnLoop implements RulerCall.Observer {
        private final VertxWire wire;
        private final HttpRequest<Buffer> request;
        private final long gapNanos;
        private final LoopRecorder recorder = new LoopRecorder();
        private final Histogram late = new Histogram(3);
        private final Set<RulerCall> inFlight = new HashSet<>();
        private boolean stopped;

        OnLoop(VertxWire wire, HttpRequest<Buffer> request, long gapNanos) {
            this.wire = wire;
            this.request = request;
            this.gapNanos = gapNanos;
            late.setAutoResize(true);
            // What goes wrong here is no fault of the load: its tokens are missing, and that is all.
            wire.onDefect(defect -> stop());
        }

        private void next() {
            if (!stopped) {
                if (inFlight.size() < MOST_IN_FLIGHT) {
                    inFlight.add(RulerCall.send(wire, request, recorder, this));
                }
                wire.schedule(this::next, gapNanos);
            }
        }

        private void stop() {
            stopped = true;
            inFlight.forEach(RulerCall::abort);
            inFlight.clear();
        }

        @Override
        public void token(long arrival, long written) {
            if (counts.test(arrival)) {
                late.recordValue(Math.max(0, arrival - written));
            }
        }

        @Override
        public void ended(RulerCall call) {
            inFlight.remove(call);
        }
    }
}
