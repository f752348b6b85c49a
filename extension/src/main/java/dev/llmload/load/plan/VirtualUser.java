package dev.llmload.load.plan;

import dev.llmload.load.send.Attempt;
import dev.llmload.load.send.LevelContext;
import dev.llmload.load.send.LoadLoop;
import dev.llmload.load.send.RequestOwner;
import dev.llmload.load.send.RequestSource;
import dev.llmload.load.wire.WireFailures;
import dev.llmload.prompt.PromptSupply;
import dev.llmload.result.request.RequestRecord;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One user of a closed loop: sends its next request when its last one has ended, and it has thought. Confined to its event loop. */
final class VirtualUser implements RequestSource, RequestOwner {
    /** Shortest pause after a failed connection: it limits the attempts to an endpoint that refuses them. */
    static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LevelContext level;
    private final LoadLoop loop;
    private final long start;
    private final ThinkTime.Pauses pauses;

    private @Nullable Attempt current;
    private boolean first = true;
    private boolean retired;
    private boolean thinking;
    private boolean leaving;
    private long leaves;

    /**
     * A user who has sent nothing yet.
     *
     * @param start when its first request is due
     */
    VirtualUser(LevelContext level, LoadLoop loop, long start, ThinkTime.Pauses pauses) {
        this.level = level;
        this.loop = loop;
        this.start = start;
        this.pauses = pauses;
    }

    @Override
    public LoadLoop loop() {
        return loop;
    }

    @Override
    public void begin() {
        loop.wire().schedule(() -> next(start), start - System.nanoTime());
    }

    /** Has it wait until it is told when to begin. */
    void await() {
        thinking = true;
    }

    /** Has its first request due at an instant. */
    void beginAt(long due) {
        nextAt(due);
    }

    /** From an instant on it begins no request. */
    void leaveAt(long instant) {
        leaving = true;
        leaves = instant;
        loop.wire().schedule(this::drained, instant - System.nanoTime());
    }

    // Begins a request if the level still wants one; otherwise this user ends.
    private void next(long scheduled) {
        if (retired) {
            return;
        }
        if (!level.admission().wants(scheduled) || leaving && scheduled - leaves >= 0) {
            retire();
            return;
        }
        try {
            PromptSupply.Draw draw = level.draw();
            byte[] body = level.target().body(draw);
            Attempt attempt = new Attempt(this, level, loop, scheduled, draw, Optional.empty(), false, pauses.next());
            current = attempt;
            attempt.start(body);
        } catch (RuntimeException | Error e) {
            level.failed(e);
            retire();
        }
    }

    @Override
    public void ended(Attempt attempt, long nanos, RequestRecord record) {
        current = null;
        if (first) {
            first = false;
            // Now, not when the response ended: its own tokens came before the window.
            level.admission().clock().firstFinished(System.nanoTime());
        }
        if (WireFailures.unconnected(record.outcome()) && level.admission().wants(nanos)) {
            pauseUnconnected();
        } else {
            think(nanos, record.flags().thinkNanos());
        }
    }

    @Override
    public void drained() {
        if (thinking) {
            retire(); // who thinks need not think to the end
        }
    }

    // A user without a connection takes as long as one whose requests succeed: else its quick failures would use up the
    // level's requests, and the share of failures would depend on how fast they fail.
    private void pauseUnconnected() {
        thinking = true;
        long pause = Math.min(LONGEST_PAUSE_NANOS, Math.max(PAUSE_NANOS, loop.usualNanos()));
        loop.wire().schedule(this::nextAfterPause, pause);
    }

    // Before the window opens one attempt is enough: what a user repeats meanwhile is no load, only more attempts.
    private void nextAfterPause() {
        if (retired) {
            return;
        }
        if (level.admission().clock().opening() && level.admission().wants(System.nanoTime())) {
            loop.wire().schedule(this::nextAfterPause, PAUSE_NANOS);
        } else {
            thinking = false;
            next(System.nanoTime());
        }
    }

    // The next request is due when the pause is over; what the level no longer wants is not waited for.
    private void think(long answered, long pause) {
        long due = answered + pause;
        if (pause == 0 || !level.admission().wants(answered)) {
            next(due);
        } else {
            nextAt(due);
        }
    }

    private void nextAt(long due) {
        thinking = true;
        loop.wire()
                .schedule(
                        () -> {
                            thinking = false;
                            next(due);
                        },
                        due - System.nanoTime());
    }

    @Override
    public void refused(Attempt attempt) {
        current = null;
        retire();
    }

    @Override
    public void cut(long now, String reason, boolean countUnsent) {
        Attempt inFlight = current;
        if (inFlight != null) {
            inFlight.cut(now, reason, countUnsent);
        }
        retire();
    }

    private void retire() {
        if (!retired) {
            retired = true;
            level.retired();
        }
    }
}
