package dev.llmload.load;

import static dev.llmload.result.request.RequestRecord.ABSENT;

import dev.llmload.load.send.LoadLoop;
import dev.llmload.load.send.WindowClock;
import dev.llmload.metric.LevelRecording;
import dev.llmload.metric.LoopRecorder;
import dev.llmload.result.Window;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is left when a level has ended.
 *
 * @param steady the window, of no length if it never opened
 * @param windowOpened whether it did
 * @param wholeRun from the first request sent to the last response closed
 * @param health how the client kept up
 * @param recorders one per loop
 * @param staleConnections requests that were written twice
 * @param reachability whether the endpoint answered at all
 * @param aborted why it was aborted; empty if it was not
 */
record LevelEnd(
        Window steady,
        boolean windowOpened,
        Window wholeRun,
        LevelRecording.Health health,
        List<LoopRecorder> recorders,
        int staleConnections,
        ReachabilityCheck reachability,
        Optional<String> aborted) {

    static LevelEnd of(
            WindowClock clock,
            long start,
            List<LoadLoop> loops,
            ReachabilityCheck reachability,
            LevelRecording.Health health,
            Optional<String> aborted) {
        long now = System.nanoTime();
        long first = loops.stream()
                .mapToLong(LoadLoop::firstSent)
                .filter(nanos -> nanos != ABSENT)
                .min()
                .orElse(start);
        long last = loops.stream()
                .mapToLong(LoadLoop::lastClosed)
                .filter(nanos -> nanos != ABSENT)
                .max()
                .orElse(now);
        last = Math.max(first, last);
        Duration whole = Duration.ofNanos(last - first);
        String endedBy = clock.endedBy();
        long close = clock.closed() ? clock.closeNanos() : last;
        long open = clock.opened() ? clock.openNanos() : close;
        return new LevelEnd(
                new Window(Window.Kind.STEADY, open, Math.max(open, close), whole, endedBy),
                clock.opened(),
                new Window(Window.Kind.WHOLE_RUN, first, last, whole, endedBy),
                health,
                loops.stream().map(LoadLoop::recorder).toList(),
                loops.stream().mapToInt(LoadLoop::resent).sum(),
                reachability,
                aborted);
    }
}
