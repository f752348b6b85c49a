package dev.llmload.protocol;

import static dev.llmload.result.request.RequestRecord.ABSENT;
import static dev.llmload.result.request.RequestRecord.UNKNOWN;

import dev.llmload.junit.TokenCount;
import dev.llmload.result.Outcome;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.text.Secrets;
import java.util.Locale;

/**
 * One response, from its head to its end: decodes it and applies the definitions of token event, arrival, usage and
 * failure kinds. It reads no clock; every instant is the caller's, in nanoseconds, and an instant before an earlier one counts
 * as that earlier one. One object per request, confined to one thread.
 */
public final class CompletionStream {
    private enum Body {
        NONE,
        UNDECIDED,
        EVENTS,
        FOREIGN,
        REFUSAL
    }

    private final TokenTally tally;
    private final AnswerEvents events;
    private final Excerpt beginning = new Excerpt(Excerpt.LIMIT);

    private Body body = Body.NONE;
    private ForeignBody foreign = new ForeignBody("", false);
    private String contentType = "";
    private int status = UNKNOWN;
    private String redirect = "";

    private long now = ABSENT;
    private long headers = ABSENT;
    private long lastBuffer = ABSENT;
    private long closed = ABSENT;
    private boolean lastBufferArrived;

    private boolean settled;
    private Outcome outcome = Outcome.CUT;
    private String error = "";

    /**
     * A response that has not begun.
     *
     * @param count where token counts may come from
     * @param listener is told of each arrival
     */
    public CompletionStream(TokenCount count, ArrivalListener listener) {
        this.tally = new TokenTally(count, listener);
        this.events = new AnswerEvents(tally);
    }

    /** Keeps the content of the answer; to be called before any of it comes. */
    public void keepText() {
        events.keepText();
    }

    /**
     * The content of the answer so far.
     *
     * @return without reasoning and tool calls; empty if it was not kept
     */
    public String text() {
        return events.text();
    }

    /**
     * The response head came.
     *
     * @param nanos when
     * @param status the HTTP status
     * @param contentType the header's value, or empty
     */
    public void head(long nanos, int status, String contentType) {
        if (closed != ABSENT) {
            return;
        }
        headers = tick(nanos);
        this.status = status;
        this.contentType = contentType;
        if (!HttpFailures.isSuccess(status)) {
            body = Body.REFUSAL;
        } else if (ForeignBody.isForeign(contentType)) {
            body = Body.FOREIGN;
            foreign = new ForeignBody(contentType, false);
        } else {
            body = Body.UNDECIDED;
        }
    }

    /**
     * The response is a redirect; to be called before its head.
     *
     * @param sentence its target and what to do, in words
     */
    public void redirected(String sentence) {
        redirect = sentence;
    }

    /**
     * A network buffer of the body came. The bytes are read during the call only.
     *
     * @param nanos when, taken at the entry of the caller's handler
     * @param bytes holds it
     * @param offset where it begins
     * @param length its length in bytes
     */
    public void buffer(long nanos, byte[] bytes, int offset, int length) {
        if (closed != ABSENT || settled || length == 0) {
            return;
        }
        lastBuffer = tick(nanos);
        if (body == Body.UNDECIDED) {
            decide(bytes, offset, offset + length);
        }
        switch (body) {
            case UNDECIDED, EVENTS -> decode(bytes, offset, length);
            case FOREIGN -> {
                if (foreign.add(bytes, offset, length)) {
                    foreign.judge(status, this::settle);
                }
            }
            case REFUSAL -> beginning.add(bytes, offset, length);
            case NONE -> {}
        }
    }

    private void decide(byte[] bytes, int from, int to) {
        int first = ForeignBody.firstByte(bytes, from, to);
        if (first < to) {
            body = ForeignBody.begins(bytes[first]) ? Body.FOREIGN : Body.EVENTS;
            foreign = body == Body.FOREIGN ? new ForeignBody(contentType, true) : foreign;
        }
    }

    private void decode(byte[] bytes, int offset, int length) {
        int before = tally.arrivals();
        events.feed(now, bytes, offset, length);
        tally.bufferDecoded(now);
        lastBufferArrived = tally.arrivals() > before;
        if (!events.recognised()) {
            beginning.add(bytes, offset, length);
        }
        settleIfBroken();
    }

    private void settleIfBroken() {
        if (events.problem() != Outcome.OK) {
            settle(events.problem(), events.problemText());
        }
    }

    private boolean declaresEvents() {
        return contentType.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    }

    /**
     * The response ended cleanly. Only the first call of this or {@link #fail} counts.
     *
     * @param nanos when
     */
    public void end(long nanos) {
        if (closed != ABSENT) {
            return;
        }
        closed = tick(nanos);
        if (settled) {
            return;
        }
        switch (body) {
            case NONE -> settle(Outcome.RESET, "the connection ended without a response head");
            case FOREIGN -> foreign.judge(status, this::settle);
            case REFUSAL -> settleRefusal();
            case UNDECIDED, EVENTS -> endOfEvents();
        }
    }

    private void endOfEvents() {
        boolean strange = events.strange();
        events.finish();
        tally.streamEnded(lastBuffer, lastBufferArrived);
        settleIfBroken();
        if (settled) {
            return;
        }
        if (complete()) {
            settleComplete();
        } else if (!events.recognised() && !beginning.isEmpty() && (strange || !declaresEvents())) {
            settle(Outcome.PROTOCOL, ForeignBody.sentence(status, contentType, beginning));
        } else {
            settle(
                    Outcome.TRUNCATED,
                    "the response ended with neither finish_reason nor [DONE], after " + tally.events()
                            + " token events" + events.beside());
        }
    }

