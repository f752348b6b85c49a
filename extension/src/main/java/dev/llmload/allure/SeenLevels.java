package dev.llmload.allure;

import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.MethodComparison;
import dev.llmload.report.Table;
import dev.llmload.report.TestReport;
import dev.llmload.result.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The levels of a run so far, to set tests of one class side by side. Not thread-safe. */
final class SeenLevels {
    private final Map<String, List<LevelVerdict>> tests = new LinkedHashMap<>();

    void add(LevelVerdict level) {
        tests.computeIfAbsent(level.result().subject().test(), key -> new ArrayList<>())
                .add(level);
    }

    /** A test's level beside the same one of the first test of its class; empty where that has none. */
    Optional<Table> beside(String test, Level level) {
        return table(test, one -> one.result().level().equals(level));
    }

    /** All levels of a test beside those of the first test of its class. */
    Optional<Table> beside(String test) {
        return table(test, one -> true);
    }

    private Optional<Table> table(String test, Predicate<LevelVerdict> wanted) {
        List<TestReport> reports = tests.entrySet().stream()
                .map(each -> new TestReport(
                        each.getKey(),
                        each.getKey(),
                        each.getValue().stream().filter(wanted).toList(),
                        List.of()))
                .toList();
        return MethodComparison.of(reports).stream()
                .filter(comparison -> comparison.second().id().equals(test))
                .findFirst()
                .map(MethodComparison::table);
    }
}
