package dev.llmload.junit.run;

import dev.llmload.analysis.Sweep;
import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.BudgetRules;
import dev.llmload.budget.Judge;
import dev.llmload.budget.LevelVerdict;
import dev.llmload.budget.Looks;
import dev.llmload.budget.baseline.BaselineReference;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.junit.declared.EndpointChoice;
import dev.llmload.junit.declared.LoadTestSpec;
import dev.llmload.load.Sampling;
import dev.llmload.load.plan.LevelPlan;
import dev.llmload.load.preflight.EndpointUnusableException;
import dev.llmload.metric.LevelAssembler;
import dev.llmload.metric.LevelRecording;
import dev.llmload.report.Cause;
import dev.llmload.report.EndedLevel;
import dev.llmload.report.InvocationOutcome;
import dev.llmload.report.JudgedLevel;
import dev.llmload.report.PhaseSpan;
import dev.llmload.report.SweepView;
import dev.llmload.report.TestReport;
import dev.llmload.report.UnusableLevel;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.RequestCounts;
import dev.llmload.result.SweepResult;
import dev.llmload.result.Verdict;
import dev.llmload.result.measured.Measurement;
import dev.llmload.spi.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * One load test as it runs: prepares the endpoint before the first level that runs, offers each level, keeps what came
 * of it. Confined to the thread of the test; closed with the test template.
 */
final class LoadTestRun implements Store.CloseableResource, AutoCloseable {
    private final RunSession session;
    private final Map<String, LevelVerdict> verdicts = new LinkedHashMap<>();
    private final Map<String, List<PhaseSpan>> phases = new HashMap<>();
    private final Map<String, LoadResult> measured = new HashMap<>();
    private final Set<String> concluded = new HashSet<>();
    private final Set<Long> promptsSent = new HashSet<>();
    private LoadTestSpec test;
    private BaselineRecorder baseline;
    private Optional<PreparedEndpoint> endpoint = Optional.empty();
    private Optional<ExtensionConfigurationException> misconfigured = Optional.empty();
    private Optional<RuntimeException> unusable = Optional.empty();
    private Optional<Level> unusableAt = Optional.empty();
    private Optional<LoadResult> aborted = Optional.empty();
    private Optional<LevelSampling> sampling = Optional.empty();
    private final Map<String, InvocationOutcome> outcomes = new LinkedHashMap<>();
    private List<BudgetOutcome> sweep = List.of();
    private boolean compared;
    private final RunCollector.Earlier earlier;

    LoadTestRun(LoadTestSpec test, RunSession session) {
        this.test = test;
        this.session = session;
        this.baseline = new BaselineRecorder(test, session.settings());
        this.earlier = RunCollector.earlier(test.id());
        earlier.report().ifPresent(report -> report.outcomes().forEach(each -> outcomes.put(each.name(), each)));
        // Run again are the invocations that failed: the others stay in what is reported.
        List<LevelVerdict> before = earlier.report().map(TestReport::levels).orElse(List.of());
        for (Level level : test.load().levels()) {
            before.stream()
                    .filter(verdict -> verdict.result().level().equals(level))
                    .forEach(verdict -> verdicts.put(level.name(), verdict));
        }
    }

    /**
     * Finds the endpoint, if only the running test knows where it is.
     *
     * @param known what the invocation that is about to begin knows of it
     * @throws ExtensionConfigurationException if it is not known even now; so for each level
     */
    void locate(Supplier<EndpointChoice> known) {
        if (test.endpoint().knownLater().isEmpty()) {
            return;
        }
        misconfigured.ifPresent(earlier -> {
            throw new ExtensionConfigurationException(earlier.getMessage());
        });
        try {
            test = test.at(known.get());
            baseline = new BaselineRecorder(test, session.settings());
        } catch (ExtensionConfigurationException e) {
            misconfigured = Optional.of(e);
            throw e;
        }
    }