    /**
     * The request failed: no connection, a reset, a time-out, a cut. Only the first call of this or {@link #end} counts. What
     * the response itself already decided stands: an error status, an error in the stream, and a complete answer
     * ({@code finish_reason} or {@code [DONE]} seen), which only {@link Outcome#WRONG_ANSWER} can still fail.
     *
     * @param nanos when
     * @param outcome a failure kind or {@link Outcome#CUT}
     * @param error what happened
     * @throws IllegalArgumentException if the outcome is {@link Outcome#OK}
     */
    public void fail(long nanos, Outcome outcome, String error) {
        if (outcome == Outcome.OK) {
            throw new IllegalArgumentException("`outcome` of a failure must not be OK");
        }
        if (closed != ABSENT) {
            return;
        }
        closed = tick(nanos);
        if (settled) {
            return;
        }
        if (body == Body.REFUSAL) {
            settleRefusal();
        } else if (complete() && outcome != Outcome.WRONG_ANSWER) {
            settleComplete();
        } else {
            settle(outcome, error);
        }
    }

    private boolean complete() {
        return events.done() || !events.finishReason().isEmpty();
    }

    private void settleComplete() {
        if (!events.givenUp().isEmpty()) {
            settle(Outcome.STREAM_ERROR, events.givenUp());
        } else if (tally.events() > 0) {
            settle(Outcome.OK, "");
        } else {
            String reason = finishReason().isEmpty() ? "no finish_reason" : "finish_reason " + finishReason();
            settle(Outcome.EMPTY, "the answer held no token event (" + reason + ")" + events.beside());
        }
    }

    private void settleRefusal() {
        String said = beginning.text();
        if (status >= 400 && !said.isEmpty()) {
            settle(HttpFailures.ofStatus(status), said);
            return;
        }
        if (!redirect.isEmpty()) {
            settle(HttpFailures.ofStatus(status), redirect + (said.isEmpty() ? "" : "; it says: " + said));
            return;
        }
        String explained = status >= 300 && status < 400
                ? "status " + status + " is a redirect, which is not followed: set the url to where it points"
                : "status " + status;
        settle(HttpFailures.ofStatus(status), explained + (said.isEmpty() ? ", with an empty body" : ": " + said));
    }

    private void settle(Outcome outcome, String error) {
        settled = true;
        this.outcome = outcome;
        this.error = Excerpt.cut(Secrets.none().redact(error));
        events.stop();
    }

    private long tick(long nanos) {
        if (now == ABSENT || nanos - now > 0) {
            now = nanos;
        }
        return now;
    }

    /**
     * Whether nothing more of value can come. The response may still run on to its end.
     *
     * @return true once {@code [DONE]} was seen, or a {@code finish_reason} and the usage
     */
    public boolean done() {
        return events.done() || !events.finishReason().isEmpty() && tally.usageKnown();
    }

    /** {@return whether there was a token event} */
    public boolean started() {
        return tally.events() > 0;
    }

    /** {@return whether the response was found to be no good stream, so that the caller may abort the connection now} */
    public boolean broken() {
        return settled && (outcome == Outcome.STREAM_ERROR || outcome == Outcome.PROTOCOL);
    }

    /** {@return instant of the last event of any kind, comments included, for a stall time-out; absent if there was none} */
    public long lastEventNanos() {
        return events.lastEvent();
    }

    /** {@return how it ended; {@link Outcome#CUT} until it did} */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * What happened. What looks like a key is masked; the caller removes what it knows with {@link Secrets#redact}.
     *
     * @return at most 512 bytes of UTF-8, for an error status the beginning of the body; empty if it ended well
     */
    public String error() {
        return error;
    }

    /** {@return the HTTP status, or {@link RequestRecord#UNKNOWN} before the head} */
    public int status() {
        return status;
    }

    /** {@return a fingerprint of the answer's text, {@link RequestRecord#UNKNOWN} if there is nothing to compare} */
    public long answer() {
        return events.print();
    }

    /** {@return the {@code finish_reason} by which the server gave up, else the last one, or empty} */
    public String finishReason() {
        return events.finishReason();
    }

    /**
     * The counts so far.
     *
     * @param eventsInWindow token events that the caller saw arrive while the window was open
     * @return the counts, each unknown where the server did not say
     */
    public RequestRecord.Tokens tokens(int eventsInWindow) {
        return tally.tokens(eventsInWindow);
    }

    /** {@return instant of the response head, or absent} */
    public long headersNanos() {
        return headers;
    }

    /** {@return instant of the first token event, or absent} */
    public long firstTokenNanos() {
        return tally.firstToken();
    }

    /** {@return instant of the first token event that is not reasoning, or absent} */
    public long firstOutputNanos() {
        return tally.firstOutput();
    }

    /** {@return instant of the last token event, or absent} */
    public long lastTokenNanos() {
        return tally.lastToken();
    }

    /** {@return instant of the end or the failure, or absent} */
    public long closedNanos() {
        return closed;
    }

    /** {@return whether the token counts are counted events, because there is no usage} */
    public boolean countedEvents() {
        return tally.counted();
    }
}
