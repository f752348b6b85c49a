package dev.llmload.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.budget.SideBySide;
import dev.llmload.budget.baseline.Change;
import dev.llmload.report.console.Box;
import dev.llmload.report.console.Glyphs;
import dev.llmload.report.file.ChangeJson;
import dev.llmload.report.file.Json;
import dev.llmload.report.file.Markdown;
import dev.llmload.report.file.MarkdownTable;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Load tests of one class at equal levels: two back ends, usually. The first that ran is A, each other is B in a comparison
 * of its own. Immutable.
 *
 * @param first A
 * @param second B
 * @param levels those that both ran, in A's order
 */
public record MethodComparison(TestReport first, TestReport second, List<SideBySide> levels) {
    /** Copies the list. */
    public MethodComparison {
        levels = List.copyOf(levels);
    }

    /** All comparisons of a run; none where no two tests of a class have a level in common. */
    public static List<MethodComparison> of(List<TestReport> tests) {
        Map<String, List<TestReport>> byClass = new LinkedHashMap<>();
        tests.stream()
                .filter(test -> !test.levels().isEmpty())
                .forEach(test -> byClass.computeIfAbsent(type(test), key -> new ArrayList<>())
                        .add(test));
        List<MethodComparison> all = new ArrayList<>();
        for (List<TestReport> methods : byClass.values()) {
            TestReport first = methods.get(0);
            for (TestReport second : methods.subList(1, methods.size())) {
                List<SideBySide> levels = common(first, second);
                if (!levels.isEmpty()) {
                    all.add(new MethodComparison(first, second, levels));
                }
            }
        }
        return all;
    }

    private static List<SideBySide> common(TestReport first, TestReport second) {
        List<SideBySide> levels = new ArrayList<>();
        for (LevelVerdict one : first.levels()) {
            second.levels().stream()
                    .filter(other -> other.result().level().equals(one.result().level()))
                    .findFirst()
                    .ifPresent(other -> levels.add(SideBySide.of(one, other)));
        }
        return levels;
    }

    private static String type(TestReport test) {
        return test.id().substring(0, Math.max(0, test.id().indexOf('#')));
    }

    private static String method(TestReport test) {
        return test.id().substring(test.id().indexOf('#') + 1);
    }

    private String title() {
        return TestReport.shortName(type(first)) + ": " + method(first) + " (A) and " + method(second) + " (B)";
    }

    private static String name(SideBySide.Row row) {
        String word = switch (row.metric()) {
            case THROUGHPUT -> "tok/s";
            case SUCCESS_RATE -> "success";
            case TOKENS_PER_JOULE -> "tok/J";
            default -> row.metric().word().toUpperCase(Locale.ROOT);
        };
        return row.statistic().text().isEmpty()
                ? word
                : word + " " + row.statistic().text();
    }

    private static String value(SideBySide.Row row, LoadResult result) {
        return row.metric().isDistribution()
                ? ShownNumbers.latency(result, row.metric(), row.statistic().percentile())
                : ShownNumbers.quantity(result, row.metric());
    }

    private static String winner(SideBySide.Row row) {
        return switch (row.winner()) {
            case FIRST -> "A";
            case SECOND -> "B";
            case NONE -> "no difference shown";
            case UNKNOWN -> row.reason();
        };
    }

    private static String difference(SideBySide.Row row, String between) {
        return row.change()
                .map(change -> Numbers.signed(change.fraction() * 100, "%")
                        + change.interval()
                                .map(range -> " (" + end(range.low()) + between + end(range.high()) + ")")
                                .orElse(""))
                .orElse("–");
    }

    private static String end(double ratio) {
        return Double.isInfinite(ratio) ? "∞" : Numbers.signed((ratio - 1) * 100, "");
    }

    private static List<String> remarks(SideBySide level) {
        return Stream.of(level.level().isOpen() ? "TTFT and E2E count from the scheduled instant" : "", level.lengths())
                .filter(remark -> !remark.isEmpty())
                .toList();
    }

    /** Framed, for the console; see {@link Glyphs} for consoles that have few characters. */
    public String console() {
        boolean simulated = first.simulated() || second.simulated();
        Box box = new Box(Box.left("SIDE BY SIDE", Box.INNER - (simulated ? 9 : 0)) + (simulated ? "SIMULATED" : ""));
        box.wrapped(title(), 2);
        for (SideBySide level : levels) {
            box.rule();
            box.line(Box.left(level.level().name(), 13) + Box.right("A", 8) + Box.right("B", 9)
                    + Box.left("  B against A, 95 % CI", 25) + "better");
            for (SideBySide.Row row : level.rows()) {
                String text = Box.left(name(row), 13)
                        + Box.right(value(row, level.first().result()), 8)
                        + Box.right(value(row, level.second().result()), 9)
                        + Box.left("  " + difference(row, "…"), 25);
                box.wrapped(text + winner(row), 55);
            }
            remarks(level).forEach(remark -> box.wrapped("· " + remark, 2));
        }
        return box.close();
    }

    public void markdown(StringBuilder text) {
        text.append("\n## Side by side · ").append(Markdown.text(title())).append("\n");
        for (SideBySide level : levels) {
            Table.Builder table = Table.of(
                    Column.text(level.level().name()),
                    Column.number("A"),
                    Column.number("B"),
                    Column.number("B against A (95 % CI)"),
                    Column.text("better"));
            for (SideBySide.Row row : level.rows()) {
                table.row(
                        name(row),
                        value(row, level.first().result()),
                        value(row, level.second().result()),
                        difference(row, " to "),
                        winner(row));
            }
            text.append('\n').append(MarkdownTable.render(table.build()));
            remarks(level)
                    .forEach(remark ->
                            text.append("\n- ").append(Markdown.text(remark)).append('\n'));
        }
    }

    /** A row for each level and number that both have. */
    public Table table() {
        Table.Builder table = Table.of(
                Column.text("level"),
                Column.text("number"),
                Column.number(method(first) + " (A)"),
                Column.number(method(second) + " (B)"),
                Column.number("B against A (95 % CI)"),
                Column.text("better"));
        for (SideBySide level : levels) {
            for (SideBySide.Row row : level.rows()) {
                table.row(
                        level.level().name(),
                        name(row),
                        value(row, level.first().result()),
                        value(row, level.second().result()),
                        difference(row, " to "),
                        winner(row));
            }
        }
        return table.build();
    }

    public ObjectNode json() {
        ObjectNode node = Json.object().put("a", first.id()).put("b", second.id());
        ArrayNode all = node.putArray("levels");
        for (SideBySide level : levels) {
            ObjectNode each = all.addObject().put("name", level.level().name());
            if (!level.lengths().isEmpty()) {
                each.put("lengths", level.lengths());
            }
            ArrayNode metrics = each.putArray("metrics");
            for (SideBySide.Row row : level.rows()) {
                List<Change> change = row.change().stream().toList();
                ObjectNode one = change.isEmpty()
                        ? Json.object().put("metric", number(row))
                        : (ObjectNode) ChangeJson.of(change, "a", "b").get(0);
                one.remove("shown");
                metrics.add(one.put("better", winner(row)));
            }
        }
        return node;
    }

    private static String number(SideBySide.Row row) {
        Metric metric = row.metric();
        return row.statistic().text().isEmpty()
                ? metric.word()
                : metric.word() + " " + row.statistic().text();
    }
}
