package dev.llmload.report;

import dev.llmload.analysis.Projection;
import dev.llmload.analysis.SweepAnalysis;
import dev.llmload.analysis.SweepSettings;
import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.result.Level;
import dev.llmload.spi.Status;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * @param outcomes what each invocation came to: those given, and of levels that have none yet, what was measured alone
 */
public record TestReport(
        String id,
        String displayName,
        List<LevelVerdict> levels,
        List<String> notRun,
        List<BudgetOutcome> sweep,
        String error,
        SweepSettings settings,
        List<UnusableLevel> unusable,
        List<InvocationOutcome> outcomes) {
    /** Copies the lists. */
    public TestReport {
        levels = List.copyOf(levels);
        notRun = List.copyOf(notRun);
        sweep = List.copyOf(sweep);
        unusable = List.copyOf(unusable);
        outcomes = complete(outcomes, levels, sweep, unusable, error);
    }

    /**
     * A test of which no invocation has ended yet.
     *
     * @param id id of the test
     * @param displayName as the build tool shows it
     * @param levels the levels that ran
     * @param notRun the levels that did not, with reasons
     * @param sweep budgets on the test as a whole
     * @param error why it could not run or finish; empty if it did
     * @param settings how the levels are looked at together
     * @param unusable the levels of which nothing could be measured
     */
    public TestReport(
            String id,
            String displayName,
            List<LevelVerdict> levels,
            List<String> notRun,
            List<BudgetOutcome> sweep,
            String error,
            SweepSettings settings,
            List<UnusableLevel> unusable) {
        this(id, displayName, levels, notRun, sweep, error, settings, unusable, List.of());
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

    /**
     * A test that could not be set up.
     *
     * @param id id of the test
     * @param message what is wrong with what is declared or configured
     */
    public static TestReport misconfigured(String id, String message) {
        return new TestReport(
                id,
                shortName(id),
                List.of(),
                List.of(),
                List.of(),
                message,
                SweepSettings.USUAL,
                List.of(),
                List.of(new InvocationOutcome("", Status.MISCONFIGURED, message)));
    }

    /** The same with what its invocations came to. */
    public TestReport with(List<InvocationOutcome> ended) {
        return new TestReport(id, displayName, levels, notRun, sweep, error, settings, unusable, ended);
    }

    private static List<InvocationOutcome> complete(
            List<InvocationOutcome> given,
            List<LevelVerdict> levels,
            List<BudgetOutcome> sweep,
            List<UnusableLevel> unusable,
            String error) {
        Map<String, InvocationOutcome> all = new LinkedHashMap<>();
        levels.forEach(level -> all.put(level.result().level().name(), InvocationOutcome.of(level)));
        unusable.forEach(level -> all.put(level.level().name(), level.outcome()));
        boolean compared = given.stream().anyMatch(outcome -> !all.containsKey(outcome.name()));
        if (!sweep.isEmpty() && !compared) {
            all.put("scaling", InvocationOutcome.of("scaling", sweep));
        }
        given.forEach(outcome -> all.put(outcome.name(), outcome));
        if (!error.isEmpty()
                && all.values().stream().noneMatch(outcome -> outcome.status().isGrave())) {
            all.put(
                    "",
                    InvocationOutcome.decided("", List.of(new Cause(Cause.Kind.ENDPOINT, Status.ERROR, error)), error));
        }
        return List.copyOf(all.values());
    }

    /** The gravest of its invocations. */
    public Status status() {
        return RunOutcome.of(List.of(this)).status();
    }

    /** What an invocation came to; of a level, its display name is the level's. */
    public InvocationOutcome outcome(String name) {
        return outcomes.stream()
                .filter(outcome -> outcome.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no invocation of " + id + " is called " + name));
    }

    /** What came to something besides the levels: the comparison of all, levels that did not run, the test as a whole. */
    public List<InvocationOutcome> besidesLevels() {
        Set<String> known = levels.stream()
                .map(level -> level.result().level().name())
                .collect(Collectors.toCollection(HashSet::new));
        unusable.forEach(level -> known.add(level.level().name()));
        return outcomes.stream()
                .filter(outcome -> !known.contains(outcome.name()))
                .toList();
    }

    /** Whether an invocation passed and judged nothing: it compares the levels, and no budget is on all of them. */
    public boolean comparesOnly(InvocationOutcome entry) {
        return sweep.isEmpty()
                && entry.status() == Status.PASS
                && !entry.name().isEmpty()
                && !levels.isEmpty()
                && levels.stream().noneMatch(l -> l.result().level().name().equals(entry.name()));
    }

    /** What a level came to. */
    public InvocationOutcome outcome(LevelVerdict level) {
        return outcome(level.result().level().name());
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
