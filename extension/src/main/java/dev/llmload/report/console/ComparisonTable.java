package dev.llmload.report.console;

import dev.llmload.analysis.Sweep;
import dev.llmload.analysis.SweepAnalysis;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.BudgetLine;
import dev.llmload.report.Column;
import dev.llmload.report.Doubt;
import dev.llmload.report.Findings;
import dev.llmload.report.Numbers;
import dev.llmload.report.ShownNumbers;
import dev.llmload.report.SweepInsights;
import dev.llmload.report.Table;
import dev.llmload.report.TestReport;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import java.util.List;
import java.util.OptionalDouble;

/** The levels of a test side by side, and what each step added. */
final class ComparisonTable {
    private ComparisonTable() {}

    static String render(TestReport test) {
        Box box = new Box(Box.left("COMPARISON", 30)
                + Box.right((test.simulated() ? "SIMULATED  " : "") + TestReport.shortName(test.id()), Box.INNER - 30));
        if (test.levels().stream().anyMatch(level -> level.result().level().isOpen())) {
            RateTable.into(box, test);
        } else {
            users(box, test);
        }
        gains(box, test);
        insights(box, test);
        if (!test.sweep().isEmpty()) {
            box.rule();
            box.line("BUDGETS ON ALL LEVELS");
            test.sweep().forEach(outcome -> ConsoleTable.budget(box, BudgetLine.of(outcome)));
        }
        doubts(box, test);
        if (!test.notRun().isEmpty() || !test.error().isEmpty()) {
            box.rule();
            test.notRun().forEach(level -> box.wrapped("– not run: " + level, 2));
            if (!test.error().isEmpty()) {
                box.wrapped("✘ " + test.error(), 2);
            }
        }
        box.rule();
        box.wrapped(Findings.sweep(test), 0);
        return box.close();
    }

    private static void users(Box box, TestReport test) {
        Table.Builder table = Table.of(
                Column.text("\nLEVEL"),
                Column.number("TTFT\np50 ms"),
                Column.number("TTFT\np95 ms"),
                Column.number("total\np95 ms"),
                Column.number("TPOT\np50 ms"),
                Column.number("tok/s"),
                Column.number("success"),
                Column.text(""));
        test.levels().forEach(level -> table.row(row(level)));
        TextTable.lines(table.build(), 16, 9, 9, 9, 9, 9, 9, 4).forEach(box::line);
    }

    private static List<String> row(LevelVerdict level) {
        LoadResult result = level.result();
        return List.of(
                result.level().name(),
                millis(result, Metric.TTFT, 50),
                millis(result, Metric.TTFT, 95),
                millis(result, Metric.E2E, 95),
                millis(result, Metric.TPOT, 50),
                ShownNumbers.quantity(result, Metric.THROUGHPUT),
                ShownNumbers.quantity(result, Metric.SUCCESS_RATE),
                (Doubt.of(result).isEmpty() ? " " : "!") + BudgetLine.mark(level.verdict()));
    }

    private static void doubts(Box box, TestReport test) {
        List<String> lines = test.levels().stream()
                .flatMap(level -> Doubt.of(level.result()).stream()
                        .map(doubt -> "! " + level.result().level().name() + ": " + doubt.what()))
                .toList();
        if (!lines.isEmpty()) {
            box.rule();
            lines.forEach(line -> box.wrapped(line, 2));
        }
    }

    private static String millis(LoadResult result, Metric metric, double percentile) {
        Distribution values = result.distribution(metric);
        if (!values.isRanked()) {
            return "–";
        }
        OptionalDouble value = values.ranked(metric, percentile);
        return value.isPresent() ? Numbers.plain(value.getAsDouble() / 1e6) : ShownNumbers.FAILED;
    }

    private static void gains(Box box, TestReport test) {
        SweepAnalysis analysis = test.analysis();
        List<Sweep.Step> steps = analysis.sweep().steps();
        if (steps.size() < 2) {
            return;
        }
        LoadResult first = analysis.results().get(0);
        box.rule();
        Table.Builder table = Table.of(
                Column.text("GAINS"),
                Column.number("tok/s\nvs first"),
                Column.number("MFU\n%"),
                Column.number("MFU\nvs first"),
                Column.number("tok/s\nvs prev."),
                Column.number("tok/s per\nnew "
                        + test.levels().get(0).result().level().kind().one()),
                Column.number("elasti-\ncity"));
        for (int i = 1; i < steps.size(); i++) {
            Sweep.Step step = steps.get(i);
            LoadResult result = analysis.results().get(i);
            table.row(
                    step.level().name(),
                    gain(step.gainOverFirst()),
                    mfu(result),
                    gain(growth(first, result)),
                    gain(step.gainOverPrevious()),
                    Double.isNaN(step.gainPerUser()) ? "–" : Numbers.signed(step.gainPerUser(), ""),
                    Double.isNaN(step.elasticity()) ? "–" : Numbers.fixed(step.elasticity(), 2));
        }
        TextTable.lines(table.build(), 11, 10).forEach(box::line);
        Sweep.Step last = steps.get(steps.size() - 1);
        if (!Double.isNaN(last.gainOverFirst())) {
            box.wrapped(
                    SweepInsights.between(steps.get(0), last) + ": throughput ×"
                            + Numbers.plain(last.gainOverFirst() + 1) + ", scaling efficiency "
                            + Numbers.percent(last.scalingEfficiency()),
                    2);
        }
    }

    private static String mfu(LoadResult result) {
        return result.mfu().isPresent() ? Numbers.fixed(result.mfu().value() * 100, 2) : "–";
    }

    private static double growth(LoadResult first, LoadResult result) {
        return first.mfu().isPresent()
                        && result.mfu().isPresent()
                        && first.mfu().value() > 0
                ? result.mfu().value() / first.mfu().value() - 1
                : Double.NaN;
    }

    private static String gain(double fraction) {
        return Double.isNaN(fraction) ? "–" : Numbers.signed(fraction * 100, "%");
    }

    private static void insights(Box box, TestReport test) {
        for (SweepInsights.Section section : SweepInsights.of(test)) {
            box.rule();
            box.line(section.title());
            section.sentences().forEach(sentence -> box.wrapped("· " + sentence, 2));
        }
    }
}
