package dev.llmload.report.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.analysis.CostPlan;
import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.RunRows;
import dev.llmload.result.Distribution;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.MeasurementError;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Verdict;
import dev.llmload.result.measured.Histograms;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;

/** One level of results.json. */
public final class LevelJson {
    /** What stands for a statistic that falls on a failed request. */
    static final String FAILED = "failed";

    private LevelJson() {}

    static ObjectNode of(LevelVerdict level, InvocationOutcome outcome, List<Double> percentiles) {
        LoadResult result = level.result();
        ObjectNode node = Json.object();
        node.put("name", result.level().name()).put("verdict", outcome.status().name());
        OutcomeJson.into(node, outcome);
        result.aborted().ifPresent(reason -> node.put("aborted", reason));
        if (!level.attempts().isEmpty()) {
            node.put("attempt", level.attempt());
            ArrayNode attempts = node.putArray("attempts");
            level.attempts().forEach(verdict -> attempts.add(verdict.name()));
        }
        node.set("load", load(result.level()));
        Json.put(node, "window_s", result.window().seconds(), 9);
        Json.put(node, "whole_run_s", result.window().wholeRun().toNanos() / 1e9, 9);
        node.put("window", result.window().kind().word());
        node.set("requests", requests(result.requests()));
        Json.put(node, "in_flight_mean", result.inFlightMean(), 6);
        numbers(node, result, Metric.Place.LEVEL);
        numbers(node, result, Metric.Place.LOAD);
        tokens(node, result);
        Metric.distributions().stream()
                .filter(result.level()::shows)
                .forEach(metric -> distribution(node, metric, result, percentiles));
        error(node, result.error());
        result.gpu().ifPresent(telemetry -> node.set("gpu", GpuJson.of(telemetry)));
        numbers(node, result, Metric.Place.GPU);
        numbers(node, result, Metric.Place.EFFICIENCY);
        if (result.costPerMillion().isPresent()) {
            Json.put(node.putObject("cost"), "gpu_cost", CostPlan.ofWholeRun(result), 9);
        }
        numbers(node, result, Metric.Place.COST);
        result.server()
                .ifPresent(said -> node.putObject("server")
                        .put("engine", said.engine())
                        .put("readings", said.readings().size()));
        numbers(node, result, Metric.Place.SERVER);
        if (RunRows.has(level)) {
            node.set("repeat", RunRows.json(level));
        }
        if (!level.changes().isEmpty()) {
            node.set("against_baseline", ChangeJson.of(level.changes(), "baseline", "now"));
        }
        ArrayNode budgets = node.putArray("budgets");
        level.outcomes().forEach(judged -> budgets.add(budget(judged)));
        ArrayNode validity = node.putArray("validity");
        result.validity().forEach(check -> validity.add(check(check)));
        node.set("series", SeriesJson.of(result));
        if (!result.notes().isEmpty()) {
            ArrayNode notes = node.putArray("notes");
            result.notes().forEach(notes::add);
        }
        return node;
    }

    /** What a level offers; users of one that changes are their mean, which need not be whole. */
    public static ObjectNode load(Level level) {
        ObjectNode load = Json.object();
        return switch (level.kind()) {
            case USERS -> load.put("kind", "closed").put("concurrency", new BigDecimal(level.amount()));
            case REQUESTS_PER_SECOND -> load.put("kind", "open").put("requests_per_second", level.offered());
        };
    }

    public static ObjectNode requests(RequestCounts requests) {
        ObjectNode node = Json.object();
        node.put("attempted", requests.attempted()).put("succeeded", requests.succeeded());
        node.put("cut", requests.cut()).put("stale_connections", requests.staleConnections());
        ObjectNode failures = node.putObject("failures");
        requests.failures().forEach((kind, count) -> failures.put(kind.name(), count));
        ObjectNode status = node.putObject("status");
        requests.status().forEach((code, count) -> status.put(Integer.toString(code), count));
        ObjectNode reasons = node.putObject("finish_reasons");
        requests.finishReasons().forEach(reasons::put);
        return node;
    }

    private static void tokens(ObjectNode node, LoadResult result) {
        if (result.tokens().withUsage() == 0) {
            return;
        }
        ObjectNode tokens =
                node.putObject("tokens").put("prompt", result.tokens().prompt());
        if (result.tokens().cachedKnown()) {
            tokens.put("cached", result.tokens().cached());
        }
        tokens.put("output", result.tokens().output());
        if (result.tokens().counted()) {
            tokens.put("counted_events", true);
        }
    }

