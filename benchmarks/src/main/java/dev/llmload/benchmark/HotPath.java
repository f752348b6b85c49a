package dev.llmload.benchmark;

import com.sun.management.ThreadMXBean;
import dev.llmload.junit.TokenCount;
import dev.llmload.metric.LoopRecorder;
import dev.llmload.protocol.CompletionStream;
import dev.llmload.result.request.Phase;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What happens to a network buffer after its instant was taken: decoder, chunk reader, tally, recorder; no sockets. The
 * streams take turns, buffer by buffer, as they do on an event loop.
 */
final class HotPath {
    static final int STREAMS = 100;

    private static final int WARM_UPS = 5;
    private static final int ROUNDS = 9;
    private static final int ANSWERS = 100;
    private static final long GAP_NANOS = 200_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private final Answer answer;
    private LoopRecorder recorder = new LoopRecorder();
    private long clock;
    private long seen;

    private HotPath(Answer answer) {
        this.answer = answer;
    }

    /** CPU time and allocation of a token event. */
    record Cost(double nanos, double bytes) {
        String text(String name) {
            return String.format(
                    Locale.ROOT, "  %-26s %7.0f ns   %6.0f bytes   %,11.0f a core", name, nanos, bytes, 1e9 / nanos);
        }
    }

    static Cost measure(Answer answer) {
        HotPath path = new HotPath(answer);
        for (int i = 0; i < WARM_UPS; i++) {
            path.round();
        }
        double[] nanos = new double[ROUNDS];
        double[] bytes = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long cpu = THREADS.getCurrentThreadCpuTime();
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            double events = path.round();
            nanos[i] = (THREADS.getCurrentThreadCpuTime() - cpu) / events;
            bytes[i] = (THREADS.getCurrentThreadAllocatedBytes() - allocated) / events;
        }
        return new Cost(Values.median(nanos), Values.median(bytes));
    }

    // Every stream answers so many times; the number of token events that were told.
    private long round() {
        recorder = new LoopRecorder();
        seen = 0;
        for (int i = 0; i < ANSWERS; i++) {
            answers();
        }
        if (seen != (long) ANSWERS * STREAMS * answer.tokens()) {
            throw new IllegalStateException("only " + seen + " token events were told");
        }
        return seen;
    }

    private void answers() {
        CompletionStream[] streams = new CompletionStream[STREAMS];
        for (int i = 0; i < STREAMS; i++) {
            streams[i] = new CompletionStream(TokenCount.USAGE, this::arrival);
            streams[i].head(clock, 200, "text/event-stream");
        }
        for (byte[] buffer : answer.buffers()) {
            for (CompletionStream stream : streams) {
                clock += GAP_NANOS;
                stream.buffer(clock, buffer, 0, buffer.length);
            }
        }
        for (CompletionStream stream : streams) {
            stream.end(clock);
        }
    }

    private void arrival(long nanos, long gapNanos, int tokenEvents) {
        recorder.arrival(Phase.WINDOW, nanos, gapNanos, tokenEvents, 0);
        seen += tokenEvents;
    }
}
