package dev.llmload.junit.run;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.TestReport;
import dev.llmload.report.file.GitCommit;
import dev.llmload.report.file.HistoryEntry;
import dev.llmload.report.file.HistoryFile;
import dev.llmload.report.picture.TrendChart;
import dev.llmload.result.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What this run adds to the history of all runs, and what that shows. A history that cannot be written is a warning: it
 * must not turn a passing gate red. Safe for use by any thread.
 */
final class RunHistory {
    /** Lines of a test that a page shows. */
    private static final int MOST = 400;

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

    HistoryEntry entry(LevelVerdict level, InvocationOutcome outcome) {
        return HistoryEntry.of(run, level, outcome);
    }

    void add(HistoryEntry entry) {
        path.ifPresent(file -> {
            try {
                new HistoryFile(file).append(entry);
            } catch (IOException e) {
                warn.accept("the history cannot be written to " + file.toAbsolutePath()
                        + " (key llmload.report.history): " + e.getMessage());
            }
        });
    }

    /**
     * What is known of some tests, this run included: the last lines of each.
     *
     * @param tests those that have run
     */
    List<HistoryEntry> of(List<TestReport> tests) {
        List<HistoryEntry> all = new ArrayList<>();
        for (TestReport test : tests) {
            read(test.id(), test.simulated())
                    .ifPresent(read -> all.addAll(read.entries()
                            .subList(
                                    Math.max(0, read.entries().size() - MOST),
                                    read.entries().size())));
        }
        return all;
    }

    private Optional<HistoryFile.Read> read(String test, boolean simulated) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new HistoryFile(path.get()).read(test, simulated));
        } catch (IOException e) {
            warn.accept("the history cannot be read from " + path.get().toAbsolutePath() + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * The picture of a test over its runs; empty at the first.
     *
     * @param pending what this run adds once its invocation is over
     */
    Optional<String> trend(Subject subject, Optional<HistoryEntry> pending) {
        Optional<HistoryFile.Read> read = read(subject.test(), subject.simulated());
        read.filter(lines -> lines.unreadable() > 0)
                .ifPresent(lines -> warn.accept("lines of the history that cannot be read are left out: "
                        + lines.unreadable() + " in " + path.orElseThrow().toAbsolutePath()));
        return read.flatMap(lines -> {
            List<HistoryEntry> entries = new ArrayList<>(lines.entries());
            pending.ifPresent(entries::add);
            return TrendChart.has(entries) ? Optional.of(TrendChart.svg(entries)) : Optional.empty();
        });
    }
}
