package dev.llmload.report.file;

import dev.llmload.report.ReportListener;
import dev.llmload.report.RunFacts;
import dev.llmload.report.RunRecord;
import dev.llmload.report.TestReport;
import dev.llmload.report.file.ReportFile.Content;
import dev.llmload.report.page.PageInput;
import dev.llmload.report.page.RunPage;
import dev.llmload.report.picture.ChartFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The files of a run: a listener each. A new file is one line here. */
public final class RunFiles {
    private RunFiles() {}

    /**
     * All of them.
     *
     * @param folder where they go
     * @param run what is known of it
     * @param history of all runs, if one is kept
     * @param warn takes what the user should mend
     */
    public static List<ReportListener> of(
            RunFolder folder, RunRecord run, Optional<RunHistory> history, Consumer<String> warn) {
        RunFacts facts = run.facts();
        Path path = folder.path();
        List<ReportListener> files = new ArrayList<>(List.of(
                RequestsFile.create(folder, facts.originNanos()),
                new TelemetryFile(folder, facts.originNanos()),
                new ReportFile(
                        folder,
                        Metadata.FILE,
                        Content.CIRCUMSTANCES,
                        () -> metadata(run).write(path)),
                new ReportFile(
                        folder,
                        ResultsJson.FILE,
                        Content.RESULTS,
                        () -> ResultsJson.write(path, run.reports(), run.simulated(), facts.percentiles())),
                new ReportFile(
                        folder,
                        ResultsCsv.FILE,
                        Content.RESULTS,
                        () -> ResultsCsv.write(path, run.reports(), facts.percentiles())),
                new ReportFile(
                        folder,
                        OpenMetrics.FILE,
                        Content.RESULTS,
                        () -> OpenMetrics.write(
                                path,
                                run.reports(),
                                run.secrets().redact(facts.release()),
                                facts.started(),
                                facts.percentiles())),
                new ReportFile(
                        folder, SummaryMarkdown.FILE, Content.VIEW, () -> SummaryMarkdown.write(path, run.reports())),
                new ReportFile(folder, RunPage.FILE, Content.PAGE, () -> RunPage.write(path, page(run, history)))));
        if (facts.charts()) {
            files.add(new ChartFiles(folder, warn));
        }
        return files;
    }

    private static PageInput page(RunRecord run, Optional<RunHistory> history) {
        List<TestReport> tests = run.reports();
        return new PageInput(
                tests,
                metadata(run),
                Duration.between(run.facts().started(), Instant.now()),
                history.map(kept -> kept.of(tests)).orElse(List.of()),
                run.facts().percentiles(),
                run.facts().charts());
    }

    private static Metadata metadata(RunRecord run) {
        RunFacts facts = run.facts();
        return new Metadata(
                facts.started(),
                facts.originNanos(),
                run.simulated(),
                run.secrets().redact(facts.release()),
                redacted(run, facts.configuration()),
                redacted(run, facts.labels()),
                Machine.versions(facts.version()),
                run.host(),
                GitCommit.of(Path.of("")).orElse(""),
                run.tests());
    }

    private static Map<String, String> redacted(RunRecord run, Map<String, String> texts) {
        Map<String, String> clean = new LinkedHashMap<>();
        texts.forEach((name, text) -> clean.put(name, run.secrets().redact(text)));
        return clean;
    }
}
