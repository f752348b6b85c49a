package dev.llmload.report;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.budget.SideBySide;
import dev.llmload.result.LoadResult;
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

    /** {@code Chat: current (A) and candidate (B)}. */
    public String title() {
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

    /** {@code A}, {@code B}, or why neither is better. */
    public static String winner(SideBySide.Row row) {
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

    /** What to know about the numbers of a level, in sentences. */
    public static List<String> remarks(SideBySide level) {
        return Stream.of(level.level().isOpen() ? "TTFT and E2E count from the scheduled instant" : "", level.lengths())
                .filter(remark -> !remark.isEmpty())
                .toList();
    }

    /**
     * One level: a row for each number that both have.
     *
     * @param level of this comparison
     * @param difference title of the column of differences
     * @param between what stands between the ends of an interval
     */
    public Table table(SideBySide level, String difference, String between) {
        Table.Builder table = Table.of(
                Column.text(level.level().name()),
                Column.number("A"),
                Column.number("B"),
                Column.text(difference),
                Column.text("better"));
        level.rows().forEach(row -> table.row(cells(level, row, between)));
        return table.build();
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
            level.rows()
                    .forEach(row ->
                            table.row(Stream.concat(Stream.of(level.level().name()), cells(level, row, " to ").stream())
                                    .toList()));
        }
        return table.build();
    }

    private static List<String> cells(SideBySide level, SideBySide.Row row, String between) {
        return List.of(
                name(row),
                value(row, level.first().result()),
                value(row, level.second().result()),
                difference(row, between),
                winner(row));
    }
}
