package dev.llmload.report.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.analysis.Projection;
import dev.llmload.analysis.Range;
import dev.llmload.analysis.SaturationFit;
import dev.llmload.analysis.Sweep;
import dev.llmload.analysis.SweepAnalysis;
import dev.llmload.report.SweepInsights;
import dev.llmload.report.TestReport;
import dev.llmload.result.Metric;
import java.util.Locale;

/** What the levels of a test say together, as results.json has it: the object {@code scaling}. */
final class ScalingJson {
    private ScalingJson() {}

    static ObjectNode of(TestReport test) {
        ObjectNode node = Json.object();
        SweepAnalysis analysis = test.analysis();
        ArrayNode steps = node.putArray("steps");
        analysis.sweep().steps().forEach(step -> step(steps.addObject(), step));
        saturation(node.putObject("saturation"), analysis);
        ObjectNode best = Json.object();
        analysis.bestPerUser()
                .ifPresent(step -> best.put("throughput_per_user", step.level().name()));
        best(best, analysis, "throughput", Metric.THROUGHPUT);
        best(best, analysis, "tokens_per_joule", Metric.TOKENS_PER_JOULE);
        best(best, analysis, "mfu", Metric.MFU);
        if (!best.isEmpty()) {
            node.set("best", best);
        }
        analysis.capacity()
                .ifPresent(result -> node.put("capacity", result.level().name()));
        analysis.overloaded()
                .ifPresent(result -> node.put("overloaded_from", result.level().name()));
        test.projection().ifPresent(projection -> projection(node.putObject("projection"), projection));
        ObjectNode advice = Json.object();
        SweepInsights.of(test)
                .forEach(section -> section.sentences()
                        .forEach(advice.putArray(
                                section.title().toLowerCase(Locale.ROOT).replace(' ', '_'))::add));
        if (!advice.isEmpty()) {
            node.set("advice", advice);
        }
        if (!test.sweep().isEmpty()) {
            ArrayNode budgets = node.putArray("budgets");
            test.sweep().forEach(outcome -> budgets.add(LevelJson.budget(outcome)));
        }
        return node;
    }

    private static void step(ObjectNode each, Sweep.Step step) {
        each.put("level", step.level().name());
        Json.put(each, "throughput_tok_s", step.throughput(), 6);
        Json.put(each, "gain_over_first", step.gainOverFirst(), 6);
        Json.put(each, "gain_over_previous", step.gainOverPrevious(), 6);
        Json.put(each, "gain_per_user_tok_s", step.gainPerUser(), 6);
        Json.put(each, "per_user_tok_s", step.perUser(), 6);
        Json.put(each, "scaling_efficiency", step.scalingEfficiency(), 6);
        Json.put(each, "elasticity", step.elasticity(), 6);
    }

    private static void saturation(ObjectNode node, SweepAnalysis analysis) {
        Json.put(node, "gain_rule", analysis.rules().saturationGain(), 6);
        analysis.saturation()
                .ifPresent(
                        step -> node.put("first_step_below_rule", step.level().name()));
        Json.put(node, "tokens_per_user_rule", analysis.rules().diminishingTokens(), 6);
        analysis.diminishing()
                .ifPresent(step -> node.put("diminishing_from", step.level().name()));
        analysis.roofline().ifPresent(roofline -> Json.put(node, "roofline_tok_s", roofline, 6));
        if (analysis.fit().isEmpty()) {
            node.put("no_fit", analysis.noFit());
            return;
        }
        SaturationFit fit = analysis.fit().get();
        ObjectNode curve = node.putObject("fit");
        curve.put("curve", "vmax*u/(k+u)");
        Json.put(curve, "vmax_tok_s", fit.vmax(), 6);
        curve.set("vmax_95", range(fit.vmax95()));
        Json.put(curve, "k_users", fit.k(), 6);
        curve.set("k_95", range(fit.k95()));
        Json.put(curve, "r_squared", fit.rSquared(), 9);
        Json.put(curve, "sse", fit.sse(), 6);
        curve.put("degrees_of_freedom", fit.degreesOfFreedom());
        curve.put("indicative", fit.isIndicative());
        curve.put("above_roofline", analysis.isAboveRoofline());
        analysis.predictedUsers(0.95).ifPresent(users -> Json.put(curve, "users_at_95_percent", users, 6));
    }

    // An end that the levels do not bound is null.
    private static ArrayNode range(Range range) {
        ArrayNode ends = Json.MAPPER.createArrayNode().add(Json.round(range.low(), 6));
        return range.isBounded() ? ends.add(Json.round(range.high(), 6)) : ends.addNull();
    }

    private static void best(ObjectNode node, SweepAnalysis analysis, String key, Metric metric) {
        analysis.best(metric).ifPresent(result -> node.put(key, result.level().name()));
    }

    private static void projection(ObjectNode node, Projection projection) {
        node.put("level", projection.level().name());
        Json.put(node, "requests_per_hour", projection.requestsPerHour(), 3);
        Json.put(node, "requests_per_day", projection.requestsPerDay(), 3);
        Json.put(node, "tokens_per_hour", projection.tokensPerHour(), 3);
        Json.put(node, "tokens_per_day", projection.tokensPerDay(), 3);
        projection.datasetHours().ifPresent(hours -> Json.put(node, "dataset_hours", hours, 6));
        projection.gpusFor(1).ifPresent(gpus -> {
            node.put(
                    "demand",
                    projection.plan().orElseThrow().demand().orElseThrow().text());
            node.put("gpus_for_demand", gpus);
            Json.put(node, "cost_per_day", projection.costPerDay(gpus), 6);
        });
    }
}
