package dev.llmload.report;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** CSV for the eye: narrow tables that a report viewer shows as tables. Percentiles count failures above every value. */
public final class ShortTables {
    private static final String FAILED = "a failure";

    private ShortTables() {}

    /**
     * One level: a row per metric.
     *
     * @param level a judged level
     */
    public static String level(LevelVerdict level) {
        LoadResult result = level.result();
        StringBuilder text =
                new StringBuilder(Csv.row(List.of("metric", "unit", "avg", "p50", "p90", "p95", "p99", "max")));
        for (Metric metric : List.of(Metric.TTFT, Metric.E2E, Metric.TPOT, Metric.ITL)) {
            distribution(text, metric, "ms", 1e6, result.distribution(metric));
        }
        for (Metric metric : List.of(Metric.REQUEST_SPEED, Metric.OUTPUT_SPEED)) {
            distribution(text, metric, "tok/s", 1, result.distribution(metric));
        }
        one(text, Metric.THROUGHPUT.word(), "tok/s", result.quantity(Metric.THROUGHPUT), 1);
        one(text, Metric.TOTAL_THROUGHPUT.word(), "tok/s", result.quantity(Metric.TOTAL_THROUGHPUT), 1);
        one(text, Metric.REQUEST_RATE.word(), "req/s", result.quantity(Metric.REQUEST_RATE), 1);
        one(text, Metric.SUCCESS_RATE.word(), "%", result.quantity(Metric.SUCCESS_RATE), 100);
        one(text, Metric.GOOD_FRACTION.word(), "%", result.goodFraction(), 100);
        one(text, Metric.GOODPUT.word(), "req/s", result.goodput(), 1);
        one(text, Metric.MFU.word(), "%", result.quantity(Metric.MFU), 100);
        one(text, Metric.DECODE_MFU.word(), "%", result.quantity(Metric.DECODE_MFU), 100);
        one(text, Metric.MBU.word(), "%", result.quantity(Metric.MBU), 100);
        one(text, Metric.POWER.word(), "W", result.quantity(Metric.POWER), 1);
        one(text, Metric.TOKENS_PER_JOULE.word(), "tok/J", result.quantity(Metric.TOKENS_PER_JOULE), 1);
        one(text, Metric.GPU_UTIL.word(), "%", result.quantity(Metric.GPU_UTIL), 100);
        one(text, Metric.GPU_MEMORY.word(), "GB", result.quantity(Metric.GPU_MEMORY), 1);
        one(text, Metric.COST_PER_MILLION.word(), "$", result.costPerMillion(), 1);
        one(text, Metric.COST_PER_MILLION_GOOD.word(), "$", result.costPerMillionGood(), 1);
        text.append(Csv.row(
                List.of("in_flight_mean", "requests", Numbers.plain(result.inFlightMean()), "", "", "", "", "")));
        return text.toString();
    }

    /**
     * The levels of a test: a row per level.
     *
     * @param test a test
     */
    public static String comparison(TestReport test) {
        StringBuilder text = new StringBuilder(Csv.row(List.of(
                "level",
                "verdict",
                "requests",
                "success",
                "TTFT p50",
                "TTFT p95",
                "E2E p95",
                "TPOT p50",
                "tok/s",
                "req/s",
                "MFU",
                "W",
                "tok/J")));
        for (LevelVerdict level : test.levels()) {
            LoadResult result = level.result();
            text.append(Csv.row(List.of(
                    result.level().name(),
                    level.verdict().name(),
                    Long.toString(result.requests().attempted()),
                    ShownNumbers.quantity(result, Metric.SUCCESS_RATE),
                    ShownNumbers.latency(result, Metric.TTFT, 50),
                    ShownNumbers.latency(result, Metric.TTFT, 95),
                    ShownNumbers.latency(result, Metric.E2E, 95),
                    ShownNumbers.latency(result, Metric.TPOT, 50),
                    ShownNumbers.quantity(result, Metric.THROUGHPUT),
                    ShownNumbers.quantity(result, Metric.REQUEST_RATE),
                    ShownNumbers.quantity(result, Metric.MFU),
                    ShownNumbers.quantity(result, Metric.POWER),
                    ShownNumbers.quantity(result, Metric.TOKENS_PER_JOULE))));
        }
        return text.toString();
    }

    // Where requests failed, no latency has a mean or a maximum; those of the successes are in a row of their own.
    private static void distribution(StringBuilder text, Metric metric, String unit, double size, Distribution values) {
        if (!values.isPresent()) {
            return;
        }
        boolean latency = metric.kind() == Metric.Kind.LATENCY;
        boolean open = latency && values.failed() > 0;
        String mean = Numbers.plain(values.mean() / size);
        String max = Numbers.plain(values.max() / size);
        List<String> row = new ArrayList<>(List.of(metric.word(), unit, open ? "" : mean));
        List<String> successes = new ArrayList<>(List.of(metric.word() + " of the successes", unit, mean));
        for (int p : new int[] {50, 90, 95, 99}) {
            OptionalDouble value = latency ? values.percentileFailuresAbove(p) : values.percentileFailuresBelow(p);
            row.add(value.isPresent() ? Numbers.plain(value.getAsDouble() / size) : FAILED);
            successes.add(Numbers.plain(values.percentile(p) / size));
        }
        row.add(open ? FAILED : max);
        successes.add(max);
        text.append(Csv.row(row)).append(open ? Csv.row(successes) : "");
    }

    private static void one(StringBuilder text, String name, String unit, Quantity quantity, double times) {
        if (quantity.isPresent()) {
            text.append(Csv.row(List.of(name, unit, Numbers.plain(quantity.value() * times), "", "", "", "", "")));
        }
    }
}
