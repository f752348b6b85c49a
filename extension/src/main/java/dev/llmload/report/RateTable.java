package dev.llmload.report;

import dev.llmload.analysis.SweepAnalysis;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.console.Box;
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
    private static final int FIRST = 12;
    private static final int CELL = 7;
    private static final String ABSENT = "–";

    private RateTable() {}

    static void into(Box box, TestReport test) {
        box.line(Box.columns(FIRST, CELL, List.of("", "sent", "", "TTFT", "TTFT", "TTFT", "E2E", "E2E", "E2E"))
                .stripTrailing());
        box.line(Box.columns(
                FIRST,
                CELL,
                List.of("RATE", "req/s", "succ %", "p50 ms", "p95 ms", "p99 ms", "p50 ms", "p95 ms", "p99 ms")));
        test.levels().forEach(level -> box.line(latencies(level.result())));
        box.rule();
        box.line(Box.columns(FIRST, 10, List.of("", "tok/s", "tok/s", "tok/s", "tok/s", "$ per 1M")));
        box.line(Box.columns(FIRST, 10, List.of("RATE", "p50", "p5", "p1", "all", "tokens")) + "   GRADE");
        for (LevelVerdict level : test.levels()) {
            box.line(speeds(level.result()) + "   " + grade(level)
                    + (Doubt.of(level.result()).isEmpty() ? "" : " !"));
        }
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

    private static String latencies(LoadResult result) {
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
        return Box.columns(FIRST, CELL, cells);
    }

    private static String speeds(LoadResult result) {
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
        return Box.columns(FIRST, 10, cells);
    }

    private static String value(OptionalDouble value, double unit) {
        return value.isPresent() ? Numbers.plain(value.getAsDouble() / unit) : ShownNumbers.FAILED;
    }
}