    // A mean has no rank: it is that of the successes under either name.
    private static void distribution(ObjectNode node, Metric metric, LoadResult result, List<Double> percentiles) {
        Distribution values = result.distribution(metric);
        if (!values.isRanked()) {
            return;
        }
        ObjectNode each = node.putObject(metric.fileKey());
        each.put("count", values.count());
        if (values.failed() > 0) {
            each.put("failed", values.failed());
        }
        OptionalDouble mean = values.isPresent() ? OptionalDouble.of(values.mean()) : OptionalDouble.empty();
        statistic(each, "mean", metric, mean);
        statistic(each, "min", metric, values.rankedMin(metric));
        percentiles.forEach(p -> statistic(each, Percentiles.key(p), metric, values.ranked(metric, p)));
        statistic(each, "max", metric, values.rankedMax(metric));
        result.error().best(metric).ifPresent(best -> error(each, metric, values, best, percentiles));
        if (!values.isPresent()) {
            return;
        }
        if (values.failed() > 0) {
            ObjectNode successes = each.putObject("of_successes");
            statistic(successes, "mean", metric, mean);
            statistic(successes, "min", metric, OptionalDouble.of(values.min()));
            percentiles.forEach(
                    p -> statistic(successes, Percentiles.key(p), metric, OptionalDouble.of(values.percentile(p))));
            statistic(successes, "max", metric, OptionalDouble.of(values.max()));
        }
        each.put("histogram", Histograms.encode(metric, values));
    }

    // By how much each statistic may be too large (of a speed: too small) through the client's own doing.
    private static void error(
            ObjectNode node, Metric metric, Distribution values, Distribution best, List<Double> percentiles) {
        ObjectNode error = Json.object();
        if (values.isPresent() && best.isPresent()) {
            part(error, "mean", metric, OptionalDouble.of(values.mean()), OptionalDouble.of(best.mean()));
        }
        percentiles.forEach(
                p -> part(error, Percentiles.key(p), metric, values.ranked(metric, p), best.ranked(metric, p)));
        if (!error.isEmpty()) {
            node.set("error", error);
        }
    }

    private static void part(ObjectNode error, String key, Metric metric, OptionalDouble value, OptionalDouble best) {
        if (value.isPresent() && best.isPresent() && value.getAsDouble() != best.getAsDouble()) {
            double part = Math.abs(value.getAsDouble() - best.getAsDouble());
            Json.put(error, key, metric.kind().inFile(part), 6);
        }
    }

    private static void error(ObjectNode node, MeasurementError error) {
        if (error.clientShare() > 0) {
            Json.put(node, "client_share", error.clientShare(), 6);
        }
        error.sentinel().ifPresent(sentinel -> {
            ObjectNode measured = node.putObject("measurement_error_ms").put("count", sentinel.count());
            Json.put(measured, "p50", sentinel.p50() / 1e6, 6);
            Json.put(measured, "p95", sentinel.p95() / 1e6, 6);
            Json.put(measured, "p99", sentinel.p99() / 1e6, 6);
            Json.put(measured, "max", sentinel.max() / 1e6, 6);
        });
    }

    private static void statistic(ObjectNode node, String key, Metric metric, OptionalDouble value) {
        if (value.isPresent()) {
            Json.put(node, key, metric.kind().inFile(value.getAsDouble()), 6);
        } else {
            node.put(key, FAILED);
        }
    }

    static ObjectNode budget(BudgetOutcome outcome) {
        ObjectNode node = Json.object().put("budget", outcome.budget().text());
        node.put("metric", outcome.budget().metric().word());
        if (!outcome.budget().statistic().text().isEmpty()) {
            node.put("statistic", outcome.budget().statistic().text());
        }
        node.put("source", outcome.budget().source())
                .put("verdict", outcome.verdict().name());
        if (outcome.actual().isPresent()) {
            Json.put(node, "actual", outcome.actual().getAsDouble(), 9);
        } else if (outcome.verdict() != Verdict.NOT_MEASURED) {
            node.putNull("actual"); // the rank falls on a failed request, or nothing could be ranked
        }
        node.put("comparator", outcome.budget().comparator().symbol());
        node.put("limit", outcome.budget().limit()).put("unit", outcome.budget().unit());
        outcome.interval().ifPresent(ends -> {
            ArrayNode interval = node.putArray("interval");
            for (double end : ends) {
                if (Double.isFinite(end)) {
                    interval.add(Json.round(end, 9));
                } else {
                    interval.addNull(); // the sample does not bound it
                }
            }
        });
        outcome.ofSuccesses().ifPresent(value -> Json.put(node, "of_successes", value, 9));
        if (outcome.reason().isEmpty()) {
            return node.putNull("reason");
        }
        return node.put("reason", outcome.reason());
    }

    private static ObjectNode check(ValidityCheck check) {
        ObjectNode node = Json.object().put("check", check.check()).put("ok", check.ok());
        if (check.status() == ValidityCheck.Status.WARNING || check.status() == ValidityCheck.Status.NOT_MEASURED) {
            node.put("status", check.status().name());
        }
        return node.put("detail", check.detail());
    }

    /** All numbers of a place that were measured. */
    private static void numbers(ObjectNode level, LoadResult result, Metric.Place place) {
        for (Metric metric : Metric.numbers()) {
            Quantity quantity = result.quantity(metric);
            if (metric.place() == place && quantity.isPresent()) {
                ObjectNode node = place.key().isEmpty() ? level : level.withObjectProperty(place.key());
                Json.put(node, metric.jsonKey(), metric.kind().inFile(quantity.value()), 9);
                if (quantity.isUpperBound()) {
                    node.put(metric.jsonKey() + "_is_upper_bound", true);
                }
            }
        }
    }
}
