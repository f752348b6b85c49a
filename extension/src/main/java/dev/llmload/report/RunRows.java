package dev.llmload.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.budget.LevelRepeat;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.file.Json;
import dev.llmload.report.file.Percentiles;
import dev.llmload.result.Distribution;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Quantity;
import dev.llmload.result.text.CountText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The runs of a level that ran several times: one by one, and how far apart they are. */
public final class RunRows {
    private record Field(Metric metric, double percentile, String title) {
        String shown(LoadResult run) {
            return metric.isDistribution()
                    ? ShownNumbers.latency(run, metric, percentile)
                    : ShownNumbers.quantity(run, metric);
        }

        /** Infinite where the percentile falls on a failed request; NaN where nothing was measured. */
        double value(LoadResult run) {
            if (metric.isDistribution()) {
                Distribution values = run.distribution(metric);
                return values.isRanked()
                        ? metric.kind().inFile(values.ranked(metric, percentile).orElse(Double.POSITIVE_INFINITY))
                        : Double.NaN;
            }
            Quantity quantity = run.quantity(metric);
            return quantity.isPresent() ? quantity.value() : Double.NaN;
        }

        Optional<LoadResult> end(List<LevelRepeat> runs, boolean highest) {
            Comparator<LoadResult> order = Comparator.comparingDouble(this::value);
            return runs.stream()
                    .map(LevelRepeat::result)
                    .filter(run -> !Double.isNaN(value(run)))
                    .min(highest ? order.reversed() : order);
        }

        String end(LevelVerdict level, boolean highest) {
            return end(level.runs(), highest).map(this::shown).orElse("–");
        }

        String key() {
            return metric.isDistribution() ? metric.fileKey(Percentiles.key(percentile)) : metric.fileKey();
        }

        String name() {
            return metric.word() + (metric.isDistribution() ? " " + Percentiles.key(percentile) : "");
        }
    }

    private static final List<Field> FIELDS = List.of(
            new Field(Metric.TTFT, 50, "TTFT p50"),
            new Field(Metric.TTFT, 95, "TTFT p95"),
            new Field(Metric.E2E, 95, "E2E p95"),
            new Field(Metric.TPOT, 50, "TPOT p50"),
            new Field(Metric.THROUGHPUT, 0, "tok/s"),
            new Field(Metric.SUCCESS_RATE, 0, "success"));

    private RunRows() {}

    public static boolean has(LevelVerdict level) {
        return !level.runs().isEmpty();
    }

    /** One row per run, then the lowest and the highest of each column. */
    public static Table table(LevelVerdict level) {
        List<Column> columns = new ArrayList<>(List.of(Column.text("run")));
        FIELDS.forEach(field -> columns.add(Column.number(field.title())));
        Table.Builder table = Table.of(columns);
        for (LevelRepeat run : level.runs()) {
            table.row(row(name(run), field -> field.shown(run.result())));
        }
        table.row(row("lowest", field -> field.end(level, false)));
        table.row(row("highest", field -> field.end(level, true)));
        return table.build();
    }

    private static List<String> row(String first, Function<Field, String> others) {
        return Stream.concat(Stream.of(first), FIELDS.stream().map(others)).toList();
    }

    private static String name(LevelRepeat run) {
        return run.number() + " " + BudgetLine.mark(run.verdict())
                + (run.leftOut().isEmpty() ? "" : " left out");
    }

    /** {@code the requests of 3 runs are judged together}, and which of the runs are not part of everything. */
    public static String judged(LevelVerdict level) {
        List<String> left = level.runs().stream()
                .filter(run -> !run.leftOut().isEmpty())
                .map(run -> Integer.toString(run.number()))
                .toList();
        return "the requests of " + level.runs().size() + " runs are judged together"
                + (left.isEmpty()
                        ? ""
                        : ", but for what " + CountText.form(left.size(), "run ", "runs ") + String.join(", ", left)
                                + " did not measure truly");
    }

    /**
     * What is judged and how far apart the runs are, in a sentence; empty for a level that ran once.
     *
     * @param level a judged level
     */
    public static String sentence(LevelVerdict level) {
        return has(level)
                ? judged(level) + "; all runs: "
                        + FIELDS.stream()
                                .map(column -> column.name() + " " + column.end(level, false) + " to "
                                        + column.end(level, true)
                                        + (column.metric() == Metric.THROUGHPUT ? " tok/s" : ""))
                                .collect(Collectors.joining(", "))
                : "";
    }

    public static ObjectNode json(LevelVerdict level) {
        ObjectNode node = Json.object().put("runs", level.runs().size());
        level.runs().stream().filter(LevelRepeat::shown).forEach(run -> node.put("timeline_of", run.number()));
        ObjectNode spread = node.putObject("spread");
        for (Field column : FIELDS) {
            column.end(level.runs(), false).ifPresent(lowest -> {
                ObjectNode ends = spread.putObject(column.key());
                number(ends, "min", column.value(lowest));
                number(ends, "max", column.value(column.end(level.runs(), true).orElse(lowest)));
            });
        }
        ArrayNode each = node.putArray("each");
        for (LevelRepeat run : level.runs()) {
            ObjectNode one = each.addObject()
                    .put("run", run.number())
                    .put("verdict", run.verdict().name());
            if (!run.leftOut().isEmpty()) {
                one.put("left_out", run.leftOut());
            }
            FIELDS.forEach(column -> number(one, column.key(), column.value(run.result())));
        }
        return node;
    }

    private static void number(ObjectNode node, String key, double value) {
        if (Double.isInfinite(value)) {
            node.putNull(key); // the rank falls on a failed request
        } else if (!Double.isNaN(value)) {
            Json.put(node, key, value, 6);
        }
    }
}
