package dev.llmload.report.console;

import dev.llmload.analysis.SweepAnalysis;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.BudgetLine;
import dev.llmload.report.Column;
import dev.llmload.report.Doubt;
import dev.llmload.report.Numbers;
import dev.llmload.report.ShownNumbers;
import dev.llmload.report.SweepAdvice;
import dev.llmload.report.Table;
import dev.llmload.report.TestReport;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The rates of an open loop side by side: what was meant and what was sent, success, latencies from the scheduled instant,
 * speed, cost, and a grade. Of a speed the slow tail is shown: p5 and p1.
 */
final class RateTable {
    private static final String ABSENT = "–";

    private RateTable() {}

    static void into(Box box, TestReport test) {
        TextTable.lines(latencies(test), 12, 7).forEach(box::line);
        box.rule();
        TextTable.lines(speeds(test), 12, 10).forEach(box::line);
        for (LevelVerdict level : test.levels()) {
            RequestCounts requests = level.result().requests();
            if (requests.failed() + requests.cut() > 0) {
                box.wrapped("errors at " + level.result().level().name() + ": " + BudgetLine.failures(requests), 2);
            }
        }
    }

    /** PASS: it counts for the capacity. FAIL: a budget is broken, or fewer than 95 % succeeded. WARN: neither. */
    static String grade(LevelVerdict level) {
        if (level.holds()) {
            return "PASS";
        }
        boolean failed = level.verdict() == Verdict.FAIL
                || Numbers.success(level.result().requests()) < SweepAnalysis.OVERLOADED;
        return failed ? "FAIL" : "WARN";
    }

    private static Table latencies(TestReport test) {
        Table.Builder table = Table.of(
                Column.text("\nRATE"),
                Column.number("sent\nreq/s"),
                Column.number("\nsucc %"),
                Column.number("TTFT\np50 ms"),
                Column.number("TTFT\np95 ms"),
                Column.number("TTFT\np99 ms"),
                Column.number("E2E\np50 ms"),
                Column.number("E2E\np95 ms"),
                Column.number("E2E\np99 ms"));
        test.levels().forEach(level -> table.row(latencies(level.result())));
        return table.build();
    }

    private static List<String> latencies(LoadResult result) {
        List<String> cells = new ArrayList<>();
        cells.add(result.level().name());
        cells.add(
                result.achievedRate().isPresent()
                        ? Numbers.plain(
                                result.achievedRate().value() * result.level().offered())
                        : ABSENT);
        cells.add(ShownNumbers.quantity(result, Metric.SUCCESS_RATE).replaceFirst(" %$", ""));
        for (Metric metric : List.of(Metric.TTFT, Metric.E2E)) {
            for (int p : new int[] {50, 95, 99}) {
                Distribution values = result.distribution(metric);
                cells.add(values.isRanked() ? value(values.ranked(metric, p), 1e6) : ABSENT);
            }
        }
        return cells;
    }

    private static Table speeds(TestReport test) {
        Table.Builder table = Table.of(
                Column.text("\nRATE"),
                Column.number("tok/s\np50"),
                Column.number("tok/s\np5"),
                Column.number("tok/s\np1"),
                Column.number("tok/s\nall"),
                Column.number("$ per 1M\ntokens"),
                Column.text("\nGRADE"));
        test.levels().forEach(level -> table.row(speeds(level)));
        return table.build();
    }

    private static List<String> speeds(LevelVerdict level) {
        LoadResult result = level.result();
        List<String> cells = new ArrayList<>();
        cells.add(result.level().name());
        for (int p : new int[] {50, 5, 1}) {
            Distribution values = result.distribution(Metric.OUTPUT_SPEED);
            cells.add(values.isRanked() ? value(values.percentileFailuresBelow(p), 1) : ABSENT);
        }
        cells.add(ShownNumbers.quantity(result, Metric.THROUGHPUT));
        cells.add(
                result.costPerMillion().isPresent()
                        ? SweepAdvice.money(result.costPerMillion().value())
                        : ABSENT);
        cells.add(grade(level) + (Doubt.of(result).isEmpty() ? "" : " !"));
        return cells;
    }

    private static String value(OptionalDouble value, double unit) {
        return value.isPresent() ? Numbers.plain(value.getAsDouble() / unit) : ShownNumbers.FAILED;
    }
}
