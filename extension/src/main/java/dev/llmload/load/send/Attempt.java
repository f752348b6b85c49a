package dev.llmload.load.send;

import static dev.llmload.result.request.RequestRecord.ABSENT;

import dev.llmload.load.wire.Timeouts;
import dev.llmload.load.wire.WireCall;
import dev.llmload.load.wire.WireListener;
import dev.llmload.prompt.PromptSupply;
import dev.llmload.protocol.ArrivalListener;
import dev.llmload.protocol.CompletionStream;
import dev.llmload.protocol.Redirect;
import dev.llmload.result.Answer;
import dev.llmload.result.Outcome;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.text.DurationText;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** One attempted request: its instants, its time-outs, its end. Confined to its event loop. */
public final class Attempt implements WireListener, ArrivalListener {
    private final RequestOwner owner;
    private final Optional<Phase> admitted;
    private final boolean held;
    private final long thinkNanos;
    private final LevelContext level;
    private final Admission admission;
    private final WindowClock clock;
    private final Target target;
    private final LoadLoop loop;
    private final Timeouts timeouts;
    private final long scheduled;
    private final PromptSupply.Draw draw;
    private final CompletionStream stream;

    private @Nullable WireCall call;
    private @Nullable ScheduledFuture<?> timer;
    private Phase phase = Phase.RAMP_IN;
    private int number = RequestRecord.UNKNOWN;
    private long sent = ABSENT;
    private long connectNanos = ABSENT;
    private boolean reused;
    private boolean resent;
    private long sentLate;
    private long firstLate;
    private long outputLate;
    private long lastLate;
    private int eventsInWindow;
    private boolean stallWatched;
    private boolean sampled;
    private boolean over;
    private boolean gone;
    private long started = ABSENT;

    /**
     * A request that is not sent yet.
     *
     * @param owner told what becomes of it
     * @param level that it belongs to
     * @param loop that it is sent on
     * @param scheduled when it is due
     * @param draw its prompt
     * @param admitted the phase in which it was admitted when it was due; empty if it is admitted when it is sent
     * @param held whether it was due while as many were in flight as may be
     * @param thinkNanos how long its user thinks afterwards
     */
    public Attempt(
            RequestOwner owner,
            LevelContext level,
            LoadLoop loop,
            long scheduled,
            PromptSupply.Draw draw,
            Optional<Phase> admitted,
            boolean held,
            long thinkNanos) {
        this.owner = owner;
        this.admitted = admitted;
        this.held = held;
        this.thinkNanos = thinkNanos;
        this.level = level;
        this.admission = level.admission();
        this.clock = admission.clock();
        this.target = level.target();
        this.loop = loop;
        this.timeouts = target.timeouts();
        this.scheduled = scheduled;
        this.draw = draw;
        this.stream = new CompletionStream(target.tokenCount(), this);
    }

    /** Sends it. */
    public void start(byte[] body) {
        started = System.nanoTime();
        call = loop.send(body, this);
        if (sent == ABSENT && !over) {
            arm((admitted.isPresent() ? System.nanoTime() : scheduled)
                    + timeouts.connect().toNanos());
        }
    }

    /** Cuts it off now; what was in flight is recorded as CUT, unless the answer was already complete. */
    public void cut(long now, String reason, boolean countUnsent) {
        if (over) {
            return;
        }
        abort();
        gone = true; // whatever the time is: it is cut off in the phase that it is in
        if (sent == ABSENT) {
            if (!countUnsent && admitted.isEmpty()) {
                over = true;
                owner.refused(this);
                return;
            }
            phase = admitted.orElseGet(admission::phaseOfUnsent);
            number = admission.nextNumber();
        }
        fail(now, Outcome.CUT, reason);
    }

    @Override
    public boolean sending(long nanos, long connect, boolean onReused, boolean again) {
        if (!again) {
            Optional<Phase> now = admission(nanos);
            if (now.isEmpty()) {
                over = true;
                disarm();
                owner.refused(this);
                return false;
            }
            phase = now.get();
            number = admission.nextNumber();
            sampled = samples(number);
            if (sampled) {
                stream.keepText();
            }
        }
        sent = nanos;
        connectNanos = connect;
        reused = onReused;
        resent = again;
        disarm();
        arm(due());
        return true;
    }

    @Override
    public void sent(long nanos, long lateNanos) {
        sent = nanos;
        sentLate = lateNanos;
        leave(nanos);
    }

    // Once: a request that is written again belongs where it did.
    private void leave(long nanos) {
        if (!gone) {
            gone = true;
            phase = clock.left(phase, nanos);
        }
    }

    @Override
    public void redirect(int status, String location) {
        stream.redirected(Redirect.sentence(status, target.endpoint(), location));
    }

    @Override
    public void head(long nanos, int status, String contentType, String server) {
        stream.head(nanos, status, contentType);
    }

