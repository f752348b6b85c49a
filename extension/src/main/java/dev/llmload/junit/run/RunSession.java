package dev.llmload.junit.run;

import dev.llmload.allure.AllureReport;
import dev.llmload.allure.PhaseSpan;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.config.Configuration;
import dev.llmload.gpu.NvidiaSmiProbe;
import dev.llmload.gpu.TelemetrySources;
import dev.llmload.gpu.nvml.NvmlProbe;
import dev.llmload.gpu.prometheus.PrometheusProbe;
import dev.llmload.junit.declared.LoadTestSpec;
import dev.llmload.junit.declared.SettingsSummary;
import dev.llmload.load.LoadSession;
import dev.llmload.load.preflight.EndpointMemory;
import dev.llmload.prompt.Prompts;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.TestReport;
import dev.llmload.report.console.ConsoleTable;
import dev.llmload.report.console.ProgressPrinter;
import dev.llmload.report.console.SuggestedBudgets;
import dev.llmload.report.file.HistoryEntry;
import dev.llmload.report.file.Machine;
import dev.llmload.report.file.Metadata;
import dev.llmload.result.LoadResult;
import dev.llmload.result.RequestRecord;
import dev.llmload.result.Subject;
import dev.llmload.result.text.Secrets;
import dev.llmload.spi.TelemetrySourceProvider;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One run of the test engine: its folder, its console, and the load sessions that a Ctrl-C has to stop. Lives in
 * JUnit's root store; closed when the run is over. Safe for use by any thread.
 */
final class RunSession implements Store.CloseableResource, AutoCloseable {
    private static final String STOPPED = "the JVM was told to stop";
    private static final Namespace NAMESPACE = Namespace.create(RunSession.class);

    private final RunSettings settings;
    private final ProgressPrinter printer;
    private final RunFiles files;
    private final AllureReport allure;
    private final RunHistory history;
    private final PromptLines promptLines = new PromptLines();
    private final Map<String, EndpointMemory> endpoints = new ConcurrentHashMap<>();
    private final Set<LoadSession> running = ConcurrentHashMap.newKeySet();
    private final Map<String, TelemetrySources> telemetry = new ConcurrentHashMap<>();
    private volatile boolean stopping;
    private final Thread onShutdown = new Thread(this::interrupted, "llm-load shutdown");

    private RunSession(RunSettings settings) {
        this.settings = settings;
        this.printer = ProgressPrinter.forConsole();
        this.files = RunFiles.create(settings);
        this.allure = AllureReport.create(settings.charts());
        this.history = new RunHistory(settings, files.started(), this::warn);
        files.missing().forEach(file -> warn("not written: " + file + "; what is measured is judged and printed"));
        Runtime.getRuntime().addShutdownHook(onShutdown);
    }

