package dev.llmload.report;

import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * {@code metrics.prom}: the levels' results as OpenMetrics text, which is at the same time the Prometheus text format, for
 * node_exporter's textfile collector or a Pushgateway. Base units: seconds, ratios, bytes. A metric that was not measured
 * is left out. Quantiles count failures as budgets do: one that falls on a failed request is {@code +Inf} for a latency
 * and 0 for a speed. Written whatever happened; the same results give the same text.
 */
public final class OpenMetrics {
    /** Name of the file in the run's folder. */
    public static final String FILE = "metrics.prom";

    private final List<TestReport> tests;
    private final String release;
    private final Instant startedAt;
    private final List<Double> percentiles;
    private final StringBuilder text = new StringBuilder();

    private OpenMetrics(List<TestReport> tests, String release, Instant startedAt, List<Double> percentiles) {
        this.tests = tests;
        this.release = release;
        this.startedAt = startedAt;
        this.percentiles = Percentiles.of(percentiles);
    }

    /**
     * Writes the file, whole or not at all, as a textfile collector wants it.
     *
     * @param dir folder of the run
     * @param tests every test of the run
     * @param release name of the model release, or empty
     * @param startedAt start of the run
     * @param percentiles which quantiles each distribution has, above 0 and at most 100
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if there is no such percentile
     */
    public static void write(
            Path dir, List<TestReport> tests, String release, Instant startedAt, List<Double> percentiles)
            throws IOException {
        AtomicFile.write(dir.resolve(FILE), render(tests, release, startedAt, percentiles));
    }

    /**
     * The text of the file.
     *
     * @param tests every test of the run
     * @param release name of the model release, or empty
     * @param startedAt start of the run
     * @param percentiles which quantiles each distribution has, above 0 and at most 100
     * @throws IllegalArgumentException if there is no such percentile
     */
    public static String render(List<TestReport> tests, String release, Instant startedAt, List<Double> percentiles) {
        return new OpenMetrics(tests, release, startedAt, percentiles).all();
    }

    private String all() {
        MetricFamily started =
                MetricFamily.gauge("llmload_run_start_timestamp_seconds", "seconds", "When the run began, Unix time.");
        started.add(MetricFamily.with(Map.of(), "release", release), startedAt.toEpochMilli() / 1e3);
        text.append(started.text());
        errors();
        verdicts();
        latency(Metric.TTFT, "First token event - sent.");
        latency(Metric.SCHEDULED_TTFT, "First token event - the instant the schedule asked for.");
        latency(Metric.TPOT, "Time per output token after the first, per request.");
        latency(Metric.ITL, "Gap between arrivals, pooled over requests.");
        latency(Metric.E2E, "Last token event - sent.");
        latency(Metric.SCHEDULED_E2E, "Last token event - the instant the schedule asked for.");
        latency(Metric.DISPATCH_DELAY, "Sent - scheduled: how far the client was behind.");
        speed(Metric.REQUEST_SPEED, "Output tokens / e2e, per request.");
        speed(Metric.OUTPUT_SPEED, "1 / tpot, per request.");
        one(Metric.SUCCESS_RATE, "llmload_success_ratio", "ratio", 1, "Successful / attempted.");
        one(Metric.GOOD_FRACTION, "llmload_good_ratio", "ratio", 1, "Good / attempted.");
        one(
                Metric.REQUEST_RATE,
                "llmload_requests_per_second",
                "requests_per_second",
                1,
                "Completed successes per second of the window.");
        one(
                Metric.GOODPUT,
                "llmload_goodput_requests_per_second",
                "requests_per_second",
                1,
                "Good requests per second of the window.");
        one(
                Metric.THROUGHPUT,
                "llmload_throughput_tokens_per_second",
                "tokens_per_second",
                1,
                "Output tokens per second of the window, successes only.");
        one(
                Metric.TOTAL_THROUGHPUT,
                "llmload_total_throughput_tokens_per_second",
                "tokens_per_second",
                1,
                "The same with uncached prompt tokens.");
        requests();
        one(Metric.MFU, "llmload_mfu_ratio", "ratio", 1, "Model FLOPs / dense peak of the GPUs.");
        one(Metric.DECODE_MFU, "llmload_decode_mfu_ratio", "ratio", 1, "2 N per output token / dense peak.");
        one(Metric.MBU, "llmload_mbu_ratio", "ratio", 1, "Bytes read by the decode steps / memory bandwidth.");
        one(
                Metric.GPU_UTIL,
                "llmload_gpu_utilization_ratio",
                "ratio",
                1,
                "Share of time in which any kernel ran; not compute utilisation.");
        one(Metric.POWER, "llmload_power_watts", "watts", 1, "Mean power of all GPUs in the window.");
        one(Metric.ENERGY, "llmload_energy_joules", "joules", 1, "Energy of all GPUs in the window.");
        one(Metric.TOKENS_PER_JOULE, "llmload_tokens_per_joule", "tokens_per_joule", 1, "Output tokens / energy.");
        one(Metric.GPU_MEMORY, "llmload_gpu_memory_bytes", "bytes", 1e9, "Highest memory in use of any GPU.");
        one(Metric.GPU_TEMPERATURE, "llmload_gpu_temperature_celsius", "celsius", 1, "Highest of any GPU.");
        one(
                Metric.COST_PER_MILLION,
                "llmload_cost_per_million_tokens_dollars",
                "dollars",
                1,
                "A million tokens, input and output.");
        checks();
        return text.append("# EOF\n").toString();
    }

