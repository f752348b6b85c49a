package dev.llmload.report.console;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.BudgetLine;
import dev.llmload.report.Cause;
import dev.llmload.report.Doubt;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.Numbers;
import dev.llmload.report.RunRows;
import dev.llmload.report.ShownNumbers;
import dev.llmload.report.SweepAdvice;
import dev.llmload.report.TestReport;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.Window;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * What a level came to, framed for the console: requests, latency, throughput, efficiency, budgets, and what to know
 * about the measurement. Latencies are in ms; where a percentile falls on a failed request it says {@code failed}, and the
 * numbers of the successes alone follow.
 */
public final class ConsoleTable {
    private static final double[] PERCENTILES = {50, 90, 95, 99};

    private ConsoleTable() {}

    /**
     * One level, with every character of Unicode at hand; see {@link Glyphs} for consoles that have fewer.
     *
     * @param level a judged level
     * @return lines of 78 characters
     */
    public static String level(LevelVerdict level) {
        return level(level, InvocationOutcome.of(level));
    }

    /**
     * One level, with what else decided its invocation.
     *
     * @param level a judged level
     * @param outcome of its invocation
     * @return lines of 78 characters
     */
    public static String level(LevelVerdict level, InvocationOutcome outcome) {
        LoadResult result = level.result();
        Box box = new Box(Box.left("RESULTS: " + result.level().name(), 30)
                + Box.right(
                        (result.subject().simulated() ? "SIMULATED  " : "")
                                + TestReport.shortName(result.subject().test()),
                        Box.INNER - 30));
        requests(box, result);
        box.rule();
        latencies(box, result);
        box.rule();
        throughput(box, result);
        box.rule();
        EfficiencyRows.into(box, result);
        if (result.costPerMillion().isPresent()) {
            box.wrapped(
                    "COST         " + SweepAdvice.money(result.costPerMillion().value())
                            + " per million tokens, input and output"
                            + (result.costPerMillionGood().isPresent()
                                    ? ", "
                                            + SweepAdvice.money(
                                                    result.costPerMillionGood().value())
                                            + " where only good answers count"
                                    : ""),
                    13);
        }
        if (RunRows.has(level)) {
            box.rule();
            box.line("RUNS         " + RunRows.judged(level));
            TextTable.within(RunRows.table(level), 14, 10, Box.INNER).forEach(box::line);
        }
        box.rule();
        budgets(box, level);
        attempts(box, level);
        besides(box, outcome);
        remarks(box, result);
        return box.close();
    }

    /**
     * The levels of a test side by side.
     *
     * @param test a test with at least one level
     * @return lines of 78 characters
     */
    public static String comparison(TestReport test) {
        return ComparisonTable.render(test);
    }

    private static void requests(Box box, LoadResult result) {
        RequestCounts requests = result.requests();
        double success = Numbers.success(requests);
        box.line("Requests     " + requests.succeeded() + "/" + requests.attempted() + " successful"
                + (Double.isNaN(success) ? "" : " (" + Numbers.percent(success) + ")"));
        if (requests.failed() + requests.cut() > 0) {
            box.wrapped("Failures     " + BudgetLine.failures(requests), 13);
        }
        Window window = result.window();
        box.wrapped(
                "Duration     " + Numbers.seconds(window.wholeRun().toNanos() / 1e9)
                        + (window.kind() == Window.Kind.STEADY
                                ? ", steady window of " + Numbers.seconds(window.seconds())
                                : ", WHOLE RUN: too short for a steady window")
                        + ", ended by " + window.endedBy(),
                13);
        box.line("In flight    " + Numbers.one(result.inFlightMean()) + " on average"
                + (result.level().isOpen() ? "" : ", " + result.level().amount() + " asked for"));
    }

    private static void latencies(Box box, LoadResult result) {
        box.line(Box.columns(26, 8, List.of("LATENCY, ms", "avg", "p50", "p90", "p95", "p99", "max")));
        latency(box, "Time to first token", result.distribution(Metric.TTFT));
        ErrorRows.into(box, result, PERCENTILES, Metric.TTFT);
        latency(box, "Total latency", result.distribution(Metric.E2E));
        ErrorRows.into(box, result, PERCENTILES, Metric.E2E);
        if (result.level().isOpen()) {
            box.line("These count from the scheduled instant; the service alone, from sent:");
            latency(box, "Service TTFT", result.distribution(Metric.SERVICE_TTFT));
            latency(box, "Service latency", result.distribution(Metric.SERVICE_E2E));
        }
        latency(box, "Time per output token", result.distribution(Metric.TPOT));
        latency(box, "Inter-token latency", result.distribution(Metric.ITL));
        ErrorRows.measured(box, result);
        Distribution ttft = result.distribution(Metric.TTFT);
        if (ttft.isPresent() && ttft.failed() > 0) {
            box.line("A failed request ranks above every value. Of the successes alone:");
            successes(box, "Time to first token", ttft);
            successes(box, "Total latency", result.distribution(Metric.E2E));
            if (result.level().isOpen()) {
                successes(box, "Service TTFT", result.distribution(Metric.SERVICE_TTFT));
                successes(box, "Service latency", result.distribution(Metric.SERVICE_E2E));
            }
            successes(box, "Time per output token", result.distribution(Metric.TPOT));
            successes(box, "Inter-token latency", result.distribution(Metric.ITL));
        }
    }

    private static void successes(Box box, String name, Distribution values) {
        if (values.isPresent() && values.failed() > 0) {
            List<String> middle = DoubleStream.of(PERCENTILES)
                    .mapToObj(p -> millis(values.percentile(p)))
                    .toList();
            box.line(row(name, millis(values.mean()), middle, millis(values.max())));
        }
    }

