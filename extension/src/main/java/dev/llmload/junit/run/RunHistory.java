package dev.llmload.junit.run;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.file.GitCommit;
import dev.llmload.report.file.HistoryEntry;
import dev.llmload.report.file.HistoryFile;
import dev.llmload.report.picture.TrendChart;
import dev.llmload.result.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What this run adds to the history of all runs, and what that shows. A history that cannot be written is a warning: it
 * must not turn a passing gate red. Safe for use by any thread.
 */
final class RunHistory {
    private final Optional<Path> path;
    private final HistoryEntry.Run run;
    private final Consumer<String> warn;

    RunHistory(RunSettings settings, Instant started, Consumer<String> warn) {
        this.path = settings.history();
        this.run = new HistoryEntry.Run(
                started.truncatedTo(ChronoUnit.MILLIS).toString(),
                settings.release(),
                GitCommit.of(Path.of("")).orElse(""));
        this.warn = warn;
    }

    void add(LevelVerdict level) {
        path.ifPresent(file -> {
            try {
                new HistoryFile(file).append(HistoryEntry.of(run, level));
            } catch (IOException e) {
                warn.accept("the history cannot be written to " + file.toAbsolutePath() + " (key llmload.history): "
                        + e.getMessage());
            }
        });
    }

    /** The picture of a test over its runs; empty at the first. */
    Optional<String> trend(Subject subject) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            HistoryFile.Read read = new HistoryFile(path.get()).read(subject.test(), subject.simulated());
            if (read.unreadable() > 0) {
                warn.accept("lines of the history that cannot be read are left out: " + read.unreadable() + " in "
                        + path.get().toAbsolutePath());
            }
            return TrendChart.has(read.entries()) ? Optional.of(TrendChart.svg(read.entries())) : Optional.empty();
        } catch (IOException e) {
            warn.accept("the history cannot be read from " + path.get().toAbsolutePath() + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
