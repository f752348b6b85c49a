package dev.llmload.load;

import dev.llmload.load.send.Admission;
import dev.llmload.load.send.LoadLoop;
import dev.llmload.load.send.WindowClock;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Lets a level go on beyond its planned requests, where somebody decides that when those have ended. */
final class MoreRequests {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Sampling sampling;
    private final boolean mayGoOn;
    private final Admission admission;
    private final WindowClock clock;
    private final Queue<RequestRecord> sample = new ConcurrentLinkedQueue<>();

    MoreRequests(Sampling sampling, Admission admission) {
        this.sampling = sampling;
        this.mayGoOn = sampling != Sampling.AS_PLANNED;
        this.admission = admission;
        this.clock = admission.clock();
        if (mayGoOn) {
            clock.holdAtTheEnd();
        }
    }

    /** A request has ended. From any thread. */
    void ended(RequestRecord record) {
        if (mayGoOn && record.phase() == Phase.WINDOW) {
            sample.add(record);
        }
    }

    /**
     * Asks whether there are enough, if all that were wanted have ended. On the level's thread.
     *
     * @return nanoseconds until it has to be called again
     */
    long look() {
        if (!clock.held()) {
            return Long.MAX_VALUE;
        }
        if (admission.allEnded() && sample.size() >= admission.measured()) {
            int wanted = sampling.wanted(List.copyOf(sample));
            if (wanted > clock.wanted()) {
                clock.goOn(wanted);
            } else {
                clock.release();
            }
        }
        return LOOK_NANOS;
    }

    /** Until the last look was made, nobody knew that the window was closed. */
    void end(List<LoadLoop> loops) {
        if (mayGoOn && clock.closed()) {
            loops.forEach(loop -> loop.recorder().windowClosed(clock.closeNanos()));
        }
    }
}