    static String row(String name, String mean, List<String> percentiles, String max) {
        return Box.columns(26, 8, Box.row(name, Box.row(mean, percentiles))) + Box.right(max, 8);
    }

    private static void latency(Box box, String name, Distribution values) {
        if (!values.isRanked()) {
            box.wrapped(Box.left(name, 26) + "not measured: " + values.absentReason(), 26);
            return;
        }
        List<String> middle = DoubleStream.of(PERCENTILES)
                .mapToObj(values::percentileFailuresAbove)
                .map(value -> value.isPresent() ? millis(value.getAsDouble()) : ShownNumbers.FAILED)
                .toList();
        boolean failed = values.failed() > 0;
        box.line(row(
                name,
                failed ? "–" : millis(values.mean()),
                middle,
                failed ? ShownNumbers.FAILED : millis(values.max())));
    }

    /** One decimal is enough from a millisecond on, and everything fits eight columns. */
    private static String millis(double nanos) {
        double value = nanos / 1e6;
        return Numbers.fixed(value, value >= 99_999.95 ? 0 : value >= 9.995 ? 1 : value >= 0.9995 ? 2 : 3);
    }

    private static void throughput(Box box, LoadResult result) {
        box.line("THROUGHPUT");
        if (result.achievedRate().isPresent()) {
            box.line("  Rate         "
                    + Numbers.plain(
                            result.achievedRate().value() * result.level().offered())
                    + " req/s sent, " + result.level().name() + " asked for on average");
        }
        Quantity tokens = result.quantity(Metric.THROUGHPUT);
        Quantity requests = result.quantity(Metric.REQUEST_RATE);
        String rate = requests.isPresent() ? ", " + Numbers.plain(requests.value()) + " req/s" : "";
        String total = result.totalThroughput().isPresent()
                ? ", " + Numbers.plain(result.totalThroughput().value()) + " tok/s with prompts"
                : "";
        box.wrapped(
                "  Aggregate    "
                        + (tokens.isPresent()
                                ? Numbers.plain(tokens.value()) + " tok/s" + total
                                : "not measured: " + tokens.absentReason())
                        + rate,
                15);
        good(box, result);
        cached(box, result);
        box.wrapped("  Per request  " + speed(result.distribution(Metric.REQUEST_SPEED)), 15);
        box.wrapped("  After first  " + speed(result.distribution(Metric.OUTPUT_SPEED)), 15);
    }

    private static void good(Box box, LoadResult result) {
        if (result.goodFraction().isPresent() && result.goodput().isPresent()) {
            box.line("  Goodput      " + Numbers.plain(result.goodput().value()) + " req/s of good answers ("
                    + Numbers.percent(result.goodFraction().value()) + " of the requests)");
        }
    }

    // Where nothing was cached there is nothing to say.
    private static void cached(Box box, LoadResult result) {
        if (result.cachedShare().isPresent() && result.cachedShare().value() > 0) {
            box.line("  Cached       " + Numbers.percent(result.cachedShare().value())
                    + " of the prompt tokens came from the server's cache");
        }
    }

    // A failed request is slower than every other, and is in no mean.
    private static String speed(Distribution values) {
        if (!values.isPresent()) {
            return "not measured: " + values.absentReason();
        }
        OptionalDouble median = values.percentileFailuresBelow(50);
        String p50 =
                "p50 " + (median.isPresent() ? Numbers.plain(median.getAsDouble()) + " tok/s" : ShownNumbers.FAILED);
        if (values.failed() == 0) {
            return "avg " + Numbers.plain(values.mean()) + " tok/s, " + p50;
        }
        return p50 + "; of successes avg " + Numbers.plain(values.mean()) + " tok/s, p50 "
                + Numbers.plain(values.percentile(50)) + " tok/s";
    }

    private static void budgets(Box box, LevelVerdict level) {
        String verdict = level.verdict().name().replace('_', ' ') + " " + BudgetLine.mark(level.verdict());
        String doubts = Doubt.count(Doubt.of(level.result()).stream());
        box.line("BUDGETS", (level.outcomes().isEmpty() ? "none declared" : verdict) + doubts);
        BudgetLine.of(level).forEach(line -> budget(box, line));
    }

    public static void budget(Box box, BudgetLine line) {
        String row = line.mark() + " " + Box.left(line.name(), 22) + " " + Box.right(line.value(), 14) + "   "
                + Box.left(line.limit(), 17) + " " + line.distance();
        box.line(row.stripTrailing());
        if (!line.note().isEmpty()) {
            box.wrapped("    " + line.note(), 4);
        }
    }

    private static void attempts(Box box, LevelVerdict level) {
        if (!level.attempts().isEmpty()) {
            box.rule();
            box.wrapped("! " + level.attemptsInWords(), 2);
        }
    }

    // What is no budget, and stands nowhere else in the table.
    private static void besides(Box box, InvocationOutcome outcome) {
        List<Cause> causes = outcome.besidesBudgets();
        if (!causes.isEmpty()) {
            box.rule();
            box.line(
                    "OUTCOME", outcome.status().words() + " " + outcome.status().mark());
            causes.forEach(cause -> box.wrapped(cause.line(), 2));
        }
    }

    private static void remarks(Box box, LoadResult result) {
        List<Doubt> doubts = Doubt.of(result);
        if (doubts.isEmpty() && result.notes().isEmpty()) {
            return;
        }
        box.rule();
        doubts.forEach(doubt -> box.wrapped("! " + doubt.what() + ": " + doubt.detail(), 2));
        result.notes().forEach(note -> box.wrapped("· " + note, 2));
    }
}
