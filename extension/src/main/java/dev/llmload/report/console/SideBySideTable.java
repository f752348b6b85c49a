package dev.llmload.report.console;

import dev.llmload.budget.SideBySide;
import dev.llmload.report.MethodComparison;

/** Two tests side by side, framed for the console; see {@link Glyphs} for consoles that have few characters. */
public final class SideBySideTable {
    /** Where the last column begins, which goes on below itself. */
    private static final int LAST = 55;

    private SideBySideTable() {}

    /**
     * All levels that both ran.
     *
     * @param comparison with at least one level
     * @return lines of 78 characters
     */
    public static String render(MethodComparison comparison) {
        boolean simulated =
                comparison.first().simulated() || comparison.second().simulated();
        Box box = new Box(Box.left("SIDE BY SIDE", Box.INNER - (simulated ? 9 : 0)) + (simulated ? "SIMULATED" : ""));
        box.wrapped(comparison.title(), 2);
        for (SideBySide level : comparison.levels()) {
            box.rule();
            TextTable.lines(comparison.table(level, "B against A, 95 % CI", "…"), 13, 8, 9, LAST - 31, 1)
                    .forEach(line -> box.wrapped(line, LAST));
            MethodComparison.remarks(level).forEach(remark -> box.wrapped("· " + remark, 2));
        }
        return box.close();
    }
}
