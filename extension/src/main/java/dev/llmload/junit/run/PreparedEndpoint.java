package dev.llmload.junit.run;

import dev.llmload.config.Key;
import dev.llmload.junit.declared.EndpointChoice;
import dev.llmload.junit.declared.LoadTestSpec;
import dev.llmload.junit.declared.SettingsSummary;
import dev.llmload.load.LoadSession;
import dev.llmload.load.WarmUp;
import dev.llmload.load.preflight.EndpointMemory;
import dev.llmload.load.preflight.Preflight;
import dev.llmload.load.ruler.Calibration;
import dev.llmload.load.wire.EndpointSettings;
import dev.llmload.prompt.PromptSupply;
import dev.llmload.prompt.Prompts;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.report.PreparedTest;
import dev.llmload.report.file.Metadata;
import dev.llmload.result.request.RequestRecord;
import dev.llmload.simulator.Simulator;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The endpoint of a load test, ready for its levels: the host's load lock held, the simulator started if it was named,
 * a completion seen, the warm-up done.
 *
 * @param lock held until closed
 * @param simulator if it is the endpoint
 * @param session with the endpoint
 * @param prompts one supply for the warm-up and all levels, so that each takes its own slice
 * @param gpus watched, or not
 * @param meter of what the GPUs did
 * @param server what the server calls itself, or empty
 * @param promptsOfWarmUp identities of the prompts that are no longer fresh
 * @param observer of the load, to be told which run of a level it sees
 * @param run that it belongs to
 */
