package dev.llmload.metric;

import dev.llmload.result.request.Phase;
import dev.llmload.result.request.RequestRecord;

/**
 * What is left of the requests that are not kept: sums, histograms and time bins, for the window and for the whole
 * run, because which of the two counts is known only afterwards. Confined to one thread at a time.
 */
public final class Overflow {
    /** Sums over some of the requests. */
    public static final class Sums {
        public final CountSums counts = new CountSums();
        final TokenSums tokens = new TokenSums();
        final ValueHistograms values = new ValueHistograms(RequestValues::of);
        /** The same without what the client may have added. */
        final ValueHistograms best = new ValueHistograms(OwnTime.BOUNDS::best);

        /** Output tokens of the successes. */
        double output() {
            return tokens.output();
        }

        private void add(RequestRecord record) {
            counts.add(record);
            tokens.add(record);
            values.add(record);
            best.add(record);
        }

        private void addAll(Sums other) {
            counts.addAll(other.counts);
            tokens.addAll(other.tokens);
            values.addAll(other.values);
            best.addAll(other.best);
        }
    }

    /** Of the requests sent in the window. */
    final Sums window = new Sums();
    /** Of all requests of the level. */
    public final Sums wholeRun = new Sums();
    /** When answers were complete. */
    final TimeBins completions = new TimeBins();
    /** When uncached prompt tokens were worked on. */
    final TimeBins promptTokens = new TimeBins();
    /** When requests were in flight, in nanoseconds. */
    final TimeBins inFlight = new TimeBins();
    /** When users were in session, in nanoseconds. */
    final TimeBins inSession = new TimeBins();
    /** When requests failed. */
    final TimeBins failures = new TimeBins();

    /** Of the good answers. */
    final GoodSums good;

    private double outputInWindow;
    private long requests;
    private long drained;
    private long drainedSuccesses;

    Overflow(Objectives objectives) {
        this.good = new GoodSums(objectives);
    }

    void add(RequestRecord record) {
        requests++;
        wholeRun.add(record);
        good.add(record);
        if (record.phase() == Phase.WINDOW) {
            window.add(record);
        }
        Span flight = Span.inFlight(record);
        inFlight.spread(flight.from(), flight.to(), flight.length());
        Span session = Span.inSession(record);
        inSession.spread(session.from(), session.to(), session.length());
        if (record.outcome().isFailure()) {
            failures.add(record.times().closed(), 1);
        }
        if (record.succeeded()) {
            outputInWindow += TokenWork.outputInWindow(record);
            completions.add(record.times().lastToken(), 1);
            promptTokens.spread(record.times().sent(), record.times().firstToken(), TokenWork.uncachedPrompt(record));
        }
    }

    /** A request of the drain: it is in no number, but the server did its work. */
    void drained(RequestRecord record) {
        drained++;
        drainedSuccesses += record.succeeded() ? 1 : 0;
    }

    void addAll(Overflow other) {
        drained += other.drained;
        drainedSuccesses += other.drainedSuccesses;
        requests += other.requests;
        outputInWindow += other.outputInWindow;
        window.addAll(other.window);
        wholeRun.addAll(other.wholeRun);
        good.addAll(other.good);
        completions.addAll(other.completions);
        promptTokens.addAll(other.promptTokens);
        inFlight.addAll(other.inFlight);
        inSession.addAll(other.inSession);
        failures.addAll(other.failures);
    }

    /** How many requests there are. */
    public long requests() {
        return requests;
    }

    /** How many requests of the drain there are besides. */
    public long drained() {
        return drained;
    }

    /** How many of those succeeded. */
    public long drainedSuccesses() {
        return drainedSuccesses;
    }

    /** Output tokens of successes that arrived while the window was open. */
    double outputInWindow() {
        return outputInWindow;
    }
}
