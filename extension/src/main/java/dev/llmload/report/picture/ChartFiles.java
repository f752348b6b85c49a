package dev.llmload.report.picture;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.JudgedLevel;
import dev.llmload.report.ReportListener;
import dev.llmload.report.TestReport;
import dev.llmload.report.file.AtomicFile;
import dev.llmload.report.file.RunFolder;
import dev.llmload.result.Subject;
import dev.llmload.result.text.Printable;
import java.io.IOException;
import java.util.function.Consumer;

/** {@code charts/}: each chart as SVG, and as PNG where this machine can draw it. Thread-safe. */
public final class ChartFiles implements ReportListener {
    private final RunFolder folder;
    private final Consumer<String> warn;
    private volatile boolean png = ChartPng.isAvailable();

    /**
     * Writes nothing yet.
     *
     * @param folder of the run
     * @param warn takes what the user should mend
     */
    public ChartFiles(RunFolder folder, Consumer<String> warn) {
        this.folder = folder;
        this.warn = warn;
    }

    @Override
    public void levelJudged(JudgedLevel judged) {
        LevelVerdict level = judged.level();
        String test = level.result().subject().test();
        String name = level.result().level().name();
        Pictures.of(level)
                .forEach(picture ->
                        write(test, picture.key().isEmpty() ? name : name + "-" + picture.key(), picture.svg()));
    }

    @Override
    public void sweepJudged(TestReport test) {
        Pictures.of(test).forEach(picture -> write(test.id(), picture.key(), picture.svg()));
    }

    @Override
    public void trendDrawn(Subject subject, String svg) {
        write(subject.test(), "trend", svg);
    }

    // ChatReleaseTest.chat-100-users: readable, and safe on every file system.
    private void write(String test, String part, String drawing) {
        String name = (TestReport.shortName(test) + "-" + part).replaceAll("[^A-Za-z0-9._-]+", "-");
        String svg = "charts/" + name + ".svg";
        folder.write(svg, () -> AtomicFile.write(folder.path().resolve(svg), drawing));
        png(name, drawing);
    }

    // A picture that this machine cannot draw is no reason to lose a run: said once, and the SVG is there.
    private void png(String name, String drawing) {
        if (png && folder.exists()) {
            try {
                ChartPng.write(folder.path().resolve("charts").resolve(name + ".png"), drawing);
            } catch (IOException e) {
                png = false;
                warn.accept("charts are written as SVG only: " + Printable.line(String.valueOf(e.getMessage())));
            }
        }
    }

    @Override
    public String toString() {
        return "charts/";
    }
}
