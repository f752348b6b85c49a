package dev.llmload.report.file;

import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Csv;
import dev.llmload.report.TestReport;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * {@code results.csv}: one row per test and level, for spreadsheets. Units as in results.json. A statistic that falls on a
 * failed request is {@code failed}; the same of the successes alone is in the column with the suffix {@code _of_successes}. An
 * absent number is an empty field. RFC 4180 with line feeds.
 */
public final class ResultsCsv {
    /** Name of the file in the run's folder. */
    public static final String FILE = "results.csv";

    private static final String OF_SUCCESSES = "_of_successes";

    private record Column(String name, Function<LevelVerdict, String> field) {}

    private ResultsCsv() {}

    /**
     * Writes the file with p50, p90, p95 and p99, whole or not at all.
     *
     * @param dir folder of the run
     * @param tests every test of the run; one without levels has no row
     * @throws IOException if it cannot be written
     */
    public static void write(Path dir, List<TestReport> tests) throws IOException {
        write(dir, tests, Percentiles.USUAL);
    }

    /**
     * Writes the file, whole or not at all.
     *
     * @param dir folder of the run
     * @param tests every test of the run; one without levels has no row
     * @param percentiles which percentiles each distribution has, above 0 and at most 100; a column is called
     *     {@code ttft_p99.9_ms}
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if there is no such percentile
     */
    public static void write(Path dir, List<TestReport> tests, List<Double> percentiles) throws IOException {
        AtomicFile.write(
                dir.resolve(FILE),
                render(tests.stream().flatMap(t -> t.levels().stream()).toList(), percentiles));
    }

    /**
     * The text of the file with p50, p90, p95 and p99: a row of names, then one row per level.
     *
     * @param levels judged levels
     */
    public static String render(List<LevelVerdict> levels) {
        return render(levels, Percentiles.USUAL);
    }

    /**
     * The text of the file: a row of names, then one row per level.
     *
     * @param levels judged levels
     * @param percentiles which percentiles each distribution has, above 0 and at most 100
     * @throws IllegalArgumentException if there is no such percentile
     */
    public static String render(List<LevelVerdict> levels, List<Double> percentiles) {
        List<Column> columns = columns(Percentiles.of(percentiles));
        StringBuilder text =
                new StringBuilder(Csv.row(columns.stream().map(Column::name).toList()));
        for (LevelVerdict level : levels) {
            text.append(
                    Csv.row(columns.stream().map(c -> c.field().apply(level)).toList()));
        }
        return text.toString();
    }

    private static List<Column> columns(List<Double> percentiles) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("test", l -> l.result().subject().test()));
        columns.add(new Column("level", l -> l.result().level().name()));
        columns.add(new Column(
                "concurrency",
                l -> l.result().level().isOpen() ? "" : l.result().level().amount()));
        columns.add(new Column(
                "requests_per_second",
                l -> l.result().level().isOpen() ? l.result().level().amount() : ""));
        columns.add(new Column("verdict", l -> l.verdict().name()));
        columns.add(new Column(
                "simulated", l -> Boolean.toString(l.result().subject().simulated())));
        columns.add(new Column("window", l -> l.result().window().kind().word()));
        columns.add(new Column("window_s", l -> Csv.number(l.result().window().seconds())));
        columns.add(new Column(
                "whole_run_s", l -> Csv.number(l.result().window().wholeRun().toNanos() / 1e9)));
        columns.add(
                new Column("attempted", l -> Long.toString(l.result().requests().attempted())));
        columns.add(
                new Column("succeeded", l -> Long.toString(l.result().requests().succeeded())));
        columns.add(
                new Column("failed", l -> Long.toString(l.result().requests().failed())));
        columns.add(new Column("cut", l -> Long.toString(l.result().requests().cut())));
        columns.add(new Column("in_flight_mean", l -> Csv.number(l.result().inFlightMean())));
        Metric.numbers().forEach(metric -> columns.add(number(metric)));
        Metric.distributions().forEach(metric -> distribution(columns, metric, percentiles));
        columns.add(new Column("broken_budgets", ResultsCsv::broken));
        return columns;
    }

    private static Column number(Metric metric) {
        return new Column(metric.fileKey(), level -> {
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
        return new Column(name, level -> {
            LoadResult result = level.result();
            Distribution values = result.distribution(metric);
            if (!result.level().shows(metric) || !known.test(values)) {
                return "";
            }
            OptionalDouble number = value.apply(values);
            return number.isPresent() ? Csv.number(metric.kind().inFile(number.getAsDouble())) : LevelJson.FAILED;
        });
    }

    private static String broken(LevelVerdict level) {
        return level.outcomes().stream()
                .filter(o -> o.verdict() == Verdict.FAIL)
                .map(BudgetOutcome::budget)
                .map(b -> b.text())
                .collect(Collectors.joining("; "));
    }
}
