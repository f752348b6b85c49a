package dev.llmload.load.send;

import dev.llmload.result.request.RequestRecord;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A successful request whose answer is being checked. It is recorded when the check is done or given up. Listeners are told
 * of it then, or after a second without: a slow check holds no line of the request log back. A check that says no later
 * than that corrects what was told. Confined to its event loop.
 */
final class PendingAnswer {
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LevelContext level;
    private final LoadLoop loop;
    private final RequestRecord record;
    private @Nullable ScheduledFuture<?> timer;
    private boolean told;
    private boolean over;

    PendingAnswer(LevelContext level, LoadLoop loop, RequestRecord record) {
        this.level = level;
        this.loop = loop;
        this.record = record;
    }

    void begin() {
        timer = loop.wire().schedule(this::late, MOST_NANOS);
    }

    /** The check is done; what is wrong with the answer, or nothing. */
    void looked(String complaint) {
        if (!end()) {
            return;
        }
        RequestRecord judged = record.checked(level.target().secrets().line(complaint));
        loop.ended(judged);
        if (!told) {
            level.ended(judged);
        } else if (!complaint.isEmpty()) {
            level.corrected(judged);
        }
    }

    /** Nobody looks at the answer any more. */
    void missed() {
        if (end()) {
            loop.ended(record.unchecked());
            late();
        }
    }

    private void late() {
        if (!told) {
            told = true;
            level.ended(record.unchecked());
        }
    }

    private boolean end() {
        if (over) {
            return false;
        }
        over = true;
        ScheduledFuture<?> current = timer;
        if (current != null) {
            current.cancel(false);
        }
        return true;
    }
}
