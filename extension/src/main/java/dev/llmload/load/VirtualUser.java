package dev.llmload.load;

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

    private final LevelRun run;
    private final LoadLoop loop;
    private final ThinkTime.Pauses pauses;

    private @Nullable Attempt current;
    private boolean first = true;
    private boolean retired;
    private boolean thinking;

    VirtualUser(LevelRun run, LoadLoop loop, ThinkTime.Pauses pauses) {
        this.run = run;
        this.loop = loop;
        this.pauses = pauses;
    }

    /** Begins a request if the level still wants one; otherwise the user has ended. */
    void next(long scheduled) {
        if (retired) {
            return;
        }
        if (!run.wants(scheduled)) {
            retire();
            return;
        }
        try {
            PromptSupply.Draw draw = run.prompts().get();
            byte[] body = run.target().body(draw);
            Attempt attempt = new Attempt(this, run, loop, scheduled, draw, Optional.empty(), false, pauses.next());
            current = attempt;
            attempt.start(body);
        } catch (RuntimeException | Error e) {
            run.failed(e);
            retire();
        }
    }

    @Override
    public void ended(Attempt attempt, long nanos, RequestRecord record) {
        current = null;
        if (first) {
            first = false;
            // Now, not when the response ended: its own tokens came before the window.
            run.clock().firstFinished(System.nanoTime());
        }
        if (WireFailures.unconnected(record.outcome()) && run.wants(nanos)) {
            pauseUnconnected();
        } else {
            think(nanos, record.flags().thinkNanos());
        }
    }

    @Override
    public void giveUpWaiting(long now, String reason) {
        drained();
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
        if (run.clock().opening() && run.wants(System.nanoTime())) {
            loop.wire().schedule(this::nextAfterPause, PAUSE_NANOS);
        } else {
            thinking = false;
            next(System.nanoTime());
        }
    }

    // The next request is due when the pause is over; what the level no longer wants is not waited for.
    private void think(long answered, long pause) {
        long due = answered + pause;
        if (pause == 0 || !run.wants(answered)) {
            next(due);
        } else {
            thinking = true;
            loop.wire()
                    .schedule(
                            () -> {
                                thinking = false;
                                next(due);
                            },
                            due - System.nanoTime());
        }
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
            run.retired();
        }
    }
}
