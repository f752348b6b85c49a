package dev.llmload.report.file;

import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Cause;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.RunOutcome;
import dev.llmload.report.TestReport;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.ValidityCheck;
import dev.llmload.spi.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code metrics.prom}: the levels' results as OpenMetrics text, which is at the same time the Prometheus text format, for
 * node_exporter's textfile collector or a Pushgateway. Base units: seconds, ratios, bytes. A metric that was not measured
 * is left out. Quantiles count failures as budgets do: one that falls on a failed request is {@code +Inf} for a latency
 * and 0 for a speed; those of the
 * successes alone are in a family of their own where requests failed. Written whatever happened; the same results give the same text.
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
        Metric.distributions().forEach(this::distribution);
        Metric.numbers().forEach(this::number);
        requests();
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
                each(levels, labels(level.result()), test.outcome(level).status());
                level.outcomes().forEach(outcome -> budget(budgets, labels(level.result()), outcome));
            }
            test.unusable()
                    .forEach(level -> each(
                            levels,
                            labels(test, level.level().name()),
                            test.outcome(level.level().name()).status()));
            if (!test.levels().isEmpty()) {
                Map<String, String> labels = labels(test.levels().get(0).result());
                labels.put("level", "all levels");
                test.sweep().forEach(outcome -> budget(budgets, labels, outcome));
            }
        }
        text.append(levels.text()).append(budgets.text());
        outcomes();
    }

    // Of what is no level there is no series of its own: a comparison, a level that did not run, a test that could not.
    private void outcomes() {
        MetricFamily whole =
                MetricFamily.gauge("llmload_run_verdict", "", "1 for the verdict that the run came to, else 0.");
        if (!tests.isEmpty()) {
            each(
                    whole,
                    MetricFamily.with(Map.of(), "release", release),
                    RunOutcome.of(tests).status());
        }
        MetricFamily each =
                MetricFamily.gauge("llmload_test_verdict", "", "1 for the verdict that the test came to, else 0.");
        MetricFamily causes = MetricFamily.gauge(
                "llmload_verdict_causes", "", "How many things of a kind kept an invocation from passing.");
        for (TestReport test : tests) {
            Map<String, String> labels = labels(test, "");
            labels.remove("level");
            each(each, labels, test.status());
            for (InvocationOutcome outcome : test.outcomes()) {
                Map<Cause.Kind, Map<Status, Long>> counted = outcome.causes().stream()
                        .collect(Collectors.groupingBy(
                                Cause::kind,
                                TreeMap::new,
                                Collectors.groupingBy(Cause::status, TreeMap::new, Collectors.counting())));
                counted.forEach((kind, verdicts) -> verdicts.forEach((verdict, count) -> causes.add(
                        MetricFamily.with(
                                MetricFamily.with(
                                        labels(test, outcome.name().isEmpty() ? "test" : outcome.name()),
                                        "cause",
                                        kind.name()),
                                "verdict",
                                verdict.name()),
                        count)));
            }
        }
        text.append(whole.text()).append(each.text()).append(causes.text());
    }

    private static void budget(MetricFamily family, Map<String, String> labels, BudgetOutcome outcome) {
        each(family, MetricFamily.with(labels, "budget", outcome.budget().text()), Status.of(outcome.verdict()));
    }

    private static void each(MetricFamily family, Map<String, String> labels, Status verdict) {
        for (Status possible : Status.values()) {
            family.add(MetricFamily.with(labels, "verdict", possible.name()), possible == verdict ? 1 : 0);
        }
    }

    private void distribution(Metric metric) {
        MetricFamily all =
                MetricFamily.summary(metric.prometheusName(), metric.kind().prometheusUnit(), metric.meaning());
        MetricFamily successes = MetricFamily.summary(
                ofSuccesses(metric), metric.kind().prometheusUnit(), metric.meaning() + " Of the successes alone.");
        for (LoadResult result : results()) {
            Distribution values = result.distribution(metric);
            if (!values.isRanked() || !result.level().shows(metric)) {
                continue;
            }
            Map<String, String> labels = labels(result);
            for (double p : percentiles) {
                all.quantile(labels, p, quantile(metric, values.ranked(metric, p)));
                if (values.failed() > 0 && values.isPresent()) {
                    successes.quantile(labels, p, metric.kind().inPrometheus(values.percentile(p)));
                }
            }
            double sum = values.isPresent() ? values.mean() * values.count() : 0;
            all.sum(labels, metric.kind().inPrometheus(sum));
            all.count(labels, values.count());
        }
        text.append(all.text()).append(successes.text());
    }

    /** Where it falls on a failed request: beyond every limit. */
    private static double quantile(Metric metric, OptionalDouble value) {
        return value.isPresent()
                ? metric.kind().inPrometheus(value.getAsDouble())
                : metric.lowerIsBetter() ? Double.POSITIVE_INFINITY : 0;
    }

    private static String ofSuccesses(Metric metric) {
        String unit = "_" + metric.kind().prometheusUnit();
        String name = metric.prometheusName();
        return name.substring(0, name.length() - unit.length()) + "_of_successes" + unit;
    }

    private void number(Metric metric) {
        MetricFamily family =
                MetricFamily.gauge(metric.prometheusName(), metric.kind().prometheusUnit(), metric.meaning());
        for (LoadResult result : results()) {
            Quantity quantity = result.quantity(metric);
            if (quantity.isPresent()) {
                family.add(
                        MetricFamily.with(labels(result), "bound", quantity.isUpperBound() ? "upper" : ""),
                        metric.kind().inPrometheus(quantity.value()));
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

    private Map<String, String> labels(TestReport test, String level) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("test", test.id());
        labels.put("level", level);
        labels.put("release", release);
        return labels;
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
