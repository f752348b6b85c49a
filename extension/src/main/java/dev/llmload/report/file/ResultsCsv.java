package dev.llmload.report.file;

import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Cause;
import dev.llmload.report.Csv;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.TestReport;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.Verdict;
import dev.llmload.spi.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * {@code results.csv}: one row per test and level, for spreadsheets; a level that did not run, or a test that could not, has a
 * row without numbers, and so has a comparison of the levels that is no pass. Units as in results.json. A statistic that falls
 * on a failed request is {@code failed}; the same of the successes alone is in the column with the suffix
 * {@code _of_successes}. An absent number is an empty field. RFC 4180 with line feeds.
 */
public final class ResultsCsv {
    /** Name of the file in the run's folder. */
    public static final String FILE = "results.csv";

    private static final String OF_SUCCESSES = "_of_successes";

    /** An invocation, with its level where that was measured. */
    private record Row(String test, InvocationOutcome outcome, Optional<LevelVerdict> level) {}

    private record Column(String name, Function<Row, String> field) {}

    private ResultsCsv() {}

    /**
     * Writes the file with p50, p90, p95 and p99, whole or not at all.
     *
     * @param dir folder of the run
     * @param tests every test of the run
     * @throws IOException if it cannot be written
     */
    public static void write(Path dir, List<TestReport> tests) throws IOException {
        write(dir, tests, Percentiles.USUAL);
    }

    /**
     * Writes the file, whole or not at all.
     *
     * @param dir folder of the run
     * @param tests every test of the run
     * @param percentiles which percentiles each distribution has, above 0 and at most 100; a column is called
     *     {@code ttft_p99.9_ms}
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if there is no such percentile
     */
    public static void write(Path dir, List<TestReport> tests, List<Double> percentiles) throws IOException {
        AtomicFile.write(dir.resolve(FILE), render(tests, percentiles));
    }

    /**
     * The text of the file with p50, p90, p95 and p99: a row of names, then one row per level.
     *
     * @param tests every test of the run
     */
    public static String render(List<TestReport> tests) {
        return render(tests, Percentiles.USUAL);
    }

    /**
     * The text of the file: a row of names, then one row per level.
     *
     * @param tests every test of the run
     * @param percentiles which percentiles each distribution has, above 0 and at most 100
     * @throws IllegalArgumentException if there is no such percentile
     */
    public static String render(List<TestReport> tests, List<Double> percentiles) {
        List<Column> columns = columns(Percentiles.of(percentiles));
        StringBuilder text =
                new StringBuilder(Csv.row(columns.stream().map(Column::name).toList()));
        tests.stream()
                .flatMap(test -> rows(test).stream())
                .forEach(row -> text.append(
                        Csv.row(columns.stream().map(c -> c.field().apply(row)).toList())));
        return text.toString();
    }

    private static List<Row> rows(TestReport test) {
        List<Row> rows = new ArrayList<>();
        test.levels().forEach(level -> rows.add(new Row(test.id(), test.outcome(level), Optional.of(level))));
        test.unusable()
                .forEach(level ->
                        rows.add(new Row(test.id(), test.outcome(level.level().name()), Optional.empty())));
        test.besidesLevels().stream()
                .filter(outcome -> outcome.status() != Status.PASS)
                .forEach(outcome -> rows.add(new Row(test.id(), outcome, Optional.empty())));
        return rows;
    }

    private static List<Column> columns(List<Double> percentiles) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("test", Row::test));
        columns.add(new Column("level", row -> row.outcome().name()));
        columns.add(measured(
                "concurrency",
                l -> l.result().level().isOpen() ? "" : l.result().level().amount()));
        columns.add(measured(
                "requests_per_second",
                l -> l.result().level().isOpen() ? l.result().level().amount() : ""));
        columns.add(new Column("verdict", row -> row.outcome().status().name()));
        columns.add(
                measured("simulated", l -> Boolean.toString(l.result().subject().simulated())));
        columns.add(measured("window", l -> l.result().window().kind().word()));
        columns.add(measured("window_s", l -> Csv.number(l.result().window().seconds())));
        columns.add(measured(
                "whole_run_s", l -> Csv.number(l.result().window().wholeRun().toNanos() / 1e9)));
        columns.add(
                measured("attempted", l -> Long.toString(l.result().requests().attempted())));
        columns.add(
                measured("succeeded", l -> Long.toString(l.result().requests().succeeded())));
        columns.add(measured("failed", l -> Long.toString(l.result().requests().failed())));
        columns.add(measured("cut", l -> Long.toString(l.result().requests().cut())));
        columns.add(measured("in_flight_mean", l -> Csv.number(l.result().inFlightMean())));
        Metric.numbers().forEach(metric -> columns.add(number(metric)));
        Metric.distributions().forEach(metric -> distribution(columns, metric, percentiles));
        columns.add(measured("broken_budgets", ResultsCsv::broken));
        columns.add(new Column("causes", ResultsCsv::causes));
        return columns;
    }

    private static Column number(Metric metric) {
        return measured(metric.fileKey(), level -> {
            Quantity quantity = level.result().quantity(metric);
            return quantity.isPresent() ? Csv.number(metric.kind().inFile(quantity.value())) : "";
        });
    }

    private static void distribution(List<Column> columns, Metric metric, List<Double> percentiles) {
        // a mean has no rank: it is that of the successes
        columns.add(ofSuccesses(metric, metric.fileKey("mean"), Distribution::mean));
        for (double p : percentiles) {
            columns.add(statistic(metric, metric.fileKey(Percentiles.key(p)), d -> d.ranked(metric, p)));
        }
        columns.add(statistic(metric, metric.fileKey("max"), d -> d.rankedMax(metric)));
        for (double p : percentiles) {
            String name = metric.fileKey(Percentiles.key(p)) + OF_SUCCESSES;
            columns.add(ofSuccesses(metric, name, d -> d.percentile(p)));
        }
        columns.add(ofSuccesses(metric, metric.fileKey("max") + OF_SUCCESSES, Distribution::max));
    }

    private static Column statistic(Metric metric, String name, Function<Distribution, OptionalDouble> value) {
        return column(metric, name, Distribution::isRanked, value);
    }

    private static Column ofSuccesses(Metric metric, String name, ToDoubleFunction<Distribution> value) {
        return column(metric, name, Distribution::isPresent, d -> OptionalDouble.of(value.applyAsDouble(d)));
    }

    private static Column column(
            Metric metric, String name, Predicate<Distribution> known, Function<Distribution, OptionalDouble> value) {
        return measured(name, level -> {
            LoadResult result = level.result();
            Distribution values = result.distribution(metric);
            if (!result.level().shows(metric) || !known.test(values)) {
                return "";
            }
            OptionalDouble number = value.apply(values);
            return number.isPresent() ? Csv.number(metric.kind().inFile(number.getAsDouble())) : LevelJson.FAILED;
        });
    }

    private static Column measured(String name, Function<LevelVerdict, String> field) {
        return new Column(name, row -> row.level().map(field).orElse(""));
    }

    private static String causes(Row row) {
        return row.outcome().causes().stream().map(Cause::sentence).collect(Collectors.joining("; "));
    }

    private static String broken(LevelVerdict level) {
        return level.outcomes().stream()
                .filter(o -> o.verdict() == Verdict.FAIL)
                .map(BudgetOutcome::budget)
                .map(b -> b.text())
                .collect(Collectors.joining("; "));
    }
}
