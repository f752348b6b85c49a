package dev.llmload.benchmark;

import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.BudgetRules;
import dev.llmload.budget.Judge;
import dev.llmload.budget.Looks;
import dev.llmload.budget.PooledRuns;
import dev.llmload.budget.baseline.BaselineEntry;
import dev.llmload.budget.baseline.BaselineReference;
import dev.llmload.budget.baseline.BaselineRun;
import dev.llmload.budget.baseline.Change;
import dev.llmload.budget.baseline.Circumstances;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.metric.SampleSoFar;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Verdict;
import dev.llmload.result.request.RequestRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Gates on modelled engines: the product's own distributions, looks, pooling, comparisons and judge, without network.
 * Immutable.
 *
 * @param users of each level
 * @param most requests at which a level that goes on is ended, as {@code maxDuration} would
 */
record ModelledGates(int users, int most) {
    private static final Circumstances SAME = new Circumstances(Map.of(), Map.of());
    private static final Set<Metric> TTFT = Set.of(Metric.TTFT);
    private static final Set<Metric> HEADLINES = Set.of(Metric.TTFT, Metric.TPOT, Metric.E2E);
    private static final int IN_COMPARISONS = 500;

    /** One gate as it was judged, and how many requests that took. */
    record Judged(Verdict verdict, int requests) {}

    /** How a gate is asked; for any thread. */
    interface Gate {
        Judged judge(SplittableRandom random);
    }

    /**
     * A level by itself.
     *
     * @param requests planned, or 0 for as many as the budget takes
     * @param goesOn whether the level goes on while its budget wants that
     */
    Gate level(ModelledEngine engine, String budget, double confidence, int requests, boolean goesOn) {
        List<BudgetRule> budgets = budgets(budget, confidence);
        int planned = requests > 0 ? requests : BudgetRules.openRequests(budgets);
        return random -> judged(
                engine.new Stream(random, 1), budgets, planned, goesOn, result -> BaselineReference.none("none"));
    }

    /** A level that runs several times. */
    Gate repeated(ModelledEngine engine, String budget, double confidence, int repeat, int requests) {
        List<BudgetRule> budgets = budgets(budget, confidence);
        return random -> {
            List<LoadResult> runs = runs(engine, 1, random, repeat, requests, TTFT);
            Verdict verdict = Judge.judge(PooledRuns.of(runs), runs, budgets, BaselineReference.none("none"))
                    .verdict();
            return new Judged(verdict, repeat * requests);
        };
    }

    /**
     * A level against a baseline of as many runs.
     *
     * @param factor by which its requests take longer to their first token than the baseline's, truly
     * @param goesOn of one run: whether it goes on while its budget wants that
     */
    Gate against(ModelledEngine engine, String budget, double factor, double confidence, int repeat, boolean goesOn) {
        List<BudgetRule> budgets = budgets(budget, confidence);
        return random -> {
            BaselineEntry before = baseline(engine, random.split(), repeat, TTFT);
            if (goesOn) {
                return judged(
                        engine.new Stream(random.split(), factor),
                        budgets,
                        IN_COMPARISONS,
                        true,
                        result -> reference(before, List.of(result)));
            }
            List<LoadResult> now = runs(engine, factor, random.split(), repeat, IN_COMPARISONS, TTFT);
            Verdict verdict = Judge.judge(PooledRuns.of(now), now, budgets, reference(before, now))
                    .verdict();
            return new Judged(verdict, repeat * IN_COMPARISONS);
        };
    }

    /** How the headline numbers of a release changed against the same release. */
    List<Change> pair(ModelledEngine engine, SplittableRandom random, int repeat) {
        BaselineEntry before = baseline(engine, random.split(), repeat, HEADLINES);
        return reference(before, runs(engine, 1, random.split(), repeat, IN_COMPARISONS, HEADLINES))
                .changes();
    }

    private static List<BudgetRule> budgets(String text, double confidence) {
        return List.of(BudgetParser.parse(text, "benchmark", List.of(), confidence));
    }

    private Judged judged(
            ModelledEngine.Stream stream,
            List<BudgetRule> budgets,
            int planned,
            boolean goesOn,
            Function<LoadResult, BaselineReference> baseline) {
        Looks looks = new Looks(budgets, planned);
        Set<Metric> metrics = looks.metrics();
        int requests = planned;
        LoadResult result = measured(stream.upTo(requests), metrics);
        while (goesOn) {
            int wanted = looks.wanted(result, baseline.apply(result));
            if (wanted <= requests || requests >= most) {
                break;
            }
            requests = Math.min(wanted, most);
            result = measured(stream.upTo(requests), metrics);
        }
        List<BudgetRule> last = goesOn ? looks.spent() : budgets;
        return new Judged(Judge.judge(result, last, baseline.apply(result)).verdict(), requests);
    }

    private List<LoadResult> runs(
            ModelledEngine engine,
            double factor,
            SplittableRandom random,
            int runs,
            int requests,
            Set<Metric> metrics) {
        List<LoadResult> all = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            all.add(measured(engine.new Stream(random.split(), factor).upTo(requests), metrics));
        }
        return all;
    }

    private LoadResult measured(List<RequestRecord> records, Set<Metric> metrics) {
        return SampleSoFar.of(Level.users(users), records, metrics);
    }

    private BaselineEntry baseline(ModelledEngine engine, SplittableRandom random, int repeat, Set<Metric> metrics) {
        return new BaselineEntry(
                "benchmark", "level", SAME, kept(runs(engine, 1, random, repeat, IN_COMPARISONS, metrics)));
    }

    private static BaselineReference reference(BaselineEntry before, List<LoadResult> now) {
        return new BaselineReference(Optional.of(before), "", SAME, kept(now));
    }

    private static List<BaselineRun> kept(List<LoadResult> results) {
        return results.stream().map(result -> BaselineRun.of(result, "")).toList();
    }
}
