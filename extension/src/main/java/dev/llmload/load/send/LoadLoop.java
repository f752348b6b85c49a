package dev.llmload.load.send;

import static dev.llmload.result.request.RequestRecord.ABSENT;

import dev.llmload.load.health.LoopProbe;
import dev.llmload.load.wire.VertxWire;
import dev.llmload.load.wire.WireCall;
import dev.llmload.load.wire.WireListener;
import dev.llmload.metric.LoopRecorder;
import dev.llmload.metric.Objectives;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * What one event loop does for one level: its sources of requests, its recorder, its probe. Confined to the loop while the
 * level runs; read by the level's own thread after the last source has retired.
 */
public final class LoadLoop {
    private final VertxWire wire;
    private final HttpRequest<Buffer> request;
    private final LoopRecorder recorder;
    private final LoopProbe probe;
    private final List<RequestSource> sources = new ArrayList<>();

    private long firstSent = ABSENT;
    private long lastClosed = ABSENT;
    private int resent;
    private long successes;
    private long successNanos;

    private LoadLoop(VertxWire wire, HttpRequest<Buffer> request, LoopRecorder recorder) {
        this.wire = wire;
        this.request = request;
        this.recorder = recorder;
        this.probe = new LoopProbe(wire);
    }

    /**
     * Loops that have done nothing yet for their level.
     *
     * @param wires one each
     * @param endpoint where their requests go
     * @param good what a good answer is
     */
    public static List<LoadLoop> on(List<VertxWire> wires, URI endpoint, Objectives good) {
        return wires.stream()
                .map(wire -> new LoadLoop(
                        wire,
                        wire.prepare(HttpMethod.POST, endpoint, "text/event-stream"),
                        new LoopRecorder(LoopRecorder.EXACT_PER_LEVEL / wires.size(), good)))
                .toList();
    }

    /** Takes one more source; before the level begins. */
    public void add(RequestSource source) {
        sources.add(source);
    }

    WireCall send(byte[] body, WireListener listener) {
        return wire.send(request, body, listener);
    }

    /** The most by which a reading of this turn of the loop may be late, in nanoseconds. */
    long lateness(long stamp) {
        return wire.lateness(stamp);
    }

    void ended(RequestRecord record) {
        if (record.phase() == Phase.DRAIN) {
            recorder.ended(record);
            return;
        }
        long from = record.times().sent();
        long to = record.times().closed();
        if (from != ABSENT && (firstSent == ABSENT || from - firstSent < 0)) {
            firstSent = from;
        }
        if (to != ABSENT && (lastClosed == ABSENT || to - lastClosed > 0)) {
            lastClosed = to;
        }
        if (record.flags().resent()) {
            resent++;
        }
        if (record.succeeded()) {
            successes++;
            successNanos += to - from;
        }
        recorder.ended(record);
    }

    /** How long a request that succeeds takes here on average; 0 if none has yet. */
    public long usualNanos() {
        return successes == 0 ? 0 : successNanos / successes;
    }

    /** Tells its sources that the window has opened. */
    public void opened(long nanos) {
        sources.forEach(source -> source.opened(nanos));
    }

    /** Cuts off what its sources have in flight. */
    public void cut(long now, String reason, boolean countUnsent) {
        sources.forEach(source -> source.cut(now, reason, countUnsent));
    }

    /** Has its sources send no more. */
    public void drained() {
        sources.forEach(RequestSource::drained);
    }

    /** Gives up what is due and still waits. */
    public void giveUpWaiting(long now, String reason) {
        sources.forEach(source -> source.giveUpWaiting(now, reason));
    }

    /** The connections. */
    public VertxWire wire() {
        return wire;
    }

    /** Its recorder. */
    public LoopRecorder recorder() {
        return recorder;
    }

    /** Its probe. */
    public LoopProbe probe() {
        return probe;
    }

    /** When its first request left; {@link RequestRecord#ABSENT} if none has. */
    public long firstSent() {
        return firstSent;
    }

    /** When its last response was closed; {@link RequestRecord#ABSENT} if none was. */
    public long lastClosed() {
        return lastClosed;
    }

    /** Requests that were written twice. */
    public int resent() {
        return resent;
    }
}
