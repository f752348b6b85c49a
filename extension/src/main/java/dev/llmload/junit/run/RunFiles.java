package dev.llmload.junit.run;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.load.ruler.Calibration;
import dev.llmload.prompt.PromptStatistics;
import dev.llmload.report.TestReport;
import dev.llmload.report.file.AtomicFile;
import dev.llmload.report.file.GitCommit;
import dev.llmload.report.file.HistoryEntry;
import dev.llmload.report.file.Machine;
import dev.llmload.report.file.Metadata;
import dev.llmload.report.file.OpenMetrics;
import dev.llmload.report.file.RequestLog;
import dev.llmload.report.file.ResultsCsv;
import dev.llmload.report.file.ResultsJson;
import dev.llmload.report.file.RunDirectory;
import dev.llmload.report.file.SummaryMarkdown;
import dev.llmload.report.file.TelemetryCsv;
import dev.llmload.report.page.PageInput;
import dev.llmload.report.page.RunPage;
import dev.llmload.report.picture.ChartPng;
import dev.llmload.report.picture.EfficiencyChart;
import dev.llmload.report.picture.GpuChart;
import dev.llmload.report.picture.LatencyChart;
import dev.llmload.report.picture.SweepPictures;
import dev.llmload.report.picture.TimelineChart;
import dev.llmload.result.LoadResult;
import dev.llmload.result.RequestRecord;
import dev.llmload.result.text.Printable;
import dev.llmload.result.text.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The files of a run. The results are written anew, as a whole, whenever a level is over, so that a run that is killed
 * keeps what it had. A file that cannot be written (a full or read-only disk) stops nothing: what was measured is judged
 * and printed all the same, and {@link #missing} says which files are not there, or not complete, and why. Safe for use by
 * any thread.
 */
final class RunFiles implements AutoCloseable {
    private static final String REQUESTS = "requests.jsonl";

    private final RunSettings settings;
    private final Path path;
    private final Optional<RequestLog> requests;
    private final Instant started;
    private final long originNanos;
    private final Map<String, TestReport> reports = new LinkedHashMap<>();
    private final List<Metadata.Test> tests = new ArrayList<>();
    private final TelemetryCsv telemetry;
    private Secrets secrets = Secrets.none();
    private boolean simulated;
    private final Map<String, String> missing = new LinkedHashMap<>();
    private boolean png = ChartPng.isAvailable();

    private RunFiles(RunSettings settings) {
        this.settings = settings;
        this.started = Instant.now();
        this.originNanos = System.nanoTime();
        this.path = folder();
        this.requests = requestLog();
        this.telemetry = new TelemetryCsv(path, originNanos);
        save();
    }

    static RunFiles create(RunSettings settings) {
        return new RunFiles(settings);
    }

    private Path folder() {
        Path base = settings.output().toAbsolutePath().normalize();
        if (Files.exists(base) && !Files.isDirectory(base)) {
            throw new IllegalStateException(
                    "the run's folder cannot be made below " + base + " (key llmload.output): that is a file");
        }
        try {
            return RunDirectory.create(base, started).path();
        } catch (IOException e) {
            missing.put("the run's folder below " + base + " (key llmload.output)", FileFailures.reason(e));
            return base.resolve("not-written");
        }
    }

    private Optional<RequestLog> requestLog() {
        Path file = path.resolve(REQUESTS);
        try {
            return Files.isDirectory(path) ? Optional.of(new RequestLog(file, originNanos)) : Optional.empty();
        } catch (IOException e) {
            missing.put(REQUESTS, FileFailures.reason(e));
            return Optional.empty();
        }
    }

    /** Where the files are; where they could not be made, a folder that is not there. */
    Path path() {
        return path;
    }

    /** What is not written, or not whole, and why: {@code results.json: No space left on device}. */
    synchronized List<String> missing() {
        return missing.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
    }

    Instant started() {
        return started;
    }

    /** What is known of each test. */
    synchronized List<TestReport> reports() {
        return List.copyOf(reports.values());
    }

    /** Writes the line of a request; see {@link RequestLog#write}. */
    void request(String test, String level, int repeat, RequestRecord request) {
        requests.ifPresent(log -> log.write(test, level, repeat, request));
    }

    /** Writes the line of a request anew; see {@link RequestLog#correct}. */
    void correction(String test, String level, int repeat, RequestRecord request) {
        requests.ifPresent(log -> log.correct(test, level, repeat, request));
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
        result.gpu().ifPresent(readings -> file(TelemetryCsv.FILE, () -> telemetry.append(readings)));
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
        String svg = "charts/" + name + ".svg";
        file(svg, () -> AtomicFile.write(path.resolve(svg), drawing));
        png(name, drawing);
    }

    // A picture that this machine cannot draw is no reason to lose a run: said once, and the SVG is there.
    private void png(String name, String drawing) {
        if (png) {
            try {
                ChartPng.write(path.resolve("charts").resolve(name + ".png"), drawing);
            } catch (IOException e) {
                png = false;
                System.err.println(
                        "[llm-load] charts are written as SVG only: " + Printable.line(String.valueOf(e.getMessage())));
            }
        }
    }

    // ChatReleaseTest.chat-100-users: readable, and safe on every file system.
    private static String name(String test, String part) {
        return (TestReport.shortName(test) + "-" + part).replaceAll("[^A-Za-z0-9._-]+", "-");
    }

    private interface Write {
        void run() throws IOException;
    }

    // One file that cannot be written takes no other with it. What is written later, or again, is no longer missing.
    private synchronized void file(String name, Write write) {
        if (!Files.isDirectory(path)) {
            return; // said when the folder could not be made
        }
        try {
            write.run();
            missing.remove(name);
        } catch (IOException | RuntimeException e) {
            missing.put(name, FileFailures.reason(e));
        }
    }

    private synchronized void save() {
        List<TestReport> all = List.copyOf(reports.values());
        file(ResultsJson.FILE, () -> ResultsJson.write(path, all, simulated, settings.percentiles()));
        file("results.csv", () -> ResultsCsv.write(path, all, settings.percentiles()));
        file("summary.md", () -> SummaryMarkdown.write(path, all));
        file("metrics.prom", () -> OpenMetrics.write(path, all, settings.release(), started, settings.percentiles()));
        file("metadata.json", () -> metadata().write(path));
    }

    /**
     * Draws the page of the run, once it is over and its requests are written.
     *
     * @param history what earlier runs came to, and this one
     */
    synchronized void page(List<HistoryEntry> history) {
        PageInput input = new PageInput(
                List.copyOf(reports.values()),
                metadata(),
                Duration.between(started, Instant.now()),
                history,
                settings.percentiles(),
                settings.charts());
        file(RunPage.FILE, () -> RunPage.write(path, input));
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
                host(),
                GitCommit.of(Path.of("")).orElse(""),
                tests);
    }

    /** The machine that offered the load, and how well it measures. */
    static Map<String, String> host() {
        Map<String, String> host = new LinkedHashMap<>(Machine.host());
        Calibration.known().ifPresent(ruler -> host.put("ruler", ruler.words()));
        return host;
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
        requests.ifPresent(log -> {
            try {
                log.close();
            } catch (IOException e) {
                incomplete(REQUESTS, e);
            }
        });
    }

    private synchronized void incomplete(String name, IOException e) {
        missing.put(name, "not complete, " + FileFailures.reason(e));
    }
}
