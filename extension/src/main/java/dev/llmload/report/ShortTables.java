package dev.llmload.report;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Narrow tables for readers, which every report has. Percentiles count failures above every value. */
public final class ShortTables {
    private static final int[] PERCENTILES = {50, 90, 95, 99};

    /** Titles of the numbers of a level. */
    public static final List<String> LEVEL =
            List.of("requests", "success", "TTFT p50", "TTFT p95", "E2E p95", "TPOT p50", "tok/s", "req/s");

    private ShortTables() {}

    /**
     * One level: a row per metric.
     *
     * @param level a judged level
     */
    public static Table level(LevelVerdict level) {
        LoadResult result = level.result();
        List<Column> columns = new ArrayList<>(List.of(Column.text("metric"), Column.text("unit")));
        Stream.of("avg", "p50", "p90", "p95", "p99", "max").map(Column::number).forEach(columns::add);
        Table.Builder table = Table.of(columns);
        Metric.distributions().stream()
                .filter(result.level()::shows)
                .forEach(metric -> distribution(table, metric, result.distribution(metric)));
        Metric.numbers().forEach(metric -> number(table, metric, result.quantity(metric)));
        table.row("in_flight_mean", "requests", Numbers.plain(result.inFlightMean()), "", "", "", "", "");
        return table.build();
    }

    /**
     * The levels of a test: a row per level.
     *
     * @param test a test
     */
    public static Table comparison(TestReport test) {
        List<Column> columns = new ArrayList<>(List.of(Column.text("level"), Column.text("verdict")));
        Stream.concat(LEVEL.stream(), Stream.of("MFU", "W", "tok/J"))
                .map(Column::number)
                .forEach(columns::add);
        Table.Builder table = Table.of(columns);
        for (LevelVerdict level : test.levels()) {
            LoadResult result = level.result();
            List<String> row = new ArrayList<>(
                    List.of(result.level().name(), level.verdict().name()));
            row.addAll(numbers(result));
            row.add(ShownNumbers.quantity(result, Metric.MFU));
            row.add(ShownNumbers.quantity(result, Metric.POWER));
            row.add(ShownNumbers.quantity(result, Metric.TOKENS_PER_JOULE));
            table.row(row);
        }
        return table.build();
    }

    /** The numbers of a level that every table of levels has, under {@link #LEVEL}. */
    public static List<String> numbers(LoadResult result) {
        return List.of(
                Long.toString(result.requests().attempted()),
                ShownNumbers.quantity(result, Metric.SUCCESS_RATE),
                ShownNumbers.latency(result, Metric.TTFT, 50),
                ShownNumbers.latency(result, Metric.TTFT, 95),
                ShownNumbers.latency(result, Metric.E2E, 95),
                ShownNumbers.latency(result, Metric.TPOT, 50),
                ShownNumbers.quantity(result, Metric.THROUGHPUT),
                ShownNumbers.quantity(result, Metric.REQUEST_RATE));
    }

    // Where requests failed, no latency has a mean or a maximum; those of the successes are in a row of their own.
    private static void distribution(Table.Builder table, Metric metric, Distribution values) {
        if (!values.isRanked()) {
            return;
        }
        List<String> row = new ArrayList<>(List.of(metric.word(), metric.kind().unit()));
        row.add(
                values.failed() > 0 && metric.lowerIsBetter() || !values.isPresent()
                        ? ""
                        : shown(metric, values.mean()));
        for (int p : PERCENTILES) {
            row.add(shown(metric, values.ranked(metric, p)));
        }
        row.add(shown(metric, values.rankedMax(metric)));
        table.row(row);
        if (values.failed() > 0 && values.isPresent()) {
            List<String> successes = new ArrayList<>(List.of(metric.word() + " of the successes"));
            successes.add(metric.kind().unit());
            successes.add(shown(metric, values.mean()));
            for (int p : PERCENTILES) {
                successes.add(shown(metric, values.percentile(p)));
            }
            successes.add(shown(metric, values.max()));
            table.row(successes);
        }
    }

    private static String shown(Metric metric, OptionalDouble value) {
        return value.isPresent() ? shown(metric, value.getAsDouble()) : ShownNumbers.FAILED;
    }

    private static String shown(Metric metric, double value) {
        return Numbers.plain(metric.kind().inUnit(value));
    }

    private static void number(Table.Builder table, Metric metric, Quantity quantity) {
        if (quantity.isPresent()) {
            table.row(metric.word(), metric.kind().unit(), shown(metric, quantity.value()), "", "", "", "", "");
        }
    }
}
