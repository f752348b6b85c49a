package dev.llmload.report.file;

import dev.llmload.report.EndedLevel;
import dev.llmload.report.JudgedLevel;
import dev.llmload.report.ReportListener;
import dev.llmload.report.RunFacts;
import dev.llmload.report.TestReport;
import dev.llmload.report.picture.TrendChart;
import dev.llmload.result.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What this run adds to the history of all runs, and what that shows. A history that cannot be written is a warning: it
 * must not turn a passing gate red. Of an attempt that failed the history has its line already, and that stays the last one.
 */
public final class RunHistory implements ReportListener {
    /** Lines of a test that a page shows. */
    private static final int MOST = 400;

    private final Path path;
    private final boolean charts;
    private final HistoryEntry.Run run;
    private final ReportListener others;

    /**
     * Of one run.
     *
     * @param path file of all runs' results
     * @param facts of this one
     * @param others get what is drawn, and what the user should mend
     */
    public RunHistory(Path path, RunFacts facts, ReportListener others) {
        this.path = path;
        this.charts = facts.charts();
        this.run = new HistoryEntry.Run(
                facts.started().truncatedTo(ChronoUnit.MILLIS).toString(),
                facts.release(),
                GitCommit.of(Path.of("")).orElse(""));
        this.others = others;
    }

    /**
     * What is known of some tests, this run included: the last lines of each.
     *
     * @param tests those that have run
     */
    List<HistoryEntry> of(List<TestReport> tests) {
        List<HistoryEntry> all = new ArrayList<>();
        for (TestReport test : tests) {
            read(test.id(), test.simulated()).ifPresent(read -> all.addAll(last(read.entries())));
        }
        return all;
    }

    private static List<HistoryEntry> last(List<HistoryEntry> entries) {
        return entries.subList(Math.max(0, entries.size() - MOST), entries.size());
    }

    private Optional<HistoryFile.Read> read(String test, boolean simulated) {
        try {
            return Optional.of(new HistoryFile(path).read(test, simulated));
        } catch (IOException e) {
            others.warned("the history cannot be read from " + path.toAbsolutePath() + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void levelJudged(JudgedLevel judged) {
        if (judged.last()) {
            Optional<HistoryEntry> pending = judged.fresh()
                    ? Optional.of(HistoryEntry.of(run, judged.level(), judged.outcome()))
                    : Optional.empty();
            trend(judged.level().result().subject(), pending);
        }
    }

    @Override
    public void sweepJudged(TestReport test) {
        trend(test.levels().get(test.levels().size() - 1).result().subject(), Optional.empty());
    }

    @Override
    public void levelEnded(EndedLevel ended) {
        if (ended.fresh() && ended.verdict().isPresent()) {
            add(HistoryEntry.of(run, ended.verdict().get(), ended.outcome()));
        }
    }

    private void add(HistoryEntry entry) {
        try {
            new HistoryFile(path).append(entry);
        } catch (IOException e) {
            others.warned("the history cannot be written to " + path.toAbsolutePath()
                    + " (key llmload.report.history): " + e.getMessage());
        }
    }

    // Of a test over its runs; nothing at its first. What this run adds later is shown as well.
    private void trend(Subject subject, Optional<HistoryEntry> pending) {
        if (!charts) {
            return;
        }
        read(subject.test(), subject.simulated()).ifPresent(read -> {
            if (read.unreadable() > 0) {
                others.warned("lines of the history that cannot be read are left out: " + read.unreadable() + " in "
                        + path.toAbsolutePath());
            }
            List<HistoryEntry> entries = new ArrayList<>(read.entries());
            pending.ifPresent(entries::add);
            if (TrendChart.has(entries)) {
                others.trendDrawn(subject, TrendChart.svg(entries));
            }
        });
    }

    @Override
    public String toString() {
        return "the history";
    }
}
