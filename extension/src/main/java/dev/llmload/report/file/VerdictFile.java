package dev.llmload.report.file;

import dev.llmload.report.PlanListener;
import dev.llmload.report.RunSummary;
import dev.llmload.report.console.LastLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code verdict.txt} in the folder of each run: the last lines, for build tools. */
public final class VerdictFile implements PlanListener {
    @Override
    public void planEnded(RunSummary run) throws IOException {
        for (Path folder : run.folders()) {
            if (Files.isDirectory(folder)) { // else nothing could be written there, which has been said
                AtomicFile.write(folder.resolve(LastLines.FILE), LastLines.file(run));
            }
        }
    }

    @Override
    public String toString() {
        return LastLines.FILE + " of the run's folder";
    }
}
