package dev.llmload.benchmark;

import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.BudgetRules;
import dev.llmload.budget.Judge;
import dev.llmload.budget.Looks;
import dev.llmload.budget.PooledRuns;
import dev.llmload.budget.baseline.BaselineEntry;
import dev.llmload.budget.baseline.BaselineReference;
import dev.llmload.budget.baseline.BaselineRun;
import dev.llmload.budget.baseline.Circumstances;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.metric.SampleSoFar;
import dev.llmload.result.Level;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Metric;
import dev.llmload.result.Verdict;
import dev.llmload.result.request.RequestRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How often a verdict is wrong: many levels of engines whose truth is known, through the product's own distributions, looks
 * and judge; no network. Ends with 1 if a gate with a confidence is wrong more often than it says.
 */
public final class Verdicts {
    private static final double CONFIDENCE = 0.95;
    private static final int LEAST_PASSED = 95;
    private static final String GATE = "ttft p95 < " + (int) ModelledEngine.LIMIT_MILLIS + " ms";
    private static final Circumstances SAME = new Circumstances(Map.of(), Map.of());
    private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("trials", 400);
        DEFAULTS.put("users", 4);
        DEFAULTS.put("most", 12_000);
        DEFAULTS.put("seed", 1);
        DEFAULTS.put("only", 0);
        DEFAULTS.put("change", 0);
        DEFAULTS.put("independent", 1);
        DEFAULTS.put("episodes", 1);
    }

    /** One level as it was judged. */
    private record Judged(Verdict verdict, int requests) {}

    /** How a gate is asked. */
    private interface Gate {
        Judged judge(SplittableRandom random);
    }

    private final Options options;
    private boolean honest = true;
    private int most;

    private Verdicts(Options options) {
        this.options = options;
    }

    /**
     * Runs it.
     *
     * @param args the options, see benchmarks/README.md
     */
    public static void main(String[] args) {
        Options options = Options.parse(args, DEFAULTS);
        System.out.println(options);
        Verdicts all = new Verdicts(options);
        for (boolean episodes : new boolean[] {false, true}) {
            if (options.get(episodes ? "episodes" : "independent") > 0) {
                if (options.get("change") == 0) {
                    all.absolute(episodes);
                }
                if (options.get("only") == 0) {
                    all.relative(episodes);
                }
            }
        }
        System.out.println(
                all.honest
                        ? "with a confidence no verdict is wrong more often than it says"
                        : "NOT HONEST: see the rows with an exclamation mark");
        System.exit(all.honest ? 0 : 1);
    }

    private ModelledEngine engine(boolean episodes, double share) {
        int users = options.get("users");
        return episodes ? ModelledEngine.withEpisodes(users, share) : ModelledEngine.independent(users, share);
    }

    private void absolute(boolean episodes) {
        title(episodes, GATE, "true share beyond");
        for (double share : new double[] {0.025, 0.04, 0.05, 0.055, 0.06, 0.1}) {
            if (options.get("only") > 0 && options.get("only") != Math.round(1000 * share)) {
                continue;
            }
            // Near the limit nearly all go on to the end, which shows no more than that.
            most = share == 0.025 ? options.get("most") : options.get("most") / 3;
            ModelledEngine engine = engine(episodes, share);
            boolean holds = share <= 0.05;
            String truth = String.format(Locale.ROOT, "%.1f %%", 100 * share);
            row("plain, 200", truth, holds, false, random -> once(engine, random, 0, 200, false));
            row("plain, 200, goes on", truth, holds, false, random -> once(engine, random, 0, 200, true));
            row("confidence, 500", truth, holds, true, random -> once(engine, random, CONFIDENCE, 500, false));
            int passed =
                    row("confidence, goes on", truth, holds, true, random -> once(engine, random, CONFIDENCE, 0, true));
            row("repeat 3, plain, 200", truth, holds, false, random -> repeated(engine, random, 0, 200));
            row("repeat 3, conf., 390", truth, holds, true, random -> repeated(engine, random, CONFIDENCE, 390));
            if (share == 0.025 && passed < LEAST_PASSED * options.get("trials") / 100) {
                System.out.println("! a release at half the permitted share passes too seldom");
                honest = false;
            }
        }
    }

    private void relative(boolean episodes) {
        ModelledEngine engine = engine(episodes, 0.1);
        most = options.get("most") / 3;
        for (String statistic : new String[] {"p50", "p95"}) {
            String budget = "ttft " + statistic + " <= 105% of baseline";
            title(episodes, budget, "true change");
            for (double factor : new double[] {1, 1.04, 1.05, 1.06, 1.1}) {
                if (options.get("change") > 0 && options.get("change") != Math.round(100 * factor)) {
                    continue;
                }
                boolean holds = factor <= 1.05;
                String truth = String.format(Locale.ROOT, "%.0f %%", 100 * factor);
                row("plain, 500", truth, holds, false, random -> against(engine, budget, factor, random, 0, 1, false));
                row(
                        "confidence, 500",
                        truth,
                        holds,
                        true,
                        random -> against(engine, budget, factor, random, CONFIDENCE, 1, false));
                row(
                        "confidence, goes on",
                        truth,
                        holds,
                        true,
                        random -> against(engine, budget, factor, random, CONFIDENCE, 1, true));
                row(
                        "repeat 3, conf., 500",
                        truth,
                        holds,
                        true,
                        random -> against(engine, budget, factor, random, CONFIDENCE, 3, false));
            }
        }
    }

    private static List<BudgetRule> budgets(String text, double confidence) {
        return List.of(BudgetParser.parse(text, "benchmark", List.of(), confidence));
    }

    private LoadResult measured(List<RequestRecord> records) {
        return SampleSoFar.of(Level.users(options.get("users")), records, Set.of(Metric.TTFT));
    }

    /** One level, which goes on if its budgets want that. */
    private Judged once(
            ModelledEngine engine, SplittableRandom random, double confidence, int requests, boolean goesOn) {
        List<BudgetRule> budgets = budgets(GATE, confidence);
        int planned = requests > 0 ? requests : BudgetRules.openRequests(budgets);
        return judged(engine.new Stream(random, 1), budgets, planned, goesOn, result -> BaselineReference.none("none"));
    }

    private Judged judged(
            ModelledEngine.Stream stream,
            List<BudgetRule> budgets,
            int planned,
            boolean goesOn,
            Function<LoadResult, BaselineReference> baseline) {
        Looks looks = new Looks(budgets, planned);
        int requests = planned;
        LoadResult result = measured(stream.upTo(requests));
        while (goesOn) {
            int wanted = looks.wanted(result, baseline.apply(result));
            if (wanted <= requests || requests >= most) {
                break;
            }
            requests = Math.min(wanted, most);
            result = measured(stream.upTo(requests));
        }
        List<BudgetRule> last = goesOn ? looks.spent() : budgets;
        return new Judged(Judge.judge(result, last, baseline.apply(result)).verdict(), requests);
    }

    private List<LoadResult> runs(
            ModelledEngine engine, double factor, SplittableRandom random, int runs, int requests) {
        List<LoadResult> all = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            List<RequestRecord> records = engine.new Stream(random.split(), factor).upTo(requests);
            all.add(measured(records));
        }
        return all;
    }

    private Judged repeated(ModelledEngine engine, SplittableRandom random, double confidence, int requests) {
        List<LoadResult> runs = runs(engine, 1, random, 3, requests);
        Verdict verdict = Judge.judge(
                        PooledRuns.of(runs), runs, budgets(GATE, confidence), BaselineReference.none("none"))
                .verdict();
        return new Judged(verdict, 3 * requests);
    }

    private Judged against(
            ModelledEngine engine,
            String budget,
            double factor,
            SplittableRandom random,
            double confidence,
            int repeat,
            boolean goesOn) {
        int requests = 500;
        BaselineEntry before =
                new BaselineEntry("benchmark", "level", SAME, kept(runs(engine, 1, random.split(), repeat, requests)));
        List<BudgetRule> budgets = budgets(budget, confidence);
        if (goesOn) {
            return judged(
                    engine.new Stream(random.split(), factor),
                    budgets,
                    requests,
                    true,
                    result -> new BaselineReference(Optional.of(before), "", SAME, kept(List.of(result))));
        }
        List<LoadResult> now = runs(engine, factor, random.split(), repeat, requests);
        BaselineReference reference = new BaselineReference(Optional.of(before), "", SAME, kept(now));
        return new Judged(
                Judge.judge(PooledRuns.of(now), now, budgets, reference).verdict(), repeat * requests);
    }

    private static List<BaselineRun> kept(List<LoadResult> results) {
        return results.stream().map(result -> BaselineRun.of(result, "")).toList();
    }

    private void title(boolean episodes, String budget, String truth) {
        System.out.printf(
                "%n%s, %d users: %s%n%-18s %-22s %7s %7s %7s   %-13s %s%n",
                episodes ? "an engine that stands still for 30 ms now and then" : "independent requests",
                options.get("users"),
                budget,
                truth,
                "gate",
                "PASS",
                "unclear",
                "FAIL",
                "wrong",
                "requests");
    }

    /** Prints a row and returns how many trials passed. */
    private int row(String name, String truth, boolean holds, boolean promised, Gate gate) {
        int trials = options.get("trials");
        List<Judged> all = IntStream.range(0, trials)
                .parallel()
                .mapToObj(trial -> gate.judge(new SplittableRandom(1_000_003L * options.get("seed") + trial)))
                .toList();
        int passed = count(all, Verdict.PASS);
        int failed = count(all, Verdict.FAIL);
        int wrong = holds ? failed : passed;
        // Of verdicts that are wrong in 5 of 100, the trials themselves may show so many more.
        double allowed = 1 - CONFIDENCE + 2 * Math.sqrt(CONFIDENCE * (1 - CONFIDENCE) / trials);
        boolean tooOften = promised && wrong > allowed * trials;
        honest &= !tooOften;
        System.out.printf(
                Locale.ROOT,
                "%-18s %-22s %5.1f %% %5.1f %% %5.1f %%   %4.1f %% %s %s  %.0f%n",
                truth,
                name,
                100.0 * passed / trials,
                100.0 * (trials - passed - failed) / trials,
                100.0 * failed / trials,
                100.0 * wrong / trials,
                holds ? "FAIL" : "PASS",
                tooOften ? "!" : " ",
                all.stream().mapToInt(Judged::requests).average().orElse(0));
        return passed;
    }

    private static int count(List<Judged> all, Verdict verdict) {
        return (int) all.stream().filter(each -> each.verdict() == verdict).count();
    }
}