    /** Offers one level's load. */
    void measure(Level level, Optional<Duration> deadline) {
        unusable.ifPresent(earlier -> {
            throw new EndpointUnusableException(
                    test.displayName() + " @ " + level.name() + " did not run: " + earlier.getMessage());
        });
        if (aborted.isPresent()) {
            throw new NotRunException(
                    test.displayName() + " @ " + level.name() + " did not run: " + whyNotAfter(aborted.get()));
        }
        try {
            coolDown(level);
            Optional<Duration> left = prepare(deadline);
            LevelRuns runs =
                    LevelRuns.of(test.load().volume().repeat(), left, (number, limit) -> offer(level, number, limit));
            LoadResult result = runs.judged();
            aborted = result.aborted().map(reason -> result);
            BaselineReference reference =
                    baseline.compare(level, result, runs.results(), prepared().server(), session.events()::warned);
            List<BudgetRule> budgets = sampling.map(LevelSampling::budgets).orElseGet(() -> budgets(level));
            List<BudgetRule> ofOneRun =
                    budgets.stream().filter(budget -> !budget.ofBaseline()).toList();
            LevelVerdict verdict = Judge.judge(reference.annotate(result), runs.results(), budgets, reference)
                    .of(runs.forReports(run -> Judge.judge(run, ofOneRun).verdict()));
            Optional<LevelVerdict> before = Optional.ofNullable(verdicts.get(level.name()));
            verdicts.put(
                    level.name(),
                    before.map(known -> verdict.after(known, failedBefore(level)))
                            .orElse(verdict));
            measured.put(level.name(), verdict.result());
            phases.put(level.name(), runs.phases());
            session.events().testChanged(report());
        } catch (EndpointUnusableException | HostBusyException e) {
            unusable = Optional.of(e);
            unusableAt = Optional.of(level);
            session.events().testChanged(report());
            throw e;
        } catch (AssertionError e) { // verdicts come later: here it is a defect, and no broken budget
            throw new IllegalStateException(
                    test.displayName() + " @ " + level.name() + " could not be measured: " + e, e);
        }
    }

    private boolean failedBefore(Level level) {
        InvocationOutcome before = earlier.entries().get(level.name());
        return before != null && before.status() == Status.FAIL;
    }

    // What is left of the deadline once the host is this test's: waiting for that counts.
    private Optional<Duration> prepare(Optional<Duration> deadline) {
        boolean first = endpoint.isEmpty();
        PreparedEndpoint ready = prepared(deadline);
        return first
                ? deadline.map(limit -> limit.minus(ready.lock().waited()))
                        .map(left -> left.isNegative() ? Duration.ZERO.plusMillis(1) : left)
                : deadline;
    }

    private void coolDown(Level level) {
        if (endpoint.isPresent()) {
            test.load().coolDown().ifPresent(limit -> prepared().session().coolDown(level.name(), limit));
        }
    }

    private LevelRuns.Run offer(Level level, int number, Optional<Duration> deadline) {
        int repeat = test.load().volume().repeat();
        prepared().observer().begin(level, number, repeat);
        LevelPlan plan = plan(level, number, deadline);
        sampling = sampling(level, plan.limits().requests());
        LevelRecording measurement = prepared()
                .session()
                .run(
                        plan,
                        prepared().prompts(),
                        test.load().abortWhen(),
                        sampling.<Sampling>map(each -> each).orElse(Sampling.AS_PLANNED));
        LoadResult result = noted(
                priced(prepared().meter().complete(LevelAssembler.assemble(measurement, promptsSent), measurement)));
        promptsSent.addAll(measurement.prompts());
        session.events().loadMeasured(result);
        LoadResult whole = measurement
                .aborted()
                .map(reason -> Measurement.from(result).aborted(reason).build())
                .orElse(result);
        return new LevelRuns.Run(whole, Phases.of(measurement.wholeRun(), result.window()));
    }

    // Where the user left the number of requests open. Several runs are more requests already, and how far they are
    // apart no
    // single one can tell.
    private Optional<LevelSampling> sampling(Level level, int planned) {
        LoadTestSpec.Volume volume = test.load().volume();
        List<BudgetRule> budgets = budgets(level);
        boolean open = volume.requests() == 0 && planned > 0 && volume.repeat() == 1 && Looks.matter(budgets);
        return open
                ? Optional.of(new LevelSampling(level, budgets, planned, soFar -> baseline.soFar(level, soFar)))
                : Optional.empty();
    }