    /** The run that this context belongs to; made, with its folder, by the first load test of it. */
    static RunSession of(ExtensionContext context, Configuration configuration) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        RunSession.class, key -> new RunSession(RunSettings.of(configuration)), RunSession.class);
    }

    /** The run's folder. */
    Path path() {
        return files.path();
    }

    /** The telemetry of a DCGM exporter, opened once per run. */
    TelemetrySources exporter(URI page) {
        return telemetry.computeIfAbsent(
                "dcgm " + page, key -> new TelemetrySources(List.of(new PrometheusProbe(page))));
    }

    /** The telemetry of a provider that is plugged in, opened once per run. */
    TelemetrySources plugged(TelemetrySourceProvider provider) {
        return telemetry.computeIfAbsent(
                "plugged " + provider.getClass().getName(), key -> new TelemetrySources(List.of(provider)));
    }

    /** The telemetry of this host, opened once per run. */
    TelemetrySources telemetry(String nvmlLibrary) {
        return telemetry.computeIfAbsent(
                nvmlLibrary, library -> new TelemetrySources(List.of(new NvmlProbe(library), new NvidiaSmiProbe(""))));
    }

    /**
     * Which servers earlier tests of the run waited for in vain. Two classes that start servers of their own may do so at the
     * same address, so that what one of them saw says nothing of the other's.
     */
    EndpointMemory endpoints(LoadTestSpec test) {
        String owner =
                test.endpoint().ofItsClass() ? test.id().substring(0, test.id().indexOf('#')) : "";
        return endpoints.computeIfAbsent(owner, key -> new EndpointMemory());
    }

    RunSettings settings() {
        return settings;
    }

    void say(String sentence) {
        printer.print("[llm-load] " + sentence);
    }

    void warn(String sentence) {
        printer.print("[llm-load] warning: " + sentence);
    }

    RunObserver observer(String test) {
        return new RunObserver(test, files, printer);
    }

    /** A session that a Ctrl-C stops; what it measured is kept. */
    void running(LoadSession session) {
        running.add(session);
        if (stopping) {
            session.stop(STOPPED);
        }
    }

    void finished(LoadSession session) {
        running.remove(session);
    }

    /** Says how long the prompts of a test are, unless that was said before. */
    void say(Prompts prompts) {
        promptLines.of(prompts).forEach(line -> printer.print("[llm-load] " + line));
    }

    /** Says and notes how many tokens the server found in the prompts of the warm-up. */
    void tokens(LoadTestSpec test, List<RequestRecord> warmUp) {
        Map<String, Number> tokens = PromptLines.tokens(warmUp);
        if (!tokens.isEmpty()) {
            printer.finish();
            printer.print("[llm-load] " + PromptLines.line(tokens));
            files.promptTokens(test.id(), tokens);
        }
    }

    /** Keeps secrets of a test out of the files of the run as a whole. */
    void hide(Secrets secrets) {
        files.hide(secrets);
    }

    /** Notes whom a test talks to, for the metadata. */
    void prepared(LoadTestSpec test, URI endpoint, String model, String server, boolean simulated) {
        files.add(
                new Metadata.Test(
                        test.id(),
                        ApiUrl.shown(endpoint),
                        model,
                        server,
                        test.prompts().spec(),
                        test.prompts().sha256(),
                        RunFiles.statistics(test.prompts().statistics()),
                        SettingsSummary.of(test)),
                simulated);
        Secrets secrets = test.endpoint().settings().secrets();
        Map<String, String> environment = new TreeMap<>(Machine.versions(RunFiles.libraryVersion()));
        settings.labels().forEach((name, value) -> environment.put("label." + name, secrets.redact(value)));
        environment.put("endpoint", ApiUrl.shown(endpoint));
        environment.put("model", model);
        environment.put("server", server);
        environment.put("release", secrets.redact(settings.release()));
        environment.put("simulated", Boolean.toString(simulated));
        allure.environment(environment);
    }

    /** Prints budgets from a test's own values, if that is wanted. */
    void suggest(TestReport report) {
        if (settings.suggest() && !report.levels().isEmpty()) {
            printer.print(SuggestedBudgets.render(report, settings.release()));
        }
    }

    /** Writes the readings of the GPUs. */
    void telemetry(LoadResult result) {
        files.telemetry(result);
    }

    /** Writes what is known, so that nothing is lost whatever comes. */
    void record(TestReport report) {
        files.write(report);
    }

    /** What the history will have of one level. */
    HistoryEntry historyOf(LevelVerdict level, InvocationOutcome outcome) {
        return history.entry(level, outcome);
    }

    /** Adds one level to the history. */
    void remember(HistoryEntry level) {
        history.add(level);
    }

    /**
     * Draws and attaches how a test came to be over its runs; nothing at its first.
     *
     * @param pending the level that is being concluded, which the history has not got yet
     */
    void showTrend(Subject subject, Optional<HistoryEntry> pending) {
        if (settings.charts()) {
            history.trend(subject, pending).ifPresent(svg -> {
                files.trend(subject.test(), svg);
                allure.trend(svg);
            });
        }
    }

    /** Prints and attaches one level, with what is known of how its invocation ends. */
    void show(LevelVerdict level, InvocationOutcome outcome, List<PhaseSpan> phases) {
        printer.finish();
        printer.print(ConsoleTable.level(level, outcome));
        if (settings.charts()) {
            files.chart(level);
        }
        allure.level(level, outcome, phases);
    }

    /** Prints and attaches the comparison of the levels. */
    void showSweep(TestReport report) {
        files.write(report);
        printer.finish();
        printer.print(ConsoleTable.comparison(report));
        if (settings.charts()) {
            files.chart(report);
        }
        allure.sweep(report);
    }

    // Ctrl-C: the load stops at once; the test's own thread then assembles and writes what was measured, unless it is
    // stuck somewhere, which must not hold the JVM.
    private void interrupted() {
        stopping = true;
        running.forEach(session -> session.stop(STOPPED));
        long giveUp = System.nanoTime() + 3_000_000_000L;
        while (!running.isEmpty() && System.nanoTime() - giveUp < 0) {
            LockSupport.parkNanos(20_000_000L);
        }
        files.close();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(onShutdown);
        } catch (IllegalStateException e) {
            // The JVM is going down, and the hook has stopped the load; what came of it is handed over all the same.
        }
        try {
            telemetry.values().forEach(TelemetrySources::close);
        } catch (RuntimeException e) {
            warn("the telemetry could not be closed: " + e.getMessage());
        }
        files.close();
        List<String> missing = files.missing();
        missing.forEach(file -> warn("not written: " + file));
        if (!missing.isEmpty()) {
            warn("what was measured is judged and printed; the verdict does not depend on these files");
        }
        if (!RunCollector.deliver(files.path(), files.reports())) {
            printer.print("[llm-load] run folder: " + files.path());
        }
    }
}
