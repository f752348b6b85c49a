package dev.llmload.budget.baseline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.analysis.Dispersion;
import dev.llmload.budget.Exact;
import dev.llmload.result.Distribution;
import dev.llmload.result.Metric;
import dev.llmload.result.measured.Histograms;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The text of a baseline file: one value a line, everything in a fixed order, so that a changed value is a changed line.
 * Histograms have three digits.
 */
public final class BaselineJson {
    private static final String FAMILY = "llm-load-baseline/";
    private static final String SCHEMA = FAMILY + "1";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final MathContext DIGITS = new MathContext(9);

    private final String file;

    private BaselineJson(String file) {
        this.file = file;
    }

    public static String render(BaselineFile baseline) {
        ObjectNode root = MAPPER.createObjectNode().put("schema", SCHEMA);
        ArrayNode levels = root.putArray("levels");
        for (BaselineEntry entry : baseline.entries()) {
            ObjectNode node = levels.addObject().put("test", entry.test()).put("level", entry.level());
            entry.circumstances().subject().forEach(node.putObject("subject")::put);
            entry.circumstances().conditions().forEach(node.putObject("conditions")::put);
            ArrayNode runs = node.putArray("runs");
            entry.runs().forEach(run -> runs.add(run(run)));
        }
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
        try {
            return MAPPER.writer(printer).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can always be written", e);
        }
    }

    private static ObjectNode run(BaselineRun run) {
        ObjectNode node = MAPPER.createObjectNode().put("at", run.at()).put("requests", run.requests());
        number(node, "prompt_tokens_mean", run.promptTokens());
        number(node, "output_tokens_mean", run.outputTokens());
        ObjectNode values = node.putObject("values");
        run.values().forEach((metric, value) -> number(values, metric.word(), value));
        ObjectNode distributions = node.putObject("distributions");
        run.distributions()
                .forEach((metric, each) -> distribution(distributions.putObject(metric.word()), metric, each));
        if (!run.dispersions().isEmpty()) {
            ObjectNode dispersions = node.putObject("dispersions");
            run.dispersions().forEach((name, each) -> {
                ObjectNode one = dispersions.putObject(name);
                number(one, "factor", each.factor());
                number(one, "degrees", each.degrees());
                one.put("blocks", each.blocks());
            });
        }
        return node;
    }

    // The percentiles are for the reader of a diff, "failed" where they fall on a failed request; they are those of the
    // histogram, so that writing again changes
    // nothing.
    private static void distribution(ObjectNode node, Metric metric, Distribution values) {
        String histogram = Histograms.encode(metric, values);
        Distribution kept = Histograms.decode(metric, histogram, values.failed());
        for (double p : new double[] {50, 95, 99}) {
            String key = "p" + Exact.plain(p) + metric.kind().fileSuffix();
            kept.ranked(metric, p)
                    .ifPresentOrElse(
                            value -> number(node, key, metric.kind().inFile(value)), () -> node.put(key, "failed"));
        }
        node.put("failed", values.failed()).put("histogram", histogram);
    }

    private static void number(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, BigDecimal.valueOf(value).round(DIGITS).doubleValue());
        }
    }

    static BaselineFile parse(String text, String file) {
        return new BaselineJson(file).parse(text);
    }

    private BaselineFile parse(String text) {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "baseline " + file + ", line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": not JSON; the file was left as it is: restore it from"
                            + " version control, or delete it to begin anew",
                    e);
        }
        String schema = root.path("schema").asText();
        if (!schema.equals(SCHEMA)) {
            throw mistake(
                    schema.startsWith(FAMILY)
                            ? "its schema is " + schema + ", and this version reads " + SCHEMA
                                    + ": use the version that wrote it, or a newer one"
                            : "it is no baseline: `schema` must be " + SCHEMA + ", but was "
                                    + (schema.isEmpty() ? "missing" : "\"" + schema + "\""));
        }
        List<BaselineEntry> entries = new ArrayList<>();
        for (JsonNode node : array(root, "levels")) {
            List<BaselineRun> runs = new ArrayList<>();
            array(node, "runs").forEach(run -> runs.add(run(run)));
            if (runs.isEmpty()) {
                throw mistake("`runs` of " + text(node, "test") + " is empty");
            }
            entries.add(new BaselineEntry(
                    text(node, "test"),
                    text(node, "level"),
                    new Circumstances(texts(node, "subject"), texts(node, "conditions")),
                    runs));
        }
        return new BaselineFile(entries);
    }

    private BaselineRun run(JsonNode node) {
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        object(node, "values")
                .properties()
                .forEach(e -> values.put(metric(e.getKey()), e.getValue().asDouble()));
        Map<Metric, Distribution> distributions = new EnumMap<>(Metric.class);
        object(node, "distributions").properties().forEach(e -> {
            Metric metric = metric(e.getKey());
            distributions.put(metric, distribution(metric, e.getValue()));
        });
        return new BaselineRun(
                text(node, "at"),
                node.path("requests").asLong(),
                node.path("prompt_tokens_mean").asDouble(Double.NaN),
                node.path("output_tokens_mean").asDouble(Double.NaN),
                values,
                distributions,
                dispersions(node));
    }

    private static Map<String, Dispersion> dispersions(JsonNode node) {
        Map<String, Dispersion> all = new TreeMap<>();
        node.path("dispersions")
                .properties()
                .forEach(each -> all.put(
                        each.getKey(),
                        new Dispersion(
                                each.getValue().path("factor").asDouble(1),
                                each.getValue().path("degrees").asDouble(Double.POSITIVE_INFINITY),
                                each.getValue().path("blocks").asInt(),
                                false)));
        return all;
    }

    private Distribution distribution(Metric metric, JsonNode node) {
        try {
            return Histograms.decode(
                    metric, text(node, "histogram"), node.path("failed").asLong());
        } catch (RuntimeException e) {
            throw mistake("the histogram of " + metric.word() + " is damaged");
        }
    }

    private Metric metric(String word) {
        return Metric.ofWord(word).orElseThrow(() -> mistake("unknown metric \"" + word + "\""));
    }

    private JsonNode array(JsonNode node, String key) {
        if (!node.path(key).isArray()) {
            throw mistake("`" + key + "` must be a list");
        }
        return node.path(key);
    }

    private JsonNode object(JsonNode node, String key) {
        if (!node.path(key).isObject()) {
            throw mistake("`" + key + "` must be an object");
        }
        return node.path(key);
    }

    private String text(JsonNode node, String key) {
        if (!node.path(key).isTextual()) {
            throw mistake("`" + key + "` must be a text");
        }
        return node.path(key).asText();
    }

    private Map<String, String> texts(JsonNode node, String key) {
        Map<String, String> texts = new TreeMap<>();
        object(node, key)
                .properties()
                .forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
        return texts;
    }

    private IllegalArgumentException mistake(String what) {
        return new IllegalArgumentException("baseline " + file + ": " + what
                + "; the file was left as it is: restore it from version control, or delete it to begin anew");
    }
}
