package dev.llmload.load;

import static dev.llmload.result.request.RequestRecord.ABSENT;

import dev.llmload.load.wire.VertxWire;
import dev.llmload.load.wire.WireCall;
import dev.llmload.load.wire.WireListener;
import dev.llmload.metric.LoopRecorder;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * What one event loop does for one level: its users or its schedule, its recorder, its probe. Confined to the loop while the level runs;
 * read by the level's own thread after the last of them has retired.
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

    public LoadLoop(VertxWire wire, HttpRequest<Buffer> request, LoopRecorder recorder) {
        this.wire = wire;
        this.request = request;
        this.recorder = recorder;
        this.probe = new LoopProbe(wire);
    }

    void add(RequestSource source) {
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
    long usualNanos() {
        return successes == 0 ? 0 : successNanos / successes;
    }

    void cut(long now, String reason, boolean countUnsent) {
        sources.forEach(source -> source.cut(now, reason, countUnsent));
    }

    void drained() {
        sources.forEach(RequestSource::drained);
    }

    void giveUpWaiting(long now, String reason) {
        sources.forEach(source -> source.giveUpWaiting(now, reason));
    }

    VertxWire wire() {
        return wire;
    }

    LoopRecorder recorder() {
        return recorder;
    }

    LoopProbe probe() {
        return probe;
    }

    long firstSent() {
        return firstSent;
    }

    long lastClosed() {
        return lastClosed;
    }

    int resent() {
        return resent;
    }
}