    private List<BudgetRule> budgets(Level level) {
        return test.judgement().at(level);
    }

    private LoadResult noted(LoadResult result) {
        return sampling.map(each -> Measurement.from(result).notes(each.notes()).build())
                .orElse(result);
    }

    private LoadResult priced(LoadResult result) {
        return test.judgement()
                .sweep()
                .cost()
                .map(plan -> Measurement.from(result)
                        .quantity(plan.perMillion(result))
                        .quantity(plan.perMillionGood(result))
                        .build())
                .orElse(result);
    }

    // Each run has arrivals and pauses of its own, or how far the runs are apart would be told too small.
    private LevelPlan plan(Level level, int number, Optional<Duration> deadline) {
        return test.load()
                .plan(
                        level,
                        BudgetRules.openRequests(budgets(level)),
                        test.request().seed() + number - 1,
                        deadline);
    }

    private PreparedEndpoint prepared() {
        return prepared(Optional.empty());
    }

    private PreparedEndpoint prepared(Optional<Duration> timeout) {
        if (endpoint.isEmpty()) {
            test.judgement().budgets().stream()
                    .flatMap(budget -> BudgetParser.warnings(budget).stream())
                    .forEach(session.events()::warned);
            PreparedEndpoint made = PreparedEndpoint.prepare(test, session, timeout);
            promptsSent.addAll(made.promptsOfWarmUp());
            endpoint = Optional.of(made);
        }
        return endpoint.get();
    }

    /**
     * Shows and judges one level; nothing to do if it could not run.
     *
     * @param body what the test method threw, if anything
     */
    void conclude(Level level, Optional<Throwable> body) {
        LevelVerdict verdict = verdicts.get(level.name());
        if (verdict != null) {
            boolean last = !test.load().scaling()
                    && level.equals(
                            test.load().levels().get(test.load().levels().size() - 1));
            List<BudgetRule> removed = last ? test.judgement().unreachable() : List.of();
            InvocationOutcome known = InvocationOutcome.of(verdict)
                    .and(removed.stream().map(Cause::removed).toList(), "");
            outcomes.put(level.name(), known);
            concluded.add(level.name());
            InvocationOutcome shown = withThrown(known, body);
            session.events()
                    .levelJudged(new JudgedLevel(
                            verdict, shown, phases.getOrDefault(level.name(), List.of()), last, isFresh(level.name())));
            new VerdictEnforcer(test, session, earlier.entries(), this::said).of(verdict, removed);
        }
    }

    Optional<LoadResult> result(Level level) {
        return Optional.ofNullable(verdicts.get(level.name())).map(LevelVerdict::result);
    }

    String scalingName() {
        List<Level> levels = test.load().levels();
        return "scaling " + levels.get(0).amount() + " → "
                + levels.get(levels.size() - 1).name();
    }

    /** Looks at all levels together, and judges the budgets on them. */
    void compare() {
        if (verdicts.isEmpty()) {
            throw new NotRunException("nothing to compare: no level of " + test.displayName() + " ran");
        }
        judgeSweep();
        compared = true;
    }

    /** What the levels came to together; empty before they are compared. */
    Optional<SweepResult> sweep() {
        return compared ? Optional.of(SweepView.of(report())) : Optional.empty();
    }

    LoadResult lastResult() {
        List<LevelVerdict> all = List.copyOf(verdicts.values());
        return all.get(all.size() - 1).result();
    }

    void concludeScaling() {
        if (compared) {
            TestReport report = report();
            session.events().testChanged(report);
            session.events().sweepJudged(report);
            new VerdictEnforcer(test, session, earlier.entries(), this::said)
                    .ofSweep(report, scalingName(), test.judgement().unreachable());
        }
    }

    // A verdict counts even where it is told not to fail the test.
    private void said(String invocation, String message) {
        outcomes.computeIfPresent(invocation, (name, known) -> known.and(List.of(), message));
    }