    private void errors() {
        MetricFamily family = MetricFamily.gauge(
                "llmload_test_error", "", "1 if the test could not run or finish: the endpoint was unusable.");
        for (TestReport test : tests) {
            Map<String, String> labels = new LinkedHashMap<>();
            labels.put("test", test.id());
            labels.put("release", release);
            family.add(labels, test.error().isEmpty() ? 0 : 1);
        }
        text.append(family.text());
    }

    // One sample for each verdict there is, 1 for the one that it came to: a series that ends fires no alert.
    private void verdicts() {
        MetricFamily levels =
                MetricFamily.gauge("llmload_level_verdict", "", "1 for the verdict that the level came to, else 0.");
        MetricFamily budgets =
                MetricFamily.gauge("llmload_budget_verdict", "", "1 for the verdict that the budget came to, else 0.");
        for (TestReport test : tests) {
            for (LevelVerdict level : test.levels()) {
                each(levels, labels(level.result()), level.verdict());
                level.outcomes().forEach(outcome -> budget(budgets, labels(level.result()), outcome));
            }
            if (!test.levels().isEmpty()) {
                Map<String, String> labels = labels(test.levels().get(0).result());
                labels.put("level", "all levels");
                test.sweep().forEach(outcome -> budget(budgets, labels, outcome));
            }
        }
        text.append(levels.text()).append(budgets.text());
    }

    private static void budget(MetricFamily family, Map<String, String> labels, BudgetOutcome outcome) {
        each(family, MetricFamily.with(labels, "budget", outcome.budget().text()), outcome.verdict());
    }

    private static void each(MetricFamily family, Map<String, String> labels, Verdict verdict) {
        for (Verdict possible : Verdict.values()) {
            family.add(MetricFamily.with(labels, "verdict", possible.name()), possible == verdict ? 1 : 0);
        }
    }

    private void latency(Metric metric, String help) {
        distribution(
                metric,
                MetricFamily.summary("llmload_" + metric.word() + "_seconds", "seconds", help),
                1e9,
                Double.POSITIVE_INFINITY);
    }

    private void speed(Metric metric, String help) {
        distribution(
                metric,
                MetricFamily.summary("llmload_" + metric.word() + "_tokens_per_second", "tokens_per_second", help),
                1,
                0);
    }

    private void distribution(Metric metric, MetricFamily family, double unit, double onFailure) {
        for (LoadResult result : results()) {
            Distribution values = result.distribution(metric);
            if (values.isPresent()) {
                Map<String, String> labels = labels(result);
                for (double p : percentiles) {
                    OptionalDouble value = metric.lowerIsBetter()
                            ? values.percentileFailuresAbove(p)
                            : values.percentileFailuresBelow(p);
                    family.quantile(labels, p, value.isPresent() ? value.getAsDouble() / unit : onFailure);
                }
                family.sum(labels, values.mean() * values.count() / unit);
                family.count(labels, values.count());
            }
        }
        text.append(family.text());
    }

    private void one(Metric metric, String name, String unit, double times, String help) {
        MetricFamily family = MetricFamily.gauge(name, unit, help);
        for (LoadResult result : results()) {
            Quantity quantity = result.quantity(metric);
            if (quantity.isPresent()) {
                family.add(
                        MetricFamily.with(labels(result), "bound", quantity.isUpperBound() ? "upper" : ""),
                        quantity.value() * times);
            }
        }
        text.append(family.text());
    }

    private void requests() {
        MetricFamily requests = MetricFamily.gauge("llmload_requests", "", "Requests of the sample by how they ended.");
        MetricFamily inFlight =
                MetricFamily.gauge("llmload_in_flight_requests", "requests", "Mean in flight in the window.");
        MetricFamily window = MetricFamily.gauge("llmload_window_seconds", "seconds", "Length of the window.");
        for (LoadResult result : results()) {
            Map<String, String> labels = labels(result);
            requests.add(
                    MetricFamily.with(labels, "outcome", "OK"),
                    result.requests().succeeded());
            result.requests()
                    .failures()
                    .forEach((kind, count) -> requests.add(MetricFamily.with(labels, "outcome", kind.name()), count));
            requests.add(
                    MetricFamily.with(labels, "outcome", "CUT"),
                    result.requests().cut());
            inFlight.add(labels, result.inFlightMean());
            window.add(labels, result.window().seconds());
        }
        text.append(requests.text()).append(inFlight.text()).append(window.text());
    }

    private void checks() {
        MetricFamily family = MetricFamily.gauge(
                "llmload_validity_check_broken", "", "1 where the measurement itself is in doubt, 0 where it is not.");
        for (LoadResult result : results()) {
            for (ValidityCheck check : result.validity()) {
                family.add(MetricFamily.with(labels(result), "check", check.check()), check.ok() ? 0 : 1);
            }
        }
        text.append(family.text());
    }

    private List<LoadResult> results() {
        List<LoadResult> results = new ArrayList<>();
        tests.forEach(test -> test.levels().forEach(level -> results.add(level.result())));
        return results;
    }

    private Map<String, String> labels(LoadResult result) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("test", result.subject().test());
        labels.put("level", result.level().name());
        labels.put("model", result.subject().model());
        labels.put("release", release);
        labels.put("simulated", Boolean.toString(result.subject().simulated()));
        return labels;
    }
}
