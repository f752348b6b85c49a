package dev.llmload.load;

import dev.llmload.junit.Api;
import dev.llmload.load.counters.ServedModel;
import dev.llmload.load.counters.ServerCounters;
import dev.llmload.load.counters.ServerMetrics;
import dev.llmload.load.counters.ServerWorkMonitor;
import dev.llmload.load.preflight.EndpointMemory;
import dev.llmload.load.preflight.EndpointUnusableException;
import dev.llmload.load.preflight.NotReadyException;
import dev.llmload.load.preflight.Preflight;
import dev.llmload.load.preflight.PreflightCheck;
import dev.llmload.load.preflight.Probe;
import dev.llmload.load.preflight.ProbeRequest;
import dev.llmload.load.preflight.ReadinessProbe;
import dev.llmload.load.preflight.UsageCheck;
import dev.llmload.load.ruler.Calibration;
import dev.llmload.load.ruler.Ruler;
import dev.llmload.load.wire.ConnectionReuse;
import dev.llmload.load.wire.DescriptorReserve;
import dev.llmload.load.wire.EndpointSettings;
import dev.llmload.load.wire.LoopCount;
import dev.llmload.load.wire.LoopGroup;
import dev.llmload.load.wire.Target;
import dev.llmload.metric.LevelRecording;
import dev.llmload.metric.Objectives;
import dev.llmload.metric.check.ServerWork;
import dev.llmload.prompt.PromptSupply;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.protocol.RequestBodies;
import dev.llmload.result.Subject;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The load of one test method against one endpoint: pre-flight, warm-up, then one level after the other.
 * Connections live as long as the session.
 *
 * <p>Used by one thread at a time; only {@link #stop} may be called from any thread, at any time.
 */
public final class LoadSession implements AutoCloseable {
    private final EndpointSettings endpoint;
    private final RequestSettings request;
    private final Expectations expectations;
    private final LoopCount loopCount;
    private final String test;
    private final boolean simulated;
    private final LoadListener listener;
    private final LoopGroup loops;
    private final StopSignal stop = new StopSignal();
    private final List<String> notes = new ArrayList<>();
    private int notesHandedOver;

    private Optional<Preflight> preflight = Optional.empty();
    private Optional<ServedModel> served = Optional.empty();
    private Optional<WarmUp> warmUp = Optional.empty();
    private Optional<ServerMetrics> serverMetrics = Optional.empty();
    private int warmUpConcurrency = 1;
    private volatile @Nullable LevelRun running;

    private LoadSession(
            EndpointSettings endpoint,
            RequestSettings request,
            Expectations expectations,
            int loops,
            String test,
            boolean simulated,
            LoadListener listener) {
        this.endpoint = endpoint;
        this.request = request;
        this.expectations = expectations;
        this.loopCount = new LoopCount(loops, Runtime.getRuntime().availableProcessors());
        this.test = test;
        this.simulated = simulated;
        this.listener = listener;
        this.loops = new LoopGroup(
                endpoint.url().chat(),
                endpoint.requestHeaders(),
                endpoint.timeouts().connect(),
                endpoint.maxResponseHead(),
                new ConnectionReuse());
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
     * publishes any: two seconds at most each time, and nothing within.
     */
    public void watchServer() {
        serverMetrics = Optional.of(newServerMetrics());
    }

    private ServerMetrics newServerMetrics() {
        return new ServerMetrics(loops::any, endpoint.url(), this::served, stop);
    }

    private ServedModel served() {
        return served.orElseGet(() -> ServedModel.of(model()));
    }

    /**
     * Waits until the endpoint's own page of counters says that nothing is in work or waiting; where it does not say, the
     * whole time, and then, as when it stays busy, the next level has a note. Ended by {@link #stop}.
     *
     * @param level name of the one that comes next
     * @param limit longest time
     */
    public void coolDown(String level, Duration limit) {
        ServerMetrics metrics = serverMetrics.orElseGet(this::newServerMetrics);
        new CoolDown(
                        () -> metrics.read().map(ServerCounters::active).orElse(OptionalDouble.empty()),
                        System::nanoTime,
                        stop::pause,
                        stop::requested,
                        listener)
                .before(level, limit)
                .ifPresent(this::note);
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
        listener.phase("", "pre-flight");
        Optional<Duration> before = memory.waitedFor(endpoint.url());
        ReadinessProbe ask = before.isPresent()
                ? enquirer(Duration.ZERO, endpoint.timeouts().connect())
                : enquirer(wait, endpoint.timeouts().firstToken());
        PreflightCheck check = new PreflightCheck(endpoint, request, ask);
        Preflight found;
        try {
            found = check.run();
        } catch (NotReadyException e) {
            memory.notReady(endpoint.url(), before.orElse(wait));
            throw before.isPresent()
                    ? EndpointMemory.stillNotReady(endpoint.url().of(endpoint.api()), before.get(), e)
                    : e;
        }
        memory.ready(endpoint.url());
        found.notes().forEach(this::note);
        served = Optional.of(check.served());
        noteCompression();
        preflight = Optional.of(found);
        return found;
    }

    /**
     * Asks for one whole answer, as the test does, to see whether it holds the usage. To be called after the pre-flight.
     *
     * @throws EndpointUnusableException if it is stopped or interrupted
     */
    public UsageCheck checkUsage() {
        Target target = target();
        byte[] body = target.bodies().streaming(Probe.QUESTION, target.includeUsage());
        ReadinessProbe ask =
                enquirer(endpoint.timeouts().total(), endpoint.timeouts().total());
        ProbeRequest.Answer answer =
                ask.once(HttpMethod.POST, target.endpoint(), body, ProbeRequest.Reading.WHOLE_STREAM);
        return new UsageCheck(answer.usage(), answer.isSuccess() ? "" : ask.describe(answer));
    }

    private ReadinessProbe enquirer(Duration wait, Duration patience) {
        return new ReadinessProbe(loops.any(), wait, patience, endpoint.secrets(), stop, listener);
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
        warmUpConcurrency = Math.max(1, Math.min(concurrency, requests));
        EndpointWarmUp done = new EndpointWarmUp(requests, warmUpConcurrency, stop, listener);
        WarmUp result = done.run(target(), prompts, this::execute);
        done.withoutUsageOption().ifPresent(found -> {
            preflight = Optional.of(without(found));
            note("the server rejects stream_options, so it is asked without");
        });
        done.coldStart().ifPresent(this::note);
        noteUnkeptConnections();
        noteCompression();
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
        return run(plan, prompts, List.of());
    }

    /**
     * Runs one level like {@link #run(LevelPlan, PromptSupply)}, but stops sending as soon as it is a lost cause; what is in
     * flight then finishes. The listener is told.
     *
     * @param plan users or rate, requests and times
     * @param prompts the level takes its own slice of them
     * @param abortWhen what makes it one, looked at five times a second
     * @throws EndpointUnusableException if no request got a response head, or all were refused with 401, 403, 404 or 407
     *     or sent elsewhere
     */
    public LevelRecording run(LevelPlan plan, PromptSupply prompts, List<AbortRule> abortWhen) {
        return run(plan, prompts, abortWhen, Sampling.AS_PLANNED);
    }

    /**
     * Runs one level like {@link #run(LevelPlan, PromptSupply, List)}, with more measured requests than were planned if its
     * budgets take them.
     *
     * @param plan users or rate, requests and times
     * @param prompts the level takes its own slice of them
     * @param abortWhen what makes it a lost cause, looked at five times a second
     * @param sampling asked when the planned requests have ended, and again whenever those that it wanted have
     * @throws EndpointUnusableException if no request got a response head, or all were refused with 401, 403, 404 or 407
     *     or sent elsewhere
     */
    public LevelRecording run(LevelPlan plan, PromptSupply prompts, List<AbortRule> abortWhen, Sampling sampling) {
        Duration meanE2e = warmUp.map(WarmUp::meanE2e).orElse(Duration.ZERO);
        LevelShape shape = plan instanceof OpenLoop open
                ? LevelShape.of(open, meanE2e)
                : LevelShape.of((ClosedLoop) plan, meanE2e);
        Target target = target();
        int count = loops(plan, meanE2e);
        Objectives good = Objectives.of(expectations.good(), plan.level());
        Optional<ServerWorkMonitor> watch =
                serverMetrics.map(metrics -> ServerWorkMonitor.begin(metrics, Clock.systemUTC()));
        LevelEnd end = execute(shape, target, prompts, count, good, abortWhen, sampling, listener);
        ServerWork work =
                watch.map(ServerWorkMonitor::end).orElse(ServerWork.unknown("the server's own counters were not read"));
        noteUnkeptConnections();
        noteCompression();
        Optional<String> unusable = end.casualties().verdict(ApiUrl.shown(target.endpoint()));
        if (unusable.isPresent() && !stop.requested()) {
            throw new EndpointUnusableException(
                    unusable.get(), Optional.of(end.casualties().counts()));
        }
        return new LevelRecording(
                new Subject(
                        test,
                        ApiUrl.shown(target.endpoint()),
                        endpoint.secrets().name(model()),
                        simulated),
                plan.level(),
                plan instanceof ClosedLoop closed ? closed.concurrency() : 1,
                end.recorders(),
                end.steady(),
                end.windowOpened(),
                end.wholeRun(),
                end.health(),
                end.staleConnections(),
                work,
                newNotes(),
                end.aborted());
    }

    // A limit on what is in flight is kept by one loop, which knows all of it.
    private int loops(LevelPlan plan, Duration meanE2e) {
        if (plan instanceof OpenLoop open) {
            double expected = Math.max(1, open.level().offered() * meanE2e.toNanos() / 1e9);
            return open.maxInFlight() > 0
                    ? 1
                    : loopCount.forLevel(
                            warmUp, warmUpConcurrency, (int) Math.min(Integer.MAX_VALUE, Math.ceil(expected)));
        }
        return loopCount.forLevel(warmUp, warmUpConcurrency, ((ClosedLoop) plan).concurrency());
    }

    /**
     * Ends whatever runs at once: what is in flight is cut off, what was measured is kept. For Ctrl-C. From any thread;
     * does not wait.
     *
     * @param reason in words, for the reports
     */
    public void stop(String reason) {
        stop.request(reason);
        LevelRun current = running;
        if (current != null) {
            current.cut("stopped: " + stop.reason());
        }
    }

    /** Closes every connection. */
    @Override
    public void close() {
        loops.close();
    }

    private LevelEnd execute(LevelShape shape, Target target, PromptSupply prompts, LoadListener to) {
        return execute(
                shape, target, prompts, loopCount.forWarmUp(), Objectives.NONE, List.of(), Sampling.AS_PLANNED, to);
    }

    private LevelEnd execute(
            LevelShape shape,
            Target target,
            PromptSupply prompts,
            int count,
            Objectives good,
            List<AbortRule> abortWhen,
            Sampling sampling,
            LoadListener to) {
        int used = shape.open().isPresent() ? count : Math.min(count, shape.slots());
        LevelRun run = new LevelRun(
                shape,
                target,
                prompts::next,
                loops.loops(used, target.endpoint(), good),
                abortWhen,
                counts -> loops.sentinel(used, counts),
                sampling,
                to);
        running = run;
        if (stop.requested()) {
            run.cut("stopped: " + stop.reason());
        }
        DescriptorReserve reserve = DescriptorReserve.hold();
        try {
            return run.run();
        } finally {
            reserve.close();
            running = null;
        }
    }

    private Target target() {
        Api api = preflight.map(Preflight::api).orElseGet(this::configuredApi);
        URI uri = preflight
                .map(Preflight::endpoint)
                .orElseGet(() -> endpoint.url().of(api));
        return new Target(
                uri,
                new RequestBodies(api, model(), request.maxTokens(), request.temperature(), request.extraBody()),
                preflight.map(Preflight::usageOption).orElse(true),
                endpoint.tokenCount(),
                endpoint.timeouts(),
                endpoint.secrets(),
                expectations.answers());
    }

    private Api configuredApi() {
        Api api = endpoint.url().fixedApi().orElse(endpoint.api());
        return api == Api.AUTO ? Api.CHAT : api;
    }

    private String model() {
        String model = preflight.map(Preflight::model).orElse(endpoint.model());
        if (model.isBlank()) {
            throw new IllegalArgumentException(
                    "no model is configured, and without the pre-flight the endpoint is not asked for one; configure it");
        }
        return model;
    }

    private Preflight without(Target target) {
        return preflight
                .map(old -> new Preflight(
                        old.api(), old.model(), old.endpoint(), false, old.server(), old.requests(), old.notes()))
                .orElseGet(() -> new Preflight(configuredApi(), model(), target.endpoint(), false, "", 0, List.of()));
    }

    // Found out in the warm-up or in a level, but said only once.
    private void noteUnkeptConnections() {
        String sentence = "the server closed connections that it had promised to keep; after " + ConnectionReuse.LIMIT
                + " such requests every request has a connection of its own";
        if (!loops.reuse().allowed() && !notes.contains(sentence)) {
            note(sentence);
        }
    }

    private void noteCompression() {
        String sentence =
                "the server compresses (Content-Encoding: " + loops.encoding() + ") though identity was asked for;"
                        + " a compressor may hold tokens back, so have it, or the proxy before it, send event streams as they are";
        if (!loops.encoding().isEmpty() && !notes.contains(sentence)) {
            note(sentence);
        }
    }

    // Each is handed over with the first level after it became known.
    private List<String> newNotes() {
        List<String> fresh = List.copyOf(notes.subList(notesHandedOver, notes.size()));
        notesHandedOver = notes.size();
        return fresh;
    }

    private void note(String sentence) {
        notes.add(sentence);
        listener.note(sentence);
    }
}
