package dev.llmload.load;

import dev.llmload.load.plan.LevelPlan;
import dev.llmload.load.plan.LevelStart;
import dev.llmload.load.send.WindowClock;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells a level's listener what happens: phases and progress on the level's thread, requests on the event loops. A listener
 * that fails ends the level: it must not leave users sending.
 */
final class LevelNews {
    /** Time between two words of progress. */
    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final LevelPlan plan;
    private final LevelStart start;
    private final WindowClock clock;
    private final LoadListener listener;
    private final Consumer<Throwable> failed;
    private final ProgressMeter meter;
    private String phase = "";
    private long told;

    LevelNews(LevelPlan plan, LevelStart start, WindowClock clock, LoadListener listener, Consumer<Throwable> failed) {
        this.plan = plan;
        this.start = start;
        this.clock = clock;
        this.listener = listener;
        this.failed = failed;
        this.meter = new ProgressMeter(plan.level());
        this.told = start.nanos();
    }

    /** Tells the phase if it is another. */
    void announce(long now) {
        String current = clock.phase().inWords();
        if (!current.equals(phase)) {
            phase = current;
            meter.phase(current, now);
            tell(() -> listener.phase(plan.level().name(), current));
        }
    }

    /** Tells how far the level is. While more requests may be wanted, time is kept more often than anybody wants to be told. */
    void progress(long now) {
        if (!clock.held() || now - told >= TICK_NANOS) {
            told = now;
            tell(() -> listener.progress(meter.read(plan.level().name(), wanted(), now, timeLeft(now))));
        }
    }

    void ended(RequestRecord record) {
        if (record.phase() != Phase.DRAIN) {
            meter.ended(record);
        }
        tell(() -> listener.requestEnded(plan.level().name(), record));
    }

    void corrected(RequestRecord record) {
        tell(() -> listener.requestCorrected(plan.level().name(), record));
    }

    void aborted(String reason) {
        tell(() -> listener.aborted(plan.level().name(), reason));
    }

    private int wanted() {
        return plan.limits().requests() == 0 ? 0 : clock.wanted();
    }

    private Duration timeLeft(long now) {
        long left = plan.limits().maxDuration().toNanos() - (now - start.nanos());
        return clock.closed()
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(0, Math.min(left, clock.remainingNanos(now))));
    }

    private void tell(Runnable words) {
        try {
            words.run();
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        }
    }
}
