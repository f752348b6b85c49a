package dev.llmload.report.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.MethodComparison;
import dev.llmload.report.RunOutcome;
import dev.llmload.report.TestReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code results.json}, schema {@code llm-load/1}: everything that a run came to, for machines. Ratios are fractions,
 * times decimals in ms, a budget's {@code actual} and {@code limit} are in its {@code unit}; keys of what is absent are
 * left out. Written whatever happened. The same results give the same text.
 */
public final class ResultsJson {
    /** Name of the file in the run's folder. */
    public static final String FILE = "results.json";

    private ResultsJson() {}

    /**
     * Writes the file with p50, p90, p95 and p99, whole or not at all.
     *
     * @param dir folder of the run
     * @param tests every test of the run
     * @param simulated whether any of them talked to the embedded simulator
     * @throws IOException if it cannot be written
     */
    public static void write(Path dir, List<TestReport> tests, boolean simulated) throws IOException {
        write(dir, tests, simulated, Percentiles.USUAL);
    }

    /**
     * Writes the file, whole or not at all.
     *
     * @param dir folder of the run
     * @param tests every test of the run
     * @param simulated whether any of them talked to the embedded simulator
     * @param percentiles which percentiles each distribution has, above 0 and at most 100; a key is {@code p50} or
     *     {@code p99.9}
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if there is no such percentile
     */
    public static void write(Path dir, List<TestReport> tests, boolean simulated, List<Double> percentiles)
            throws IOException {
        AtomicFile.write(dir.resolve(FILE), render(tests, simulated, percentiles));
    }

    /**
     * The text of the file with p50, p90, p95 and p99.
     *
     * @param tests every test of the run
     * @param simulated whether any of them talked to the embedded simulator
     */
    public static String render(List<TestReport> tests, boolean simulated) {
        return render(tests, simulated, Percentiles.USUAL);
    }

    /**
     * The text of the file.
     *
     * @param tests every test of the run
     * @param simulated whether any of them talked to the embedded simulator
     * @param percentiles which percentiles each distribution has, above 0 and at most 100
     * @throws IllegalArgumentException if there is no such percentile
     */
    public static String render(List<TestReport> tests, boolean simulated, List<Double> percentiles) {
        return Json.pretty(tree(tests, simulated, percentiles));
    }

    /**
     * What the file holds.
     *
     * @param tests every test of the run
     * @param simulated whether any of them talked to the embedded simulator
     * @param percentiles which percentiles each distribution has, above 0 and at most 100
     * @throws IllegalArgumentException if there is no such percentile
     */
    public static ObjectNode tree(List<TestReport> tests, boolean simulated, List<Double> percentiles) {
        List<Double> each = Percentiles.of(percentiles);
        ObjectNode root = Json.object();
        root.put("schema", "llm-load/1")
                .put("simulated", simulated || tests.stream().anyMatch(TestReport::simulated));
        RunOutcome whole = RunOutcome.of(tests);
        root.put("verdict", whole.status().name());
        ArrayNode all = root.putArray("tests");
        tests.forEach(test -> all.add(test(test, each)));
        List<MethodComparison> comparisons = MethodComparison.of(tests);
        if (!comparisons.isEmpty()) {
            ArrayNode sideBySide = root.putArray("side_by_side");
            comparisons.forEach(comparison -> sideBySide.add(SideBySideJson.of(comparison)));
        }
        return root;
    }

    /**
     * One level as the file has it, by itself, with p50, p90, p95 and p99.
     *
     * @param level a judged level
     * @param outcome of its invocation
     */
    public static String render(LevelVerdict level, InvocationOutcome outcome) {
        return Json.pretty(LevelJson.of(level, outcome, Percentiles.USUAL));
    }

    // What decided besides levels that were measured: the comparison, what did not run, the test as a whole.
    private static void outcome(ObjectNode node, TestReport test) {
        ArrayNode causes = node.putArray("outcome");
        test.besidesLevels().forEach(outcome -> OutcomeJson.into(causes, outcome));
    }

    private static ObjectNode test(TestReport test, List<Double> percentiles) {
        ObjectNode node =
                Json.object().put("id", test.id()).put("verdict", test.status().name());
        outcome(node, test);
        if (!test.error().isEmpty()) {
            node.put("error", test.error());
        }
        ArrayNode levels = node.putArray("levels");
        test.levels().forEach(level -> levels.add(LevelJson.of(level, test.outcome(level), percentiles)));
        test.unusable()
                .forEach(level ->
                        levels.add(level.json(test.outcome(level.level().name()))));
        if (!test.notRun().isEmpty()) {
            ArrayNode notRun = node.putArray("not_run");
            test.notRun().forEach(notRun::add);
        }
        if (test.levels().size() > 1 || !test.sweep().isEmpty()) {
            node.set("scaling", ScalingJson.of(test));
        }
        return node;
    }
}
