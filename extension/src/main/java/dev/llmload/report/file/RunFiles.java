package dev.llmload.report.file;

import dev.llmload.report.ReportListener;
import dev.llmload.report.RunFacts;
import dev.llmload.report.RunRecord;
import dev.llmload.report.file.ReportFile.Content;
import dev.llmload.report.page.RunHtml;
import dev.llmload.report.picture.ChartFiles;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The files of a run: a listener each. A new file is one line here. */
public final class RunFiles {
    private RunFiles() {}

    /**
     * All of them.
     *
     * @param folder where they go
     * @param run what is known of it
     * @param warn takes what the user should mend
     */
    public static List<ReportListener> of(RunFolder folder, RunRecord run, Consumer<String> warn) {
        RunFacts facts = run.facts();
        Path path = folder.path();
        List<ReportListener> files = new ArrayList<>(List.of(
                RequestsFile.create(folder, facts.originNanos()),
                new TelemetryFile(folder, facts.originNanos()),
                new ReportFile(folder, Metadata.FILE, Content.CIRCUMSTANCES, () -> metadata(run)
                        .write(path)),
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
                                path, run.reports(), facts.release(), facts.started(), facts.percentiles())),
                new ReportFile(
                        folder, SummaryMarkdown.FILE, Content.VIEW, () -> SummaryMarkdown.write(path, run.reports())),
                new ReportFile(
                        folder,
                        RunHtml.FILE,
                        Content.VIEW,
                        () -> RunHtml.write(path, about(facts), run.reports(), facts.charts()))));
        if (facts.charts()) {
            files.add(new ChartFiles(folder, warn));
        }
        return files;
    }

    private static String about(RunFacts facts) {
        String release = facts.release().isBlank() ? "" : " · " + facts.release();
        return facts.started().truncatedTo(ChronoUnit.SECONDS) + release;
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
                Machine.host(),
                GitCommit.of(Path.of("")).orElse(""),
                run.tests());
    }

    private static Map<String, String> redacted(RunRecord run, Map<String, String> texts) {
        Map<String, String> clean = new LinkedHashMap<>();
        texts.forEach((name, text) -> clean.put(name, run.secrets().redact(text)));
        return clean;
    }
}
