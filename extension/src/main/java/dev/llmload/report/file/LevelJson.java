package dev.llmload.report.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.analysis.CostPlan;
import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.RunRows;
import dev.llmload.result.Distribution;
import dev.llmload.result.Histograms;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.ValidityCheck;
import dev.llmload.result.Verdict;
import java.util.List;

/** One level of results.json. */
public final class LevelJson {
    private static final List<Metric> DISTRIBUTIONS = List.of(
            Metric.TTFT,
            Metric.TTFO,
            Metric.TTFB,
            Metric.TPOT,
            Metric.ITL,
            Metric.E2E,
            Metric.STREAM_CLOSE,
            Metric.CONNECT,
            Metric.DISPATCH_DELAY,
            Metric.SCHEDULED_TTFT,
            Metric.SCHEDULED_TTFO,
            Metric.SCHEDULED_E2E,
            Metric.REQUEST_SPEED,
            Metric.OUTPUT_SPEED);

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
        ObjectNode load = node.putObject("load");
        if (result.level().isOpen()) {
            load.put("kind", "open").put("requests_per_second", result.level().offered());
            quantity(load, "achieved_rate", result.quantity(Metric.ACHIEVED_RATE));
        } else {
            load.put("kind", "closed").put("concurrency", (int) result.level().offered());
        }
        Json.put(node, "window_s", result.window().seconds(), 9);
        Json.put(node, "whole_run_s", result.window().wholeRun().toNanos() / 1e9, 9);
        node.put("window", result.window().kind().word());
        node.set("requests", requests(result.requests()));
        Json.put(node, "in_flight_mean", result.inFlightMean(), 6);
        quantity(node, "success_rate", result.quantity(Metric.SUCCESS_RATE));
        quantity(node, "request_rate", result.quantity(Metric.REQUEST_RATE));
        quantity(node, "good_fraction", result.goodFraction());
        quantity(node, "goodput", result.goodput());
        quantity(node, "throughput_tok_s", result.quantity(Metric.THROUGHPUT));
        quantity(node, "total_throughput_tok_s", result.quantity(Metric.TOTAL_THROUGHPUT));
        tokens(node, result);
        DISTRIBUTIONS.forEach(metric -> distribution(node, metric, result.distribution(metric), percentiles));
        result.gpu().ifPresent(telemetry -> node.set("gpu", GpuJson.of(telemetry)));
        efficiency(node, result);
        if (result.costPerMillion().isPresent()) {
            ObjectNode cost = node.putObject("cost");
            Json.put(cost, "gpu_cost", CostPlan.ofWholeRun(result), 9);
            Json.put(cost, "per_million_tokens", result.costPerMillion().value(), 9);
            quantity(cost, "per_million_good_tokens", result.costPerMillionGood());
        }
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
        if (!result.notes().isEmpty()) {
            ArrayNode notes = node.putArray("notes");
            result.notes().forEach(notes::add);
        }
        return node;
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

    private static void distribution(ObjectNode node, Metric metric, Distribution values, List<Double> percentiles) {
        if (!values.isPresent()) {
            return;
        }
        boolean latency = metric.kind() == Metric.Kind.LATENCY;
        double unit = latency ? 1e6 : 1;
        ObjectNode each = node.putObject(metric.word() + (latency ? "_ms" : "_tok_s"));
        each.put("count", values.count());
        Json.put(each, "mean", values.mean() / unit, 6);
        Json.put(each, "min", values.min() / unit, 6);
        for (double p : percentiles) {
            Json.put(each, Percentiles.key(p), values.percentile(p) / unit, 6);
        }
        Json.put(each, "max", values.max() / unit, 6);
        each.put("histogram", Histograms.encode(metric, values));
    }

    private static void efficiency(ObjectNode node, LoadResult result) {
        ObjectNode efficiency = Json.object();
        for (Metric metric : new Metric[] {
            Metric.MFU, Metric.DECODE_MFU, Metric.MBU, Metric.TOKENS_PER_JOULE, Metric.JOULES_PER_TOKEN
        }) {
            quantity(efficiency, metric.word(), result.quantity(metric));
        }
        if (result.mfu().isPresent() && result.mfu().isUpperBound()) {
            efficiency.put("mfu_is_upper_bound", true);
        }
        if (!efficiency.isEmpty()) {
            node.set("efficiency", efficiency);
        }
    }

    static ObjectNode budget(BudgetOutcome outcome) {
        ObjectNode node = Json.object().put("budget", outcome.budget().text());
        node.put("source", outcome.budget().source())
                .put("verdict", outcome.verdict().name());
        if (outcome.actual().isPresent()) {
            Json.put(node, "actual", outcome.actual().getAsDouble(), 9);
        } else if (outcome.verdict() != Verdict.NOT_MEASURED) {
            node.putNull("actual"); // the rank falls on a failed request, or nothing could be ranked
        }
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

    private static void quantity(ObjectNode node, String key, Quantity quantity) {
        if (quantity.isPresent()) {
            Json.put(node, key, quantity.value(), 9);
        }
    }
}
