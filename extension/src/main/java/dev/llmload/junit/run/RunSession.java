package dev.llmload.junit.run;

import dev.llmload.allure.AllureListener;
import dev.llmload.allure.AllureReport;
import dev.llmload.config.Configuration;
import dev.llmload.config.Services;
import dev.llmload.junit.declared.LoadTestSpec;
import dev.llmload.load.preflight.EndpointMemory;
import dev.llmload.load.ruler.Calibration;
import dev.llmload.report.PluggedListener;
import dev.llmload.report.ReportListener;
import dev.llmload.report.ReportListeners;
import dev.llmload.report.RunFacts;
import dev.llmload.report.RunRecord;
import dev.llmload.report.console.ConsoleReport;
import dev.llmload.report.console.ProgressPrinter;
import dev.llmload.report.file.Machine;
import dev.llmload.report.file.RunFiles;
import dev.llmload.report.file.RunFolder;
import dev.llmload.report.file.RunHistory;
import dev.llmload.spi.RunListener;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * One run of the test engine: what its tests share, and who is told what happens in it. Lives in JUnit's root store; closed
 * when the run is over. Safe for use by any thread.
 */
final class RunSession implements Store.CloseableResource, AutoCloseable {
    private static final Namespace NAMESPACE = Namespace.create(RunSession.class);

    private final RunSettings settings;
    private final RunRecord record;
    private final RunFolder folder;
    private final ReportListeners events = new ReportListeners();
    private final RunTelemetry telemetry = new RunTelemetry();
    private final PromptLines promptLines = new PromptLines();
    private final Map<String, EndpointMemory> endpoints = new ConcurrentHashMap<>();
    private final RunningLoads loads;

    private RunSession(RunSettings settings) {
        this.settings = settings;
        this.record = new RunRecord(facts(settings), RunSession::host);
        this.folder = RunFolder.create(settings.output(), record.facts().started());
        listen();
        events.runStarted();
        folder.missing()
                .forEach(file -> events.warned("not written: " + file + "; what is measured is judged and printed"));
        this.loads = new RunningLoads(events::runEnded);
    }

    // The record first, so that the others find it up to date; listeners of the user's last, when all is written.
    private void listen() {
        RunFacts facts = record.facts();
        events.add(record).add(new ConsoleReport(ProgressPrinter.forConsole(), facts.release(), settings.suggest()));
        Optional<RunHistory> history = settings.history().map(file -> new RunHistory(file, facts, events));
        RunFiles.of(folder, record, history, events::warned).forEach(events::add);
        events.add(new AllureListener(AllureReport.create(facts.charts(), events::warned), facts));
        history.ifPresent(events::add);
        Services<RunListener> plugged = Services.of(RunListener.class);
        plugged.problems().forEach(problem -> events.warned("a listener could not be loaded: " + problem));
        plugged.found().forEach(listener -> events.add(new PluggedListener(listener, record, folder)));
    }

    private static RunFacts facts(RunSettings settings) {
        return new RunFacts(
                Instant.now(),
                System.nanoTime(),
                settings.release(),
                settings.keys(),
                settings.labels(),
                Objects.requireNonNullElse(RunSession.class.getPackage().getImplementationVersion(), "development"),
                settings.percentiles(),
                settings.charts());
    }

    // The machine that offers the load, and how well it measures, which is known before the first load.
    private static Map<String, String> host() {
        Map<String, String> host = new LinkedHashMap<>(Machine.host());
        Calibration.known().ifPresent(ruler -> host.put("ruler", ruler.words()));
        return host;
    }

    /** The run that this context belongs to; made, with its folder, by the first load test of it. */
    static RunSession of(ExtensionContext context, Configuration configuration) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        RunSession.class, key -> new RunSession(RunSettings.of(configuration)), RunSession.class);
    }

    RunSettings settings() {
        return settings;
    }

    /** The run's folder; where it could not be made, one that is not there. */
    Path path() {
        return folder.path();
    }

    /** Who is told what happens. */
    ReportListener events() {
        return events;
    }

    RunTelemetry telemetry() {
        return telemetry;
    }

    /** The loads that a Ctrl-C stops. */
    RunningLoads loads() {
        return loads;
    }

    /** What was said of the prompts so far. */
    PromptLines promptLines() {
        return promptLines;
    }

    /**
     * Which servers earlier tests of the run waited for without an answer. Two classes that start servers of their own may do so at the
     * same address, so that what one of them saw says nothing of the other's.
     */
    EndpointMemory endpoints(LoadTestSpec test) {
        String owner =
                test.endpoint().ofItsClass() ? test.id().substring(0, test.id().indexOf('#')) : "";
        return endpoints.computeIfAbsent(owner, key -> new EndpointMemory());
    }

    @Override
    public void close() {
        loads.close();
        telemetry.close(events::warned);
        events.runEnded();
        List<String> missing = folder.missing();
        missing.forEach(file -> events.warned("not written: " + file));
        if (!missing.isEmpty()) {
            events.warned("what was measured is judged and printed; the verdict does not depend on these files");
        }
        if (!RunCollector.deliver(folder.path(), record.reports())) {
            events.said("run folder: " + folder.path());
        }
    }
}
