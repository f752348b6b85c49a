package dev.llmload.load.health;

import dev.llmload.load.wire.PauseDetector;
import dev.llmload.metric.check.ClientHealth;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * How the client keeps up over one stretch of a level: each of its event loops, and the process as a whole.
 *
 * <p>The process stood still when everything in it was late at once. On a crowded machine one thread or another always
 * is, so the least late one counts: of the watching thread and the loops. What the collectors report stands by itself.
 */
public final class ClientHealthMonitor {
    private final PauseDetector standstill;
    private final List<LoopProbe.Stretch> loops;
    private final long beginNanos = System.nanoTime();
    private final long beginStill;
    private final long beginPauses = PauseDetector.pauseNanos();

    private boolean ended;
    private long lengthNanos;
    private long still;
    private long pauses;

    private ClientHealthMonitor(List<LoopProbe> loops, PauseDetector standstill) {
        this.standstill = standstill;
        this.beginStill = standstill.stoodStill();
        this.loops = loops.stream().map(LoopProbe::begin).toList();
    }

    /** Watches from now on. From any thread. */
    public static ClientHealthMonitor begin(List<LoopProbe> loops, PauseDetector standstill) {
        return new ClientHealthMonitor(loops, standstill);
    }

    /** What comes later does not count; the first call does. From any thread. */
    public synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        lengthNanos = System.nanoTime() - beginNanos;
        still = standstill.stoodStill() - beginStill;
        pauses = PauseDetector.pauseNanos() - beginPauses;
        loops.forEach(LoopProbe.Stretch::end);
    }

    /** What was seen. To be asked after the end, when the probes have stopped. */
    public synchronized ClientHealth health() {
        Histogram delays = new Histogram(3);
        double worst = 0;
        int worstLoop = 0;
        boolean known = true;
        long[] late = new long[loops.size() + 1];
        late[loops.size()] = still;
        for (int i = 0; i < loops.size(); i++) {
            LoopProbe.Stretch loop = loops.get(i);
            delays.add(loop.delays());
            late[i] = loop.stoodStill();
            known &= !Double.isNaN(loop.utilisation());
            if (loop.utilisation() > worst) {
                worst = loop.utilisation();
                worstLoop = i;
            }
        }
        if (delays.getTotalCount() == 0) {
            return ClientHealth.notMeasured("the window was shorter than one probe of the event loop");
        }
        return new ClientHealth(
                worst,
                delays.getValueAtPercentile(50),
                delays.getValueAtPercentile(99),
                stoppedShare(lengthNanos, pauses, late),
                queuedShare(),
                true,
                detail(known, worstLoop));
    }

    /** The share of the time in which the collectors say to have stopped the process, or all its watchers were late. */
    static double stoppedShare(long lengthNanos, long pausedNanos, long... lateNanos) {
        long everybodyLate = Arrays.stream(lateNanos).min().orElse(0);
        return lengthNanos <= 0 ? 0 : Math.min(1, (double) Math.max(pausedNanos, everybodyLate) / lengthNanos);
    }

    private double queuedShare() {
        long queued = loops.stream().mapToLong(LoopProbe.Stretch::queued).max().orElse(-1);
        return queued < 0 || lengthNanos <= 0 ? -1 : Math.min(1, (double) queued / lengthNanos);
    }

    private String detail(boolean known, int worstLoop) {
        if (!known) {
            return "this JVM does not tell the CPU time of a thread, so utilisation is unknown";
        }
        return loops.size() == 1
                ? ""
                : String.format(Locale.ROOT, "event loop %d of %d was the busiest", worstLoop + 1, loops.size());
    }
}
