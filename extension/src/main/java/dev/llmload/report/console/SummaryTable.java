package dev.llmload.report.console;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.BudgetLine;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.RunSummary;
import dev.llmload.report.ShownNumbers;
import dev.llmload.report.TestReport;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Verdict;
import dev.llmload.result.text.CountText;
import java.util.List;
import java.util.Optional;

/** The table at the end of a run: every test and level with its verdict, and below it what is wrong. */
public final class SummaryTable {
    private static final int NAME = 28;
    private static final int STATUS = 12;

    private SummaryTable() {}

    /**
     * Renders it, with every character of Unicode at hand; see {@link Glyphs} for consoles that have fewer.
     *
     * @param run with at least one test
     * @return lines of 78 characters
     */
    public static String render(RunSummary run) {
        String title = "LLM LOAD: " + CountText.of(run.tests().size(), "test") + ", "
                + CountText.of(run.outcome().items().size(), "invocation");
        String simulated = run.simulated() ? "SIMULATED" : "";
        Box box = new Box(Box.left(title, Box.INNER - simulated.length()) + simulated);
        box.wrapped(run.counts(), 0);
        for (RunSummary.Test test : run.tests()) {
            box.rule();
            test(box, test);
        }
        return box.close();
    }

    /**
     * A line instead of a table, for a run in which no load was offered.
     *
     * @param run with at least one test
     */
    public static String nothingRan(RunSummary run) {
        return "[llm-load] warning: no load was offered, so nothing is gated: "
                + CountText.of(run.tests().size(), "load test") + " did not run: " + run.reasons() + "\n";
    }

    private static void test(Box box, RunSummary.Test test) {
        String name = TestReport.shortName(test.id());
        boolean measured = test.report().filter(r -> !r.levels().isEmpty()).isPresent();
        boolean fits = name.length() < NAME + STATUS;
        if (!measured || !fits) {
            box.line(name);
        }
        if (measured) {
            box.line(Box.left(fits ? name : "", NAME + STATUS)
                    + numbers(List.of("success", "TTFT p95", "E2E p95", "tok/s")));
        }
        for (InvocationOutcome entry : test.entries()) {
            entry(box, test, entry);
        }
    }

    private static void entry(Box box, RunSummary.Test test, InvocationOutcome entry) {
        Optional<LevelVerdict> level = test.level(entry.name());
        boolean compares = test.comparesOnly(entry);
        String lead = " " + (compares ? "·" : entry.status().mark()) + " ";
        String words =
                compares ? "compared, no budget of its own" : entry.status().words();
        box.line(
                entry.name().isEmpty()
                        ? lead + words
                        : Box.left(lead + entry.name(), NAME)
                                + Box.left(words, STATUS)
                                + level.map(l -> numbers(l.result())).orElse(""));
        entry.causes().forEach(cause -> box.wrapped("   " + cause.line(), 5));
        test.sweep(entry).stream()
                .filter(budget -> budget.verdict() == Verdict.PASS)
                .map(BudgetLine::of)
                .forEach(line -> box.wrapped("   " + line.mark() + " " + line.sentence(), 5));
    }

    private static String latency(LoadResult result, Metric metric) {
        return ShownNumbers.latency(result, metric, 95);
    }

    private static String numbers(LoadResult result) {
        return numbers(List.of(
                ShownNumbers.quantity(result, Metric.SUCCESS_RATE),
                latency(result, Metric.TTFT),
                latency(result, Metric.E2E),
                ShownNumbers.quantity(result, Metric.THROUGHPUT)));
    }

    private static String numbers(List<String> cells) {
        int[] widths = {8, 9, 9, 8};
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            row.append(Box.right(cells.get(i), widths[i]));
        }
        return row.toString();
    }
}
