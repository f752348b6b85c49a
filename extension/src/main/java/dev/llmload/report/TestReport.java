package dev.llmload.report;

import dev.llmload.analysis.Projection;
import dev.llmload.analysis.SweepAnalysis;
import dev.llmload.analysis.SweepSettings;
import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.result.Level;
import dev.llmload.result.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one load test came to: the input of every report. Immutable.
 *
 * @param id id of the test: {@code com.acme.ChatReleaseTest#chat}
 * @param displayName as the build tool shows it
 * @param levels the levels that ran, in the order of running
 * @param notRun the levels that did not run, each a name and the reason: {@code "100 users: a key removed it"}
 * @param sweep budgets that only the test as a whole can decide, such as a capacity
 * @param error why the test could not run or could not finish, for example that the endpoint was unusable; empty if it
 *     did
 * @param settings how the levels are looked at together
 * @param unusable the levels of which nothing could be measured, in the order of running
 */
public record TestReport(
        String id,
        String displayName,
        List<LevelVerdict> levels,
        List<String> notRun,
        List<BudgetOutcome> sweep,
        String error,
        SweepSettings settings,
        List<UnusableLevel> unusable) {
    /** Copies the lists. */
    public TestReport {
        levels = List.copyOf(levels);
        notRun = List.copyOf(notRun);
        sweep = List.copyOf(sweep);
        unusable = List.copyOf(unusable);
    }

    /**
     * A test of which every level could be measured, or did not run.
     *
     * @param id id of the test
     * @param displayName as the build tool shows it
     * @param levels the levels that ran
     * @param notRun the levels that did not, with reasons
     * @param sweep budgets on the test as a whole
     * @param error why it could not run or finish; empty if it did
     * @param settings how the levels are looked at together
     */
    public TestReport(
            String id,
            String displayName,
            List<LevelVerdict> levels,
            List<String> notRun,
            List<BudgetOutcome> sweep,
            String error,
            SweepSettings settings) {
        this(id, displayName, levels, notRun, sweep, error, settings, List.of());
    }

    /**
     * A test whose levels are looked at as usual, without costs.
     *
     * @param id id of the test
     * @param displayName as the build tool shows it
     * @param levels the levels that ran
     * @param notRun the levels that did not, with reasons
     * @param sweep budgets on the test as a whole
     * @param error why it could not run or finish; empty if it did
     */
    public TestReport(
            String id,
            String displayName,
            List<LevelVerdict> levels,
            List<String> notRun,
            List<BudgetOutcome> sweep,
            String error) {
        this(id, displayName, levels, notRun, sweep, error, SweepSettings.USUAL);
    }

    /**
     * A test that ran, without budgets on the whole of it.
     *
     * @param id id of the test
     * @param displayName as the build tool shows it
     * @param levels the levels that ran
     * @param notRun the levels that did not, with reasons
     */
    public TestReport(String id, String displayName, List<LevelVerdict> levels, List<String> notRun) {
        this(id, displayName, levels, notRun, List.of(), "");
    }

    /** A test of which nothing could be measured, and why. */
    public static TestReport unusable(String id, String displayName, String error) {
        return new TestReport(id, displayName, List.of(), List.of(), List.of(), error);
    }

    /** FAIL over INCONCLUSIVE over NOT_MEASURED over PASS, of all levels; a test with an error is at least INCONCLUSIVE. */
    public Verdict verdict() {
        Verdict verdict = error.isEmpty() ? Verdict.PASS : Verdict.INCONCLUSIVE;
        for (LevelVerdict level : levels) {
            verdict = verdict.and(level.verdict());
        }
        for (BudgetOutcome outcome : sweep) {
            verdict = verdict.and(outcome.verdict());
        }
        return verdict;
    }

    /** What the levels say together. */
    public SweepAnalysis analysis() {
        Set<Level> holding = levels.stream()
                .filter(LevelVerdict::holds)
                .map(level -> level.result().level())
                .collect(Collectors.toSet());
        return SweepAnalysis.of(levels.stream().map(LevelVerdict::result).toList(), holding, settings.rules());
    }

    /** What the endpoint does in an hour and a day at its capacity; empty if no level holds, or nothing was measured. */
    public Optional<Projection> projection() {
        return analysis().capacity().flatMap(result -> Projection.of(result, settings.cost()));
    }

    /** Whether any level was answered by the embedded simulator. */
    public boolean simulated() {
        return levels.stream().anyMatch(l -> l.result().subject().simulated());
    }

    /** {@code ChatReleaseTest.chat} of {@code com.acme.ChatReleaseTest#chat}. */
    public static String shortName(String id) {
        int hash = id.indexOf('#');
        String type = hash < 0 ? id : id.substring(0, hash);
        String simple = type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
        return hash < 0 ? simple : simple + "." + id.substring(hash + 1);
    }
}
