package dev.llmload.report.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.Cause;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.Verdict;
import dev.llmload.spi.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One line of the history: what one level of one test came to in one run. Immutable.
 *
 * @param run which run, and what it was about
 * @param test id of the test
 * @param level name of the level
 * @param model name of the model in the requests
 * @param simulated whether the embedded simulator answered
 * @param verdict of the level, with everything that decided it
 * @param values by key: milliseconds, fractions, tok/s; infinite where a percentile falls on a failed request; what was
 *     not measured has none
 * @param budgets each as its text, with its verdict
 * @param causes what kept the level from passing, a sentence each
 */
public record HistoryEntry(
        Run run,
        String test,
        String level,
        String model,
        boolean simulated,
        Status verdict,
        Map<String, Double> values,
        Map<String, Verdict> budgets,
        List<String> causes) {
    public static final String TTFT = Metric.TTFT.fileKey("p95");
    public static final String THROUGHPUT = Metric.THROUGHPUT.fileKey();
    public static final String SUCCESS = Metric.SUCCESS_RATE.fileKey();

    private static final double[] PERCENTILES = {50, 95};

    /**
     * Which run.
     *
     * @param name when it began, to the millisecond: {@code 2026-11-26T12:00:00.250Z}
     * @param release name of the model release, or empty
     * @param commit that was checked out, or empty
     */
    public record Run(String name, String release, String commit) {
        /** The release, or the day where none was named. */
        public String label() {
            return release.isEmpty() ? name.substring(0, Math.min(10, name.length())) : release;
        }
    }

    /** Copies the list, and the maps, which keep their order. */
    public HistoryEntry {
        causes = List.copyOf(causes);
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        budgets = Collections.unmodifiableMap(new LinkedHashMap<>(budgets));
    }

    /**
     * What is kept of a level.
     *
     * @param run which run
     * @param level a judged level
     * @param outcome of its invocation
     */
    public static HistoryEntry of(Run run, LevelVerdict level, InvocationOutcome outcome) {
        LoadResult result = level.result();
        Map<String, Double> values = new LinkedHashMap<>();
        Metric.numbers().forEach(metric -> number(values, metric, result.quantity(metric)));
        Metric.distributions().stream()
                .filter(result.level()::shows)
                .forEach(metric -> distribution(values, metric, result.distribution(metric)));
        Map<String, Verdict> budgets = new LinkedHashMap<>();
        for (BudgetOutcome judged : level.outcomes()) {
            budgets.put(judged.budget().text(), judged.verdict());
        }
        return new HistoryEntry(
                run,
                result.subject().test(),
                result.level().name(),
                result.subject().model(),
                result.subject().simulated(),
                outcome.status(),
                values,
                budgets,
                outcome.causes().stream().map(Cause::sentence).toList());
    }

    private static void number(Map<String, Double> values, Metric metric, Quantity quantity) {
        if (quantity.isPresent() && !quantity.isUpperBound()) {
            values.put(metric.fileKey(), Json.round(metric.kind().inFile(quantity.value()), 6));
        }
    }

    private static void distribution(Map<String, Double> values, Metric metric, Distribution distribution) {
        for (double percentile : distribution.isRanked() ? PERCENTILES : new double[0]) {
            OptionalDouble value = distribution.ranked(metric, percentile);
            values.put(
                    metric.fileKey(Percentiles.key(percentile)),
                    value.isPresent()
                            ? Json.round(metric.kind().inFile(value.getAsDouble()), 6)
                            : Double.POSITIVE_INFINITY);
        }
    }

    /** Its line, without the line feed. */
    String json() {
        return tree().toString();
    }

    /** What its line holds. */
    public ObjectNode tree() {
        ObjectNode node = Json.object().put("run", run.name());
        if (!run.release().isEmpty()) {
            node.put("release", run.release());
        }
        if (!run.commit().isEmpty()) {
            node.put("commit", run.commit());
        }
        node.put("test", test).put("level", level).put("model", model);
        node.put("simulated", simulated).put("verdict", verdict.name());
        values.forEach((key, value) -> {
            if (Double.isInfinite(value)) {
                node.putNull(key);
            } else {
                node.put(key, value);
            }
        });
        ObjectNode each = node.putObject("budgets");
        budgets.forEach((text, outcome) -> each.put(text, outcome.name()));
        if (!causes.isEmpty()) {
            ArrayNode why = node.putArray("causes");
            causes.forEach(why::add);
        }
        return node;
    }

    /**
     * Reads a line; numbers of later versions are kept, other things of theirs are not.
     *
     * @throws IllegalArgumentException if it is not a line of a history
     */
    static HistoryEntry of(JsonNode node) {
        Map<String, Double> values = new LinkedHashMap<>();
        node.properties().forEach(field -> {
            if (field.getValue().isNumber()) {
                values.put(field.getKey(), field.getValue().asDouble());
            } else if (field.getValue().isNull()) {
                values.put(field.getKey(), Double.POSITIVE_INFINITY);
            }
        });
        Map<String, Verdict> budgets = new LinkedHashMap<>();
        node.path("budgets")
                .properties()
                .forEach(field -> budgets.put(
                        field.getKey(), Verdict.valueOf(field.getValue().asText())));
        return new HistoryEntry(
                new Run(
                        text(node, "run"),
                        node.path("release").asText(),
                        node.path("commit").asText()),
                text(node, "test"),
                text(node, "level"),
                node.path("model").asText(),
                node.path("simulated").asBoolean(),
                Status.valueOf(text(node, "verdict")),
                values,
                budgets,
                causes(node));
    }

    private static List<String> causes(JsonNode node) {
        List<String> causes = new ArrayList<>();
        node.path("causes").forEach(cause -> causes.add(cause.asText()));
        return causes;
    }

    private static String text(JsonNode node, String key) {
        String text = node.path(key).asText();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a line of the history must have a " + key);
        }
        return text;
    }
}
