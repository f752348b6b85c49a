package dev.llmload.load;

import dev.llmload.prompt.PromptSupply;
import dev.llmload.result.Outcome;
import dev.llmload.result.RequestRecord;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One user of a closed loop: sends its next request when its last one has ended, and it has thought. Confined to its event loop. */
final class Slot implements LoadSource, RequestOwner {
    /** Pause after a failed connection, lest a dead endpoint be hammered thousands of times a second. */
    static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LevelRun run;
    private final LoadLoop loop;
    private final ThinkTime.Pauses pauses;

    private @Nullable Attempt current;
    private boolean first = true;
    private boolean retired;
    private boolean thinking;

    Slot(LevelRun run, LoadLoop loop, ThinkTime.Pauses pauses) {
        this.run = run;
        this.loop = loop;
        this.pauses = pauses;
    }

    /** Begins a request if the level still wants one; otherwise the user goes home. */
    void next(long scheduled) {
        if (retired) {
            return;
        }
        if (!run.clock().admitting(scheduled)) {
            retire();
            return;
        }
        try {
            PromptSupply.Draw draw = run.prompts().get();
            byte[] body = run.target().body(draw);
            Attempt attempt = new Attempt(this, run, loop, scheduled, draw, Optional.empty(), false, pauses.next());
            current = attempt;
            attempt.start(body);
        } catch (RuntimeException e) {
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
        boolean noConnection = record.outcome() == Outcome.CONNECT || record.outcome() == Outcome.TLS;
        if (noConnection && run.clock().admitting(nanos)) {
            loop.wire().schedule(() -> next(System.nanoTime()), PAUSE_NANOS);
        } else {
            think(nanos, record.flags().thinkNanos());
        }
    }

    @Override
    public void giveUpWaiting(long now, String reason) {
        if (thinking) {
            retire();
        }
    }

    // The next request is due when the pause is over; what the level no longer wants is not waited for.
    private void think(long answered, long pause) {
        long due = answered + pause;
        if (pause == 0 || !run.clock().admitting(answered)) {
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
