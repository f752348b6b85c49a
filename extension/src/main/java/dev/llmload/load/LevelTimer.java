package dev.llmload.load;

import dev.llmload.load.plan.LevelLimits;
import dev.llmload.load.plan.LevelPlan;
import dev.llmload.load.plan.LevelStart;
import dev.llmload.load.send.Admission;
import dev.llmload.load.send.LoadLoop;
import dev.llmload.load.send.WindowClock;
import dev.llmload.load.wire.Timeouts;
import dev.llmload.result.text.DurationText;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Ends a level in time: opens and closes its window, stops it where it is a lost cause, cuts off at its deadline, ends its
 * drain. Confined to the level's thread.
 */
final class LevelTimer {
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final String ABORTED = "abortWhen";

    private final LevelPlan plan;
    private final LevelLimits limits;
    private final LevelStart start;
    private final Admission admission;
    private final WindowClock clock;
    private final AbortMonitor aborts;
    private final MoreRequests more;
    private final LevelNews news;
    private final List<LoadLoop> loops;
    private final long longestRequest;
    private final Consumer<String> cut;

    private Optional<String> aborted = Optional.empty();
    private boolean gaveUp;
    private boolean drained;

    LevelTimer(
            LevelPlan plan,
            LevelStart start,
            Admission admission,
            AbortMonitor aborts,
            MoreRequests more,
            LevelNews news,
            List<LoadLoop> loops,
            Timeouts timeouts,
            Consumer<String> cut) {
        this.plan = plan;
        this.limits = plan.limits();
        this.start = start;
        this.admission = admission;
        this.clock = admission.clock();
        this.aborts = aborts;
        this.more = more;
        this.news = news;
        this.loops = loops;
        this.longestRequest = timeouts.connect().plus(timeouts.total()).toNanos();
        this.cut = cut;
    }

    /** Why the level was aborted; empty if it was not. */
    Optional<String> aborted() {
        return aborted;
    }

    /**
     * Does what is due.
     *
     * @param now the time
     * @param active sources that have not retired
     * @return nanoseconds until it has to be called again
     */
    long keep(long now, long active) {
        abortIfLost(now);
        long deadlineLeft = deadline(now);
        long maxLeft = maxDuration(now);
        long openLeft = clock.openIfDue(now);
        long windowLeft = Math.min(openLeft, clock.remainingNanos(now));
        windowLeft = Math.min(windowLeft, more.look());
        if (clock.closed()) {
            endDrain();
            drain(now, active);
            windowLeft = Long.MAX_VALUE;
        }
        return Math.min(LevelNews.TICK_NANOS, Math.min(Math.min(maxLeft, deadlineLeft), windowLeft));
    }

    private void abortIfLost(long now) {
        if (clock.closed()) {
            return;
        }
        aborts.judge(now).ifPresent(reason -> {
            clock.close(now, ABORTED);
            admission.unload();
            if (clock.endedBy().equals(ABORTED)) {
                giveUpWaiting("still waiting to be sent when the level was aborted");
                aborted = Optional.of(reason);
                news.aborted(reason);
            }
        });
    }

    private long deadline(long now) {
        if (limits.deadline().isEmpty()) {
            return Long.MAX_VALUE;
        }
        long left = limits.deadline().get().toNanos() - (now - start.nanos());
        if (left > 0) {
            return left;
        }
        cut.accept("deadline " + DurationText.of(limits.deadline().get()));
        return Long.MAX_VALUE;
    }

    private long maxDuration(long now) {
        long left = limits.maxDuration().toNanos() - (now - start.nanos());
        if (left > 0) {
            return left;
        }
        String limit = "maxDuration " + DurationText.of(limits.maxDuration());
        clock.release();
        clock.close(now, limit);
        giveUpWaiting("still waiting to be sent when " + limit + " was over");
        return Long.MAX_VALUE;
    }

    private void giveUpWaiting(String reason) {
        if (!gaveUp) {
            gaveUp = true;
            loops.forEach(loop -> loop.wire().execute(() -> loop.giveUpWaiting(System.nanoTime(), reason)));
        }
    }

    private void endDrain() {
        if (!drained && !admission.draining()) {
            drained = true;
            loops.forEach(loop -> loop.wire().execute(loop::drained));
        }
    }

    // Every request has time-outs of its own; this only catches what should not happen. The last request that is sent
    // is one that is not measured, at the end of the last that is.
    private void drain(long now, long active) {
        long over = now - plan.load().lastSend(limits, start, clock.closeNanos()) - 2 * longestRequest;
        if (over > GRACE_NANOS) {
            cut.accept("the drain outlasted every time-out");
        }
        if (over > 2 * GRACE_NANOS) {
            throw new IllegalStateException(
                    active + " users did not end though every time-out is over: a defect of the load engine");
        }
    }
}