    /**
     * Notes how an invocation ended, whatever part of it failed, and writes it.
     *
     * @param invocation its display name
     * @param thrown by its body, a callback or the verdict, if anything
     */
    void ended(String invocation, Optional<Throwable> thrown) {
        InvocationOutcome known = Optional.ofNullable(outcomes.remove(invocation))
                .filter(outcome -> concluded.contains(invocation))
                .orElseGet(() -> InvocationOutcome.decided(invocation, List.of(), ""));
        outcomes.put(invocation, withThrown(known, thrown));
        TestReport report = report();
        session.events().testChanged(report);
        test.load().levels().stream()
                .filter(level -> level.name().equals(invocation))
                .findFirst()
                .ifPresentOrElse(
                        level -> session.events()
                                .levelEnded(new EndedLevel(
                                        report,
                                        level,
                                        outcomes.get(invocation),
                                        Optional.ofNullable(verdicts.get(invocation)),
                                        isFresh(invocation))),
                        () -> session.events().sweepEnded(report, invocation));
    }

    // Not so where an attempt that failed counts, and this one measured something else.
    private boolean isFresh(String level) {
        return Optional.ofNullable(verdicts.get(level))
                .filter(verdict -> verdict.result() == measured.get(level))
                .isPresent();
    }

    private InvocationOutcome withThrown(InvocationOutcome known, Optional<Throwable> thrown) {
        return InvocationOutcomes.with(known, thrown, test.endpoint().settings().secrets());
    }

    /** What is known so far, the levels that did not run included. */
    TestReport report() {
        List<String> notRun = new ArrayList<>();
        boolean after = false;
        for (Level level : test.load().levels()) {
            if (!verdicts.containsKey(level.name()) && unusable.isEmpty()) {
                notRun.add(level.name() + (after ? ": " + whyNotAfter(aborted.orElseThrow()) : ""));
            }
            after |= aborted.filter(result -> result.level().equals(level)).isPresent();
        }
        return new TestReport(
                test.id(),
                test.displayName(),
                List.copyOf(verdicts.values()),
                notRun,
                sweep,
                misconfigured
                        .<RuntimeException>map(e -> e)
                        .or(() -> unusable)
                        .map(RuntimeException::getMessage)
                        .orElse(""),
                test.judgement().sweep(),
                unusableLevels(),
                List.copyOf(outcomes.values()));
    }

    // The one that showed it, with its requests, and those after it, which did not run.
    private List<UnusableLevel> unusableLevels() {
        List<UnusableLevel> all = new ArrayList<>();
        for (Level level : test.load().levels()) {
            if (unusable.isPresent() && !verdicts.containsKey(level.name())) {
                boolean tried = unusableAt.filter(level::equals).isPresent();
                String why = String.valueOf(unusable.get().getMessage());
                Optional<RequestCounts> requests = tried && unusable.get() instanceof EndpointUnusableException known
                        ? known.requests()
                        : Optional.empty();
                List<BudgetRule> budgets = test.judgement().at(level).stream()
                        .filter(budget -> !budget.isSweepBudget())
                        .toList();
                all.add(new UnusableLevel(level, tried ? why : "did not run: " + why, requests, budgets));
            }
        }
        return all;
    }

    private static String whyNotAfter(LoadResult aborted) {
        return aborted.level().name() + " was aborted: " + aborted.aborted().orElseThrow();
    }

    private void judgeSweep() {
        List<LevelVerdict> levels = List.copyOf(verdicts.values());
        sweep = Judge.judgeSweep(
                Sweep.of(levels.stream().map(LevelVerdict::result).toList()),
                levels,
                test.judgement().budgets());
        List<Cause> causes = new ArrayList<>();
        sweep.stream()
                .filter(each -> each.verdict() != Verdict.PASS)
                .map(Cause::of)
                .forEach(causes::add);
        test.judgement().unreachable().stream().map(Cause::removed).forEach(causes::add);
        String name = scalingName();
        outcomes.put(name, InvocationOutcome.decided(name, causes, ""));
        concluded.add(name);
    }

    @Override
    public void close() {
        try {
            session.events().testEnded(report());
            // While the host's load lock is held: nobody else writes the file.
            baseline.write().ifPresent(session.events()::said);
        } finally {
            endpoint.ifPresent(PreparedEndpoint::close);
        }
        endpoint = Optional.empty();
    }
}
