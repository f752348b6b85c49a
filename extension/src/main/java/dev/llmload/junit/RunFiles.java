package dev.llmload.junit;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.prompt.PromptStatistics;
import dev.llmload.report.ChartPng;
import dev.llmload.report.EfficiencyChart;
import dev.llmload.report.GitCommit;
import dev.llmload.report.GpuChart;
import dev.llmload.report.LatencyChart;
import dev.llmload.report.Machine;
import dev.llmload.report.Metadata;
import dev.llmload.report.OpenMetrics;
import dev.llmload.report.RequestLog;
import dev.llmload.report.ResultsCsv;
import dev.llmload.report.ResultsJson;
import dev.llmload.report.RunDirectory;
import dev.llmload.report.RunHtml;
import dev.llmload.report.SummaryMarkdown;
import dev.llmload.report.SweepPictures;
import dev.llmload.report.TelemetryCsv;
import dev.llmload.report.TestReport;
import dev.llmload.report.TimelineChart;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Printable;
import dev.llmload.result.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The files of a run. The results are written anew, as a whole, whenever a level is over, so that a run that is killed
 * keeps what it had. Safe for use by any thread.
 */
final class RunFiles implements AutoCloseable {
    private final RunSettings settings;
    private final RunDirectory folder;
    private final RequestLog requests;
    private final Instant started;
    private final long originNanos;
    private final Map<String, TestReport> reports = new LinkedHashMap<>();
    private final List<Metadata.Test> tests = new ArrayList<>();
    private final TelemetryCsv telemetry;
    private Secrets secrets = Secrets.none();
    private boolean simulated;
    private boolean png = ChartPng.isAvailable();

    private RunFiles(RunSettings settings) throws IOException {
        this.settings = settings;
        this.started = Instant.now();
        this.originNanos = System.nanoTime();
        this.folder = RunDirectory.create(settings.output(), started);
        this.requests = new RequestLog(folder.path().resolve("requests.jsonl"), originNanos);
        this.telemetry = new TelemetryCsv(folder.path(), originNanos);
        write();
    }

    static RunFiles create(RunSettings settings) {
        try {
            return new RunFiles(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the run's folder cannot be made below " + settings.output().toAbsolutePath()
                            + " (key llmload.output): " + e.getMessage(),
                    e);
        }
    }

    Path path() {
        return folder.path();
    }

    Instant started() {
        return started;
    }

    /** What is known of each test. */
    synchronized List<TestReport> reports() {
        return List.copyOf(reports.values());
    }

    RequestLog requests() {
        return requests;
    }

    synchronized void add(Metadata.Test test, boolean bySimulator) {
        tests.add(test);
        simulated |= bySimulator;
        save();
    }

    /** Keeps secrets of a test out of what was configured for the run as a whole. */
    synchronized void hide(Secrets more) {
        secrets = secrets.and(more);
    }

    /** Adds to the statistics of a test's prompts what only the server knows. */
    synchronized void promptTokens(String test, Map<String, Number> tokens) {
        tests.replaceAll(each -> each.id().equals(test) ? each.withPromptStatistics(tokens) : each);
        save();
    }

    synchronized void write(TestReport report) {
        reports.put(report.id(), report);
        save();
    }

    /** Appends what the GPUs did; nothing if nobody watched them. */
    synchronized void telemetry(LoadResult result) {
        if (result.gpu().isPresent()) {
            try {
                telemetry.append(result.gpu().get());
            } catch (IOException e) {
                throw new UncheckedIOException("telemetry.csv cannot be written: " + e.getMessage(), e);
            }
        }
    }

    void chart(LevelVerdict level) {
        String test = level.result().subject().test();
        svg(name(test, level.result().level().name()), LatencyChart.svg(level));
        svg(name(test, level.result().level().name() + "-timeline"), TimelineChart.svg(level));
    }

    void chart(TestReport report) {
        SweepPictures.of(report).forEach(picture -> svg(name(report.id(), picture.key()), picture.svg()));
        if (EfficiencyChart.has(report)) {
            svg(name(report.id(), "efficiency"), EfficiencyChart.svg(report));
        }
        if (GpuChart.has(report.levels())) {
            svg(name(report.id(), "gpu"), GpuChart.svg(report.levels()));
        }
    }

    void trend(String test, String drawing) {
        svg(name(test, "trend"), drawing);
    }

    private void svg(String name, String drawing) {
        try {
            Files.writeString(folder.charts().resolve(name + ".svg"), drawing);
        } catch (IOException e) {
            throw new UncheckedIOException("the chart " + name + " cannot be written: " + e.getMessage(), e);
        }
        png(name, drawing);
    }

    // A picture that this machine cannot draw is no reason to lose a run: said once, and the SVG is there.
    private void png(String name, String drawing) {
        if (png) {
            try {
                ChartPng.write(folder.charts().resolve(name + ".png"), drawing);
            } catch (IOException e) {
                png = false;
                System.err.println("[llm-load] charts are written as SVG only: " + Printable.line(String.valueOf(e.getMessage())));
            }
        }
    }

    // ChatReleaseTest.chat-100-users: readable, and safe on every file system.
    private static String name(String test, String part) {
        return (TestReport.shortName(test) + "-" + part).replaceAll("[^A-Za-z0-9._-]+", "-");
    }

    private void save() {
        try {
            write();
        } catch (IOException e) {
            throw new UncheckedIOException("the results cannot be written to " + path() + ": " + e.getMessage(), e);
        }
    }

    private void write() throws IOException {
        List<TestReport> all = List.copyOf(reports.values());
        ResultsJson.write(path(), all, simulated, settings.percentiles());
        ResultsCsv.write(path(), all, settings.percentiles());
        SummaryMarkdown.write(path(), all);
        RunHtml.write(path(), about(), all, settings.charts());
        OpenMetrics.write(path(), all, settings.release(), started, settings.percentiles());
        metadata().write(path());
    }

    private String about() {
        String release = settings.release().isBlank() ? "" : " · " + settings.release();
        return started.truncatedTo(ChronoUnit.SECONDS) + release;
    }

    private Metadata metadata() {
        return new Metadata(
                started,
                originNanos,
                simulated,
                secrets.redact(settings.release()),
                redacted(settings.keys()),
                redacted(settings.labels()),
                Machine.versions(libraryVersion()),
                Machine.host(),
                GitCommit.of(Path.of("")).orElse(""),
                tests);
    }

    private Map<String, String> redacted(Map<String, String> texts) {
        Map<String, String> clean = new LinkedHashMap<>();
        texts.forEach((name, text) -> clean.put(name, secrets.redact(text)));
        return clean;
    }

    static String libraryVersion() {
        return Objects.requireNonNullElse(RunFiles.class.getPackage().getImplementationVersion(), "development");
    }

    static Map<String, Number> statistics(PromptStatistics statistics) {
        return Map.of(
                "count", statistics.count(),
                "mean_chars", statistics.meanChars(),
                "median_chars", statistics.medianChars(),
                "min_chars", statistics.minChars(),
                "max_chars", statistics.maxChars(),
                "mean_words", statistics.meanWords(),
                "median_words", statistics.medianWords(),
                "min_words", statistics.minWords(),
                "max_words", statistics.maxWords());
    }

    @Override
    public void close() {
        try {
            requests.close();
        } catch (IOException e) {
            throw new UncheckedIOException("requests.jsonl is not complete: " + e.getMessage(), e);
        }
    }
}
