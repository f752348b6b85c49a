package dev.llmload.metric;

import static dev.llmload.result.request.RequestRecord.ABSENT;
import static dev.llmload.result.request.RequestRecord.UNKNOWN;

import dev.llmload.result.Outcome;
import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.result.request.UsageFlaw;

/**
 * Builds records by hand, in milliseconds of the test's own time. Unless something else is said, a request is sent in
 * the window, succeeds, gets its first token after 20 ms and its last after 100 ms, and has 6 tokens in 6 events.
 */
public final class Requests {
    /** A clock may stand anywhere: its zero here is negative, and on the edge of a time bin. */
    private static final long ORIGIN = -1_234_567_900_000_000L;

    private Phase phase = Phase.WINDOW;
    private Outcome outcome = Outcome.OK;
    private long scheduled;
    private long sent;
    private long headers;
    private long first;
    private long firstOutput;
    private long last;
    private long closed;
    private long connect = ABSENT;
    private int promptTokens = 10;
    private int cached = 0;
    private int output = 6;
    private int streamed = 6;
    private int firstEvent = 1;
    private boolean firstEventKnown;
    private int events = 6;
    private int arrivals = 6;
    private int eventsInWindow = 6;
    private int reasoning = UNKNOWN;
    private UsageFlaw flaw = UsageFlaw.NONE;
    private int status = 200;
    private String finishReason = "stop";
    private String error = "";
    private long prompt = UNKNOWN;
    private long answer = UNKNOWN;
    private boolean noAnswer;
    private boolean counted;
    private boolean held;
    private long think;
    private boolean checked;
    private int n = UNKNOWN;
    private double shared;
    private RequestRecord.Lateness late = RequestRecord.Lateness.NONE;

    private Requests() {}

    static long at(double millis) {
        return ORIGIN + Math.round(millis * 1e6);
    }

    public static Requests sent(double millis) {
        Requests request = new Requests();
        request.scheduled = at(millis);
        request.sent = at(millis);
        request.headers = at(millis + 5);
        return request.first(millis + 20).last(millis + 100);
    }

    /** Failed, 50 ms after it was sent, without any token. */
    public static Requests failed(double millis, Outcome outcome, int status) {
        Requests request = sent(millis).outcome(outcome).status(status).closed(millis + 50);
        request.first = ABSENT;
        request.firstOutput = ABSENT;
        request.last = ABSENT;
        return request.tokens(UNKNOWN, UNKNOWN, UNKNOWN)
                .events(0)
                .arrivals(0)
                .inWindow(0)
                .finish("");
    }

    /** No connection, 50 ms after it was scheduled. */
    public static Requests refused(double millis) {
        Requests request = failed(millis, Outcome.CONNECT, UNKNOWN);
        request.sent = ABSENT;
        request.headers = ABSENT;
        return request;
    }

    /** A mistake of whoever recorded it: it never closed. */
    static Requests endless() {
        Requests request = sent(0);
        request.closed = ABSENT;
        return request;
    }

    /** So long its user thinks after it. */
    public Requests thinking(double millis) {
        think = Math.round(millis * 1e6);
        return this;
    }

    /** It was due while as many were in flight as may be. */
    Requests held() {
        held = true;
        return this;
    }

    /** An answer check looked at it. */
    Requests checked() {
        checked = true;
        return this;
    }

    Requests phase(Phase value) {
        phase = value;
        return this;
    }

    Requests outcome(Outcome value) {
        outcome = value;
        return this;
    }

    public Requests scheduled(double millis) {
        scheduled = at(millis);
        return this;
    }

    Requests headers(double millis) {
        headers = at(millis);
        return this;
    }

    public Requests first(double millis) {
        first = at(millis);
        firstOutput = first;
        return this;
    }

    Requests firstOutput(double millis) {
        firstOutput = at(millis);
        return this;
    }

    Requests onlyReasoning() {
        firstOutput = ABSENT;
        return this;
    }

    public Requests last(double millis) {
        last = at(millis);
        closed = last;
        return this;
    }

    Requests closed(double millis) {
        closed = at(millis);
        return this;
    }

    public Requests connect(double millis) {
        connect = Math.round(millis * 1e6);
        return this;
    }

    /** By how much the client may have been late with {@code sent}, with the first token, and with the last. */
    public Requests late(double sentMillis, double firstMillis, double lastMillis) {
        late = new RequestRecord.Lateness(nanos(sentMillis), nanos(firstMillis), nanos(firstMillis), nanos(lastMillis));
        return this;
    }

    private static long nanos(double millis) {
        return Math.round(millis * 1e6);
    }

    /** Usage; of the output, all was streamed, one token an event. */
    public Requests tokens(int promptTokens, int cached, int output) {
        this.promptTokens = promptTokens;
        this.cached = cached;
        this.output = output;
        this.streamed = output;
        return output < 0 ? this : events(output).arrivals(output).inWindow(output);
    }

    public Requests noUsage() {
        promptTokens = UNKNOWN;
        cached = UNKNOWN;
        output = UNKNOWN;
        streamed = UNKNOWN;
        return this;
    }

    public Requests streamed(int value) {
        streamed = value;
        return this;
    }

    public Requests firstEventOf(int tokens) {
        firstEvent = tokens;
        firstEventKnown = true;
        return this;
    }

    public Requests events(int value) {
        events = value;
        return this;
    }

    public Requests arrivals(int value) {
        arrivals = value;
        return this;
    }

    public Requests inWindow(int value) {
        eventsInWindow = value;
        return this;
    }

    /** Reasoning tokens that the usage tells. */
    public Requests reasoning(int value) {
        reasoning = value;
        return this;
    }

    Requests flaw(UsageFlaw value) {
        flaw = value;
        return this;
    }

    Requests status(int value) {
        status = value;
        return this;
    }

    Requests error(String value) {
        error = value;
        return this;
    }

    public Requests finish(String value) {
        finishReason = value;
        return this;
    }

    /** Without it, every request has a prompt of its own. */
    public Requests prompt(long identity) {
        prompt = identity;
        return this;
    }

    /** Which share of its prompt is meant to be shared with others. */
    public Requests shared(double share) {
        shared = share;
        return this;
    }

    /** Without it, every request has an answer of its own. */
    public Requests answer(long print) {
        answer = print;
        return this;
    }

    public Requests noAnswer() {
        noAnswer = true;
        return this;
    }

    public Requests counted() {
        counted = true;
        return this;
    }

    public Requests n(int value) {
        n = value;
        return this;
    }

    RequestRecord build() {
        return build(0);
    }

    RequestRecord build(int number) {
        int id = n == UNKNOWN ? number : n;
        return new RequestRecord(
                id,
                phase,
                outcome,
                new RequestRecord.Times(scheduled, sent, headers, first, firstOutput, last, closed, connect, late),
                new RequestRecord.Tokens(
                        promptTokens,
                        cached,
                        output,
                        streamed,
                        firstEvent,
                        firstEventKnown,
                        events,
                        arrivals,
                        eventsInWindow,
                        reasoning,
                        flaw),
                status,
                finishReason,
                error,
                prompt == UNKNOWN ? 1_000_000 + id : prompt,
                noAnswer ? UNKNOWN : answer == UNKNOWN ? 2_000_000 + id : answer,
                new RequestRecord.Flags(false, false, counted, held, think, checked),
                new RequestRecord.PromptOrigin("", UNKNOWN, shared));
    }
}