record PreparedEndpoint(
        LoadLock lock,
        Optional<Simulator> simulator,
        LoadSession session,
        PromptSupply prompts,
        GpuWatch gpus,
        EfficiencyMeter meter,
        String server,
        Set<Long> promptsOfWarmUp,
        RunObserver observer,
        RunSession run)
        implements AutoCloseable {
    private static final Duration USUAL_WAIT = Duration.ofMinutes(2);
    private static final Path LOCK_FILE = Path.of(System.getProperty("java.io.tmpdir"), "llm-load.lock");

    /**
     * Prepares it.
     *
     * @param timeout what JUnit's {@code @Timeout} allows for the first level: the wait for the host's lock is part of it
     * @throws HostBusyException if another load test of this host does not end in time
     */
    static PreparedEndpoint prepare(LoadTestSpec test, RunSession run, Optional<Duration> timeout) {
        LoadLock.Patience patience =
                new LoadLock.Patience(run.settings().lockWait(), "key " + Key.LOCK_WAIT.key()).or(timeout, "@Timeout");
        LoadLock lock = LoadLock.acquire(LOCK_FILE, test.id(), patience, run.events()::said);
        Optional<Simulator> simulator = Optional.empty();
        Optional<LoadSession> open = Optional.empty();
        Optional<GpuWatch> watch = Optional.empty();
        LoadTestSpec.Request request = test.request();
        PromptSupply prompts = new PromptSupply(request.prompts(), request.reuse(), request.seed());
        try {
            EndpointChoice choice = test.endpoint();
            simulator = choice.simulator().map(Simulator::start);
            EndpointSettings settings =
                    simulator.map(started -> at(choice.settings(), started)).orElse(choice.settings());
            GpuWatch gpus = GpuChoice.of(test, settings.url(), simulator, run);
            watch = Optional.of(gpus);
            run.events().secretsKnown(settings.secrets());
            RunObserver observer = new RunObserver(test.id(), run.events());
            LoadSession session = LoadSession.open(
                    settings,
                    request.settings(),
                    test.expectations(),
                    test.load().loops(),
                    test.id(),
                    simulator.isPresent(),
                    observer);
            open = Optional.of(session);
            run.loads().begin(session);
            session.watchServer();
            run.promptLines().of(request.prompts()).forEach(run.events()::said);
            String server = "";
            if (test.load().preparation().preflight().isPresent()) {
                Preflight found = preflight(test, session, run.endpoints(test));
                server = found.server();
                tell(run, test, settings, found.endpoint(), found.model(), server, simulator.isPresent());
            } else {
                URI endpoint = settings.url().of(settings.api());
                tell(run, test, settings, endpoint, settings.model(), "", simulator.isPresent());
            }
            prompts.prepare(session.preparing());
            prompts.readAhead();
            EfficiencyMeter meter = new EfficiencyMeter(test, gpus);
            GpuChoice.announce(test, gpus, meter, run);
            if (run.settings().calibrate() && Calibration.known().isEmpty()) {
                session.calibrate().ifPresent(ruler -> run.events().said("ruler: " + ruler.words()));
            }
            gpus.idle();
            LoadTestSpec.Preparation before = test.load().preparation();
            WarmUp warmUp = session.warmUp(prompts, before.warmup(), before.warmupConcurrency());
            tellTokens(run, test, warmUp);
            return new PreparedEndpoint(
                    lock, simulator, session, prompts, gpus, meter, server, promptsOf(warmUp), observer, run);
        } catch (RuntimeException | Error e) {
            close(open, prompts, watch, simulator, lock, run);
            throw e;
        }
    }

    private static void tell(
            RunSession run,
            LoadTestSpec test,
            EndpointSettings settings,
            URI endpoint,
            String model,
            String server,
            boolean simulated) {
        Prompts prompts = test.request().prompts();
        Metadata.Test about = new Metadata.Test(
                test.id(),
                ApiUrl.shown(endpoint),
                settings.secrets().name(model),
                server,
                prompts.spec(),
                prompts.sha256(),
                PromptLines.numbers(prompts.statistics()),
                SettingsSummary.of(test));
        run.events()
                .testPrepared(new PreparedTest(
                        about,
                        test.displayName(),
                        test.load().levels(),
                        test.load().volume().repeat(),
                        simulated,
                        settings.secrets()));
    }

    // How many tokens the server found in the prompts of the warm-up.
    private static void tellTokens(RunSession run, LoadTestSpec test, WarmUp warmUp) {
        Map<String, Number> tokens = PromptLines.tokens(warmUp.records());
        if (!tokens.isEmpty()) {
            run.events().said(PromptLines.line(tokens));
            run.events().promptsCounted(test.id(), tokens);
        }
    }

    static Preflight preflight(LoadTestSpec test, LoadSession session, EndpointMemory memory) {
        return session.preflight(test.load().preparation().preflight().orElse(USUAL_WAIT), memory);
    }

    private static Set<Long> promptsOf(WarmUp warmUp) {
        return warmUp.records().stream().map(RequestRecord::prompt).collect(Collectors.toSet());
    }

    static EndpointSettings at(EndpointSettings settings, Simulator started) {
        return new EndpointSettings(
                ApiUrl.parse(started.url()),
                settings.model(),
                settings.api(),
                settings.apiKey(),
                settings.headers(),
                settings.tokenCount(),
                settings.timeouts(),
                settings.maxResponseHead(),
                settings.secrets());
    }

    @Override
    public void close() {
        close(Optional.of(session), prompts, Optional.of(gpus), simulator, lock, run);
    }

    // Whatever one of them throws, the others are closed, and the lock is free: what was measured stands.
    private static void close(
            Optional<LoadSession> session,
            PromptSupply prompts,
            Optional<GpuWatch> gpus,
            Optional<Simulator> simulator,
            LoadLock lock,
            RunSession run) {
        try (lock) {
            session.ifPresent(open -> closing("the connections", open::close, run));
            session.ifPresent(run.loads()::end);
            closing("the prompts", prompts::close, run);
            gpus.ifPresent(watch -> closing("the GPU telemetry", watch::close, run));
            simulator.ifPresent(server -> closing("the simulator", server::close, run));
        }
    }

    private static void closing(String what, Runnable close, RunSession run) {
        try {
            close.run();
        } catch (RuntimeException | Error e) {
            run.events().warned("closing " + what + " failed: " + e);
        }
    }
}