    @Override
    public void buffer(long nanos, byte[] bytes, int offset, int length) {
        stream.buffer(nanos, bytes, offset, length);
        if (stream.firstOutputNanos() == nanos) {
            outputLate = lastLate;
        }
        if (stream.broken()) {
            abort();
            stream.end(nanos);
            finish();
        } else if (!stallWatched && stream.started()) {
            // From here on the stall time-out may be due before the one for the first token was.
            stallWatched = true;
            disarm();
            arm(due());
        }
    }

    @Override
    public void end(long nanos) {
        stream.end(nanos);
        finish();
    }

    @Override
    public void failed(long nanos, Outcome kind, String error) {
        if (sent == ABSENT) {
            notConnected(nanos, kind, error);
        } else {
            fail(nanos, kind, error);
        }
    }

    @Override
    public void arrival(long nanos, long gapNanos, int tokenEvents) {
        long late = loop.lateness(nanos);
        lastLate = late;
        if (gapNanos == ABSENT) {
            firstLate = late;
        }
        loop.recorder().arrival(phase, nanos, gapNanos, tokenEvents, late);
        if (clock.contains(nanos)) {
            eventsInWindow += tokenEvents;
        }
    }

    private void timeIsUp() {
        long now = System.nanoTime();
        if (over) {
            return;
        }
        if (sent == ABSENT) {
            abort();
            notConnected(now, Outcome.CONNECT, "no connection within " + DurationText.of(timeouts.connect()));
            return;
        }
        long due = due();
        if (now - due < 0) {
            arm(due);
            return;
        }
        abort();
        if (now - (sent + timeouts.total().toNanos()) >= 0) {
            fail(now, Outcome.TIMEOUT_TOTAL, "not ended within " + DurationText.of(timeouts.total()));
        } else if (stream.started()) {
            fail(now, Outcome.TIMEOUT_STALLED, "no event for " + DurationText.of(timeouts.stall()));
        } else {
            Duration limit = timeouts.firstToken();
            fail(now, Outcome.TIMEOUT_FIRST_TOKEN, "no token within " + DurationText.of(limit));
        }
    }

    private long due() {
        long total = sent + timeouts.total().toNanos();
        long last = stream.lastEventNanos();
        long next = stream.started() && last != ABSENT
                ? last + timeouts.stall().toNanos()
                : sent + timeouts.firstToken().toNanos();
        return next - total < 0 ? next : total;
    }

    // A connection that was never there is an attempt too, unless the level wants no more of them.
    private void notConnected(long now, Outcome kind, String error) {
        Optional<Phase> allowed = admission(now);
        if (allowed.isEmpty()) {
            over = true;
            disarm();
            owner.refused(this);
            return;
        }
        phase = allowed.get();
        number = admission.nextNumber();
        fail(now, kind, error);
    }

    private Optional<Phase> admission(long now) {
        return admitted.isPresent() ? admitted : admission.admit(now);
    }

    // What the response itself has decided stands: an error status, a complete answer.
    private void fail(long now, Outcome kind, String error) {
        stream.fail(now, kind, error);
        finish();
    }

    private void finish() {
        over = true;
        disarm();
        leave(stream.closedNanos());
        admission.ended(phase);
        RequestRecord record = new RequestRecord(
                number,
                phase,
                stream.outcome(),
                new RequestRecord.Times(
                        scheduled,
                        sent,
                        stream.headersNanos(),
                        stream.firstTokenNanos(),
                        stream.firstOutputNanos(),
                        stream.lastTokenNanos(),
                        stream.closedNanos(),
                        connectNanos,
                        new RequestRecord.Lateness(sentLate, firstLate, outputLate, lastLate)),
                stream.tokens(eventsInWindow),
                stream.status(),
                target.secrets().name(stream.finishReason()),
                target.secrets().line(stream.error()),
                draw.identity(),
                stream.answer(),
                new RequestRecord.Flags(
                        reused, resent, stream.countedEvents(), held, thinkNanos, false, false, heldNanos()),
                draw.origin());
        if (sampled && record.succeeded()) {
            Answer answer = new Answer(draw.messages(), stream.text(), stream.finishReason());
            level.answers().orElseThrow().submit(answer, new PendingAnswer(level, loop, record), loop.wire()::execute);
        } else {
            loop.ended(record);
            level.ended(record);
        }
        owner.ended(this, stream.closedNanos(), record);
    }

    private boolean samples(int ofRequest) {
        Optional<AnswerChecker> answers = level.answers();
        return answers.isPresent() && answers.get().samples(ofRequest);
    }

    private long heldNanos() {
        long until = started == ABSENT ? stream.closedNanos() : started;
        return held ? Math.max(0, until - scheduled) : 0;
    }

    private void abort() {
        WireCall current = call;
        if (current != null) {
            current.abort();
        }
    }

    private void arm(long due) {
        timer = loop.wire().schedule(this::timeIsUp, due - System.nanoTime());
    }

    private void disarm() {
        ScheduledFuture<?> current = timer;
        if (current != null) {
            current.cancel(false);
            timer = null;
        }
    }
}
