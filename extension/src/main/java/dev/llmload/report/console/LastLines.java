package dev.llmload.report.console;

import dev.llmload.report.RunOutcome;
import dev.llmload.report.RunSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a run ends with, below its table: the verdict, why, and where the report is; at most five lines. The file
 * {@value #FILE} of the run's folder has them too, for build tools that fail with a message of the project's own.
 */
public final class LastLines {
    /** Name of the file in the run's folder. */
    public static final String FILE = "verdict.txt";

    private static final int COLUMNS = 120;
    private static final int REASONS = 3;
    private static final String LEAD = "[llm-load] ";

    private LastLines() {}

    /**
     * The lines, each of at most {@value #COLUMNS} columns but for the path.
     *
     * @param run with at least one test; where no load was offered only the report is told
     */
    public static List<String> of(RunSummary run) {
        return lines(run).stream().map(line -> LEAD + line).toList();
    }

    /** The same as the file's text. */
    public static String file(RunSummary run) {
        return String.join("\n", lines(run)) + "\n";
    }

    private static List<String> lines(RunSummary run) {
        List<String> lines = new ArrayList<>();
        if (!run.nothingRan()) {
            RunOutcome outcome = run.outcome();
            lines.add(outcome.headline() + (run.simulated() ? " · SIMULATED" : ""));
            outcome.reasons(REASONS).forEach(reason -> lines.add(cut(reason)));
        }
        if (!run.folders().isEmpty()) {
            lines.add("report: "
                    + run.folders().stream()
                            .map(folder -> folder.resolve("report.html").toString())
                            .collect(Collectors.joining(", ")));
        }
        return lines;
    }

    private static String cut(String line) {
        int room = COLUMNS - LEAD.length();
        return line.length() <= room ? line : line.substring(0, room - 1) + "…";
    }
}
