package dev.llmload.result.request;

import dev.llmload.result.Outcome;

/**
 * Everything that is kept of one attempted request. Immutable. Instants are on the {@link System#nanoTime()} clock;
 * an instant, count or duration that is unknown is {@link #ABSENT} or {@link #UNKNOWN}, never 0.
 *
 * @param n number of the request within its level, from 0, in the order of being scheduled
 * @param phase when it was sent
 * @param outcome how it ended
 * @param times its instants
 * @param tokens what its usage and its events said
 * @param status HTTP status, or {@link #UNKNOWN} if no response head came
 * @param finishReason as the server gave it, or empty
 * @param error for a failure: what happened, with secrets removed; otherwise empty
 * @param prompt index of the prompt among the distinct prompts of the run, for the freshness check
 * @param answer fingerprint of the answer's text, to notice identical answers; {@link #UNKNOWN} if there is none
 * @param flags how its connection behaved
 * @param origin where its prompt comes from
 */
public record RequestRecord(
        int n,
        Phase phase,
        Outcome outcome,
        Times times,
        Tokens tokens,
        int status,
        String finishReason,
        String error,
        long prompt,
        long answer,
        Flags flags,
        PromptOrigin origin) {

    /** One whose prompt's origin is not known; the parameters are those of the record. */
    public RequestRecord(
            int n,
            Phase phase,
            Outcome outcome,
            Times times,
            Tokens tokens,
            int status,
            String finishReason,
            String error,
            long prompt,
            long answer,
            Flags flags) {
        this(
                n,
                phase,
                outcome,
                times,
                tokens,
                status,
                finishReason,
                error,
                prompt,
                answer,
                flags,
                PromptOrigin.UNKNOWN);
    }

    /**
     * Where a prompt comes from.
     *
     * @param source as it was declared, for example {@code classpath:/prompts/chat.jsonl}; empty if that is not known
     * @param index of the prompt in it, from 0; {@link RequestRecord#UNKNOWN} if that is not known
     * @param shared share of its text that it is meant to have in common with other prompts, 0 to 1
     */
    public record PromptOrigin(String source, int index, double shared) {
        /** Not known. */
        public static final PromptOrigin UNKNOWN = new PromptOrigin("", RequestRecord.UNKNOWN);

        /** Of a prompt that is meant to share nothing; the parameters are those of the record. */
        public PromptOrigin(String source, int index) {
            this(source, index, 0);
        }
    }

    /** An instant or duration that is not known. */
    public static final long ABSENT = Long.MIN_VALUE;

    /** A count that is not known. */
    public static final int UNKNOWN = -1;

    /**
     * Instants in nanoseconds, each {@link RequestRecord#ABSENT} if it did not happen.
     *
     * @param scheduled when it was due: its user became free (closed loop), or its instant of the schedule
     * @param sent the request head was written to an established connection
     * @param headers the response head was received
     * @param firstToken first token event
     * @param firstOutput first token event that is not reasoning
     * @param lastToken last token event
     * @param closed the response ended, or the request failed
     * @param connect duration of DNS, TCP and TLS of the connection used; 0 on reuse
     * @param late how late the client may have been
     */
    public record Times(
            long scheduled,
            long sent,
            long headers,
            long firstToken,
            long firstOutput,
            long lastToken,
            long closed,
            long connect,
            Lateness late) {
        /** Those of a client that was not late. */
        public Times(
                long scheduled,
                long sent,
                long headers,
                long firstToken,
                long firstOutput,
                long lastToken,
                long closed,
                long connect) {
            this(scheduled, sent, headers, firstToken, firstOutput, lastToken, closed, connect, Lateness.NONE);
        }
    }

    /**
     * Upper bounds on how late the client was, in nanoseconds, at least 0. What arrived did so up to so much before its
     * instant; the request left up to so much after {@code sent}.
     *
     * @param sent between the flush and the return of the write
     * @param firstToken of that instant
     * @param firstOutput of that instant
     * @param lastToken of that instant
     */
    public record Lateness(long sent, long firstToken, long firstOutput, long lastToken) {
        /** Never late. */
        public static final Lateness NONE = new Lateness(0, 0, 0, 0);

        /** By how much the time to the first token is too long at most. */
        public long ttft() {
            return sent + firstToken;
        }

        /** By how much the time to the last token is too long at most. */
        public long e2e() {
            return sent + lastToken;
        }
    }

    /**
     * Counts, each {@link RequestRecord#UNKNOWN} if the server did not say.
     *
     * @param prompt prompt tokens of the usage
     * @param cached of those, the cached ones
     * @param output output tokens by the usage, reasoning included, also where that is counted beside the completion
     * @param streamed output tokens that were streamed: without hidden reasoning
     * @param firstEvent tokens of the first token event: from per-chunk usage, else 1
     * @param firstEventKnown whether {@code firstEvent} came from per-chunk usage
     * @param events token events
     * @param arrivals network buffers that completed at least one token event
     * @param eventsInWindow token events that arrived while the window was open
     * @param reasoning of the output, reasoning tokens, streamed or hidden
     * @param flaw what is odd about the usage
     */
    public record Tokens(
            int prompt,
            int cached,
            int output,
            int streamed,
            int firstEvent,
            boolean firstEventKnown,
            int events,
            int arrivals,
            int eventsInWindow,
            int reasoning,
            UsageFlaw flaw) {
        private Tokens inWindow(int other) {
            return new Tokens(
                    prompt,
                    cached,
                    output,
                    streamed,
                    firstEvent,
                    firstEventKnown,
                    events,
                    arrivals,
                    other,
                    reasoning,
                    flaw);
        }

        /** Those of a server that says nothing of reasoning, and whose usage is sound. */
        public Tokens(
                int prompt,
                int cached,
                int output,
                int streamed,
                int firstEvent,
                boolean firstEventKnown,
                int events,
                int arrivals,
                int eventsInWindow) {
            this(
                    prompt,
                    cached,
                    output,
                    streamed,
                    firstEvent,
                    firstEventKnown,
                    events,
                    arrivals,
                    eventsInWindow,
                    UNKNOWN,
                    UsageFlaw.NONE);
        }
    }

    /**
     * How its connection behaved.
     *
     * @param reused whether the connection had served a request before
     * @param resent whether it was written a second time, because a reused connection died before any response byte
     * @param counted whether its token counts are counted events rather than the server's usage
     * @param held whether it was due while as many requests were in flight as may be: its lateness is the server's
     * @param thinkNanos how long its user thinks after it, and is in session without being in flight
     * @param checked whether an answer check looked at its answer
     * @param missed whether an answer check was to look at its answer, and had not in time
     * @param heldNanos if it was held: how long, from the instant it was due; else 0
     */
    public record Flags(
            boolean reused,
            boolean resent,
            boolean counted,
            boolean held,
            long thinkNanos,
            boolean checked,
            boolean missed,
            long heldNanos) {
        /** Those of a request that no answer check missed. */
        public Flags(boolean reused, boolean resent, boolean counted, boolean held, long thinkNanos, boolean checked) {
            this(reused, resent, counted, held, thinkNanos, checked, false, 0);
        }

        /** Those of a request that nothing held back. */
        public Flags(boolean reused, boolean resent, boolean counted) {
            this(reused, resent, counted, false, 0, false);
        }
    }

    /** Whether it ended {@link Outcome#OK}. */
    public boolean succeeded() {
        return outcome == Outcome.OK;
    }

    /**
     * This request after an answer check has looked at it.
     *
     * @param complaint what is wrong with the answer; empty if it is right
     */
    public RequestRecord checked(String complaint) {
        Outcome judged = complaint.isEmpty() ? outcome : Outcome.WRONG_ANSWER;
        return marked(judged, complaint.isEmpty() ? error : complaint, true, false);
    }

    /** This request, at whose answer a check was to look and had not in time: it counts as right. */
    public RequestRecord unchecked() {
        return marked(outcome, error, false, true);
    }

    /**
     * This request, with no more token events in the window than had come when it was closed, where that became known
     * later: they are taken as spread evenly from the first to the last.
     *
     * @param close when the window was closed
     */
    public RequestRecord clipped(long close) {
        if (times.lastToken == ABSENT || times.firstToken == ABSENT || times.lastToken - close < 0) {
            return this;
        }
        double span = Math.max(1, times.lastToken - times.firstToken);
        double before = Math.max(0, Math.min(1, (close - times.firstToken) / span));
        int inside = (int) Math.min(tokens.eventsInWindow, Math.round(before * tokens.events));
        return new RequestRecord(
                n,
                phase,
                outcome,
                times,
                tokens.inWindow(inside),
                status,
                finishReason,
                error,
                prompt,
                answer,
                flags,
                origin);
    }

    private RequestRecord marked(Outcome judged, String why, boolean checked, boolean missed) {
        Flags marked = new Flags(
                flags.reused,
                flags.resent,
                flags.counted,
                flags.held,
                flags.thinkNanos,
                checked,
                missed,
                flags.heldNanos);
        return new RequestRecord(
                n, phase, judged, times, tokens, status, finishReason, why, prompt, answer, marked, origin);
    }

    /** {@code to − from}, or {@link #ABSENT} if either is absent. */
    public static long between(long from, long to) {
        return from == ABSENT || to == ABSENT ? ABSENT : to - from;
    }
}
