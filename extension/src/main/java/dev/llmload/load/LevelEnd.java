package dev.llmload.load;

import static dev.llmload.result.RequestRecord.ABSENT;

import dev.llmload.metric.ClientHealth;
import dev.llmload.metric.LoopRecorder;
import dev.llmload.result.Window;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What is left when a level has ended.
 *
 * @param steady the window, of no length if it never opened
 * @param windowOpened whether it did
 * @param wholeRun from the first request sent to the last response closed
 * @param health how the client kept up
 * @param recorders one per loop
 * @param staleConnections requests that were written twice
 * @param casualties whether the endpoint answered at all
 */
record LevelEnd(
        Window steady,
        boolean windowOpened,
        Window wholeRun,
        ClientHealth health,
        List<LoopRecorder> recorders,
        int staleConnections,
        Casualties casualties) {

    static LevelEnd of(
            WindowClock clock, long start, List<LoadLoop> loops, Casualties casualties, StandstillWatch standstill) {
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
                health(loops, standstill),
                loops.stream().map(LoadLoop::recorder).toList(),
                loops.stream().mapToInt(LoadLoop::resent).sum(),
                casualties);
    }

    private static ClientHealth health(List<LoadLoop> loops, StandstillWatch standstill) {
        Histogram delays = new Histogram(3);
        double worst = 0;
        int worstLoop = 0;
        boolean known = true;
        for (int i = 0; i < loops.size(); i++) {
            delays.add(loops.get(i).probe().finish().join());
            double utilisation = loops.get(i).probe().utilisation();
            known &= !Double.isNaN(utilisation);
            if (utilisation > worst) {
                worst = utilisation;
                worstLoop = i;
            }
        }
        if (delays.getTotalCount() == 0) {
            return ClientHealth.notMeasured("the window was shorter than one probe of the event loop");
        }
        String cpu = known
                ? String.format(Locale.ROOT, "event loop %d of %d was the busiest", worstLoop + 1, loops.size())
                : "this JVM does not tell the CPU time of a thread, so utilisation is unknown";
        return new ClientHealth(
                worst, delays.getValueAtPercentile(50), delays.getValueAtPercentile(99), standstill.share(), true, cpu);
    }
}
