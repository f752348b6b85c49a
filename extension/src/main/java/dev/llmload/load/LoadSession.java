package dev.llmload.load;

import dev.llmload.load.counters.ServerWorkMonitor;
import dev.llmload.load.plan.LevelPlan;
import dev.llmload.load.preflight.EndpointMemory;
import dev.llmload.load.preflight.EndpointUnusableException;
import dev.llmload.load.preflight.Preflight;
import dev.llmload.load.preflight.UsageCheck;
import dev.llmload.load.ruler.Calibration;
import dev.llmload.load.ruler.Ruler;
import dev.llmload.load.send.Target;
import dev.llmload.load.wire.ConnectionReuse;
import dev.llmload.load.wire.EndpointSettings;
import dev.llmload.load.wire.LoopGroup;
import dev.llmload.metric.LevelRecording;
import dev.llmload.metric.Objectives;
import dev.llmload.metric.check.ServerWork;
import dev.llmload.prompt.PromptSupply;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.result.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The load of one test method against one endpoint: pre-flight, warm-up, then one level after the other.
 * Connections live as long as the session.
 *
 * <p>Used by one thread at a time; only {@link #stop} may be called from any thread, at any time.
 */
public final class LoadSession implements AutoCloseable {
    private final String test;
    private final boolean simulated;
    private final LoadListener listener;
    private final LoopGroup loops;
    private final StopSignal stop = new StopSignal();
    private final ResolvedEndpoint endpoint;
    private final EndpointPreflight preflight;
    private final ServerWatch server;
    private final LevelExecutor executor;
    private final SessionNotes notes;
    private Optional<WarmUp> warmUp = Optional.empty();

    private LoadSession(
            EndpointSettings settings,
            RequestSettings request,
            Expectations expectations,
            int loops,
            String test,
            boolean simulated,
            LoadListener listener) {
        this.test = test;
        this.simulated = simulated;
        this.listener = listener;
        LoopCount count = new LoopCount(loops, Runtime.getRuntime().availableProcessors());
        this.loops = new LoopGroup(
                settings.url().chat(),
                settings.requestHeaders(),
                settings.timeouts().connect(),
                settings.maxResponseHead(),
                new ConnectionReuse());
        this.endpoint = new ResolvedEndpoint(settings, request, expectations);
        this.preflight = new EndpointPreflight(endpoint, this.loops, stop, listener);
        this.server = new ServerWatch(endpoint, this.loops, stop, listener);
        this.executor = new LevelExecutor(this.loops, count, stop);
        this.notes = new SessionNotes(listener);
    }

    /**
     * A session that expects no more of an answer than that it comes whole; nothing is sent yet.
     *
     * @param endpoint where the requests go
     * @param request what each asks for
     * @param loops event loops to use, 0 to choose by the rate seen in the warm-up
     * @param test id of the test, for the reports
     * @param simulated whether the embedded simulator answers
     * @param listener told what happens
     */
    public static LoadSession open(
            EndpointSettings endpoint,
            RequestSettings request,
            int loops,
            String test,
            boolean simulated,
            LoadListener listener) {
        return open(endpoint, request, Expectations.NONE, loops, test, simulated, listener);
    }

    /**
     * A session; nothing is sent yet.
     *
     * @param endpoint where the requests go
     * @param request what each asks for
     * @param expectations what is expected of the answers
     * @param loops event loops to use, 0 to choose by the rate seen in the warm-up
     * @param test id of the test, for the reports
     * @param simulated whether the embedded simulator answers
     * @param listener told what happens
     */
    public static LoadSession open(
            EndpointSettings endpoint,
            RequestSettings request,
            Expectations expectations,
            int loops,
            String test,
            boolean simulated,
            LoadListener listener) {
        return new LoadSession(endpoint, request, expectations, loops, test, simulated, listener);
    }

    /**
     * From now on each level reads the server's own counters before its first request and after its last, if the server
     * publishes any: two seconds at most each time. Meanwhile a thread of its own reads the same page once a second.
     */
    public void watchServer() {
        server.on();
    }

    /**
     * Waits until the endpoint's own page of counters says that nothing is in work or waiting; where it does not say, the
     * whole time, and then, as when it stays busy, the next level has a note. Ended by {@link #stop}.
     *
     * @param level name of the one that comes next
     * @param limit longest time
     */
    public void coolDown(String level, Duration limit) {
        server.coolDown(level, limit).ifPresent(notes::add);
    }

    /**
     * Waits until the endpoint answers a real completion of one token, then finds out its API, model and options. Without
     * this call, AUTO means chat completions and the model must be configured.
     *
     * @param wait how long it may take to become ready; refused connections, 429, 502, 503 and 504 are waited through
     * @throws EndpointUnusableException if it does not get ready, or answers in a way that waiting cannot mend: the
     *     message says what to change
     */
    public Preflight preflight(Duration wait) {
        return preflight(wait, new EndpointMemory());
    }

    /**
     * The same, but a server that an earlier test of the run waited for without an answer is asked only once.
     *
     * @param wait how long it may take to become ready; refused connections, 429, 502, 503 and 504 are waited through, a
     *     name that does not resolve is not
     * @param memory of the run
     * @throws EndpointUnusableException if it does not get ready, or answers in a way that waiting cannot mend: the
     *     message says what to change
     */
    public Preflight preflight(Duration wait, EndpointMemory memory) {
        Preflight found = preflight.run(wait, memory);
        found.notes().forEach(notes::add);
        notes.addOf(loops);
        return found;
    }

    /**
     * Asks for one whole answer, as the test does, to see whether it holds the usage. To be called after the pre-flight.
     *
     * @throws EndpointUnusableException if it is stopped or interrupted
     */
    public UsageCheck checkUsage() {
        return preflight.checkUsage();
    }

    /**
     * Measures this client itself, once per JVM: warms its code if need be, then reads from a server within the process that
     * knows when it wrote. Two seconds, five with the warm-up.
     *
     * @return empty if this machine did not let it
     */
    public Optional<Ruler> calibrate() {
        CodeWarmUp.once();
        return Calibration.once();
    }

    /**
     * Warms this JVM's code against a server of its own (once per JVM, 2.5 s), then the endpoint.
     *
     * @param prompts the warm-up takes its own slice of them
     * @param requests so many, at least 0; with 0 the endpoint is left alone
     * @param concurrency so many at a time, at least 1
     * @throws EndpointUnusableException if every request failed
     */
    public WarmUp warmUp(PromptSupply prompts, int requests, int concurrency) {
        CodeWarmUp.once();
        EndpointWarmUp done =
                new EndpointWarmUp(requests, Math.max(1, Math.min(concurrency, requests)), stop, listener);
        WarmUp result = done.run(endpoint.target(), prompts, executor::warmUp);
        if (done.rejectsUsageOption()) {
            endpoint.withoutUsageOption();
            notes.add("the server rejects stream_options, so it is asked without");
        }
        done.coldStart().ifPresent(notes::add);
        notes.addOf(loops);
        warmUp = Optional.of(result);
        return result;
    }

    /**
     * Runs one level: ramp-in, window, drain. Returns when the last request has ended. A stop, an interrupt and the
     * plan's deadline end it at once and keep what was measured; after a stop nothing more is sent by this session.
     *
     * @param plan users or rate, requests and times
     * @param prompts the level takes its own slice of them
     * @throws EndpointUnusableException if no request got a response head, or all were refused with 401, 403, 404 or 407
     *     or sent elsewhere
     */
    public LevelRecording run(LevelPlan plan, PromptSupply prompts) {
        return run(plan, prompts, List.of(), Sampling.AS_PLANNED);
    }

    /**
     * Runs one level like {@link #run(LevelPlan, PromptSupply)}, with more measured requests than were planned if its budgets
     * take them. It stops sending as soon as it is a lost cause; what is in flight then finishes, and the listener is told.
     *
     * @param plan users or rate, requests and times
     * @param prompts the level takes its own slice of them
     * @param abortWhen what makes it a lost cause, looked at five times a second
     * @param sampling asked when the planned requests have ended, and again whenever those that it wanted have
     * @throws EndpointUnusableException if no request got a response head, or all were refused with 401, 403, 404 or 407
     *     or sent elsewhere
     */
    public LevelRecording run(LevelPlan plan, PromptSupply prompts, List<AbortRule> abortWhen, Sampling sampling) {
        Target target = endpoint.target();
        Objectives good = Objectives.of(endpoint.expectations().good(), plan.level());
        Optional<ServerWorkMonitor> watch = server.level();
        LevelEnd end;
        try {
            end = executor.run(plan, target, prompts, warmUp, good, abortWhen, sampling, listener);
        } finally {
            watch.ifPresent(ServerWorkMonitor::stop);
        }
        notes.addOf(loops);
        ServerWork work = ServerWatch.work(watch);
        Optional<String> unusable = end.reachability().verdict(ApiUrl.shown(target.endpoint()));
        if (unusable.isPresent() && !stop.requested()) {
            throw new EndpointUnusableException(
                    unusable.get(), Optional.of(end.reachability().counts()));
        }
        return new LevelRecording(
                new Subject(
                        test,
                        ApiUrl.shown(target.endpoint()),
                        endpoint.settings().secrets().name(endpoint.model()),
                        simulated),
                plan.level(),
                new LevelRecording.Claim(
                        plan.load().inSession().orElse(1), plan.load().steady()),
                end.recorders(),
                end.steady(),
                end.windowOpened(),
                end.wholeRun(),
                end.health(),
                end.staleConnections(),
                work,
                notes.fresh(),
                end.aborted());
    }

    /**
     * Ends whatever runs at once: what is in flight is cut off, what was measured is kept. For Ctrl-C. From any thread;
     * does not wait.
     *
     * @param reason in words, for the reports
     */
    public void stop(String reason) {
        executor.stop(reason);
    }

    /** Makes a request's body ahead, as the endpoint is asked now; safe for any thread. */
    public UnaryOperator<PromptSupply.Draw> preparing() {
        return endpoint.target()::prepared;
    }

    /** Closes every connection. */
    @Override
    public void close() {
        loops.close();
    }
}
