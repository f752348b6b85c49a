package dev.llmload.report.console;

import dev.llmload.report.RunOutcome;
import dev.llmload.report.RunSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a run ends with, below its table: the verdict, why, and where the files are; at most five lines. */
public final class LastLines {
    private static final int COLUMNS = 120;
    private static final int REASONS = 3;
    private static final String LEAD = "[llm-load] ";

    private LastLines() {}

    /**
     * The lines, each of at most {@value #COLUMNS} columns but for the path.
     *
     * @param run with at least one test; where no load was offered only the folder is told
     */
    public static List<String> of(RunSummary run) {
        List<String> lines = new ArrayList<>();
        if (!run.nothingRan()) {
            RunOutcome outcome = run.outcome();
            lines.add(LEAD + outcome.headline());
            outcome.reasons(REASONS).forEach(reason -> lines.add(cut(LEAD + reason)));
        }
        if (!run.folders().isEmpty()) {
            lines.add(LEAD + "run folder: "
                    + run.folders().stream().map(Path::toString).collect(Collectors.joining(", ")));
        }
        return lines;
    }

    private static String cut(String line) {
        return line.length() <= COLUMNS ? line : line.substring(0, COLUMNS - 1) + "…";
    }
}
