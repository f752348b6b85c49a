package dev.llmload.benchmark;

import dev.llmload.budget.BudgetOutcome;
import dev.llmload.budget.BudgetRule;
import dev.llmload.budget.Judge;
import dev.llmload.budget.PooledRuns;
import dev.llmload.budget.baseline.BaselineEntry;
import dev.llmload.budget.baseline.BaselineReference;
import dev.llmload.budget.baseline.BaselineRun;
import dev.llmload.budget.baseline.Circumstances;
import dev.llmload.budget.grammar.BudgetParser;
import dev.llmload.junit.Api;
import dev.llmload.junit.Reuse;
import dev.llmload.junit.TokenCount;
import dev.llmload.load.LoadListener;
import dev.llmload.load.LoadSession;
import dev.llmload.load.RequestSettings;
import dev.llmload.load.plan.ClosedLoop;
import dev.llmload.load.plan.LevelLimits;
import dev.llmload.load.plan.LevelPlan;
import dev.llmload.load.wire.EndpointSettings;
import dev.llmload.load.wire.Timeouts;
import dev.llmload.metric.LevelAssembler;
import dev.llmload.prompt.PromptSupply;
import dev.llmload.prompt.Prompts;
import dev.llmload.protocol.ApiUrl;
import dev.llmload.result.LoadResult;
import dev.llmload.result.Verdict;
import dev.llmload.simulator.Simulator;
import dev.llmload.simulator.SimulatorSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How often a budget "of baseline" is right: over many seeds of the simulator a release whose TTFT is 20 % longer, which it
 * should catch, and one that is 2 % longer, which it should let pass, each measured anew against a baseline measured anew.
 */
public final class Regressions {
    private static final int TTFT_MICROS = 40_000;
    private static final String BUDGETS = "ttft p50 <= 110% of baseline; ttft p95 <= 110% of baseline";
    private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("seeds", 20);
        DEFAULTS.put("users", 10);
        DEFAULTS.put("requests", 500);
        DEFAULTS.put("repeat", 1);
        DEFAULTS.put("jitter", 25);
        DEFAULTS.put("slower", 20);
        DEFAULTS.put("noise", 2);
    }

    private final Options options;
    /** By what is shown of a row: what came to which verdict. */
    private final Map<String, Map<Verdict, Integer>> rows = new LinkedHashMap<>();

    private Regressions(Options options) {
        this.options = options;
    }

    /**
     * Runs it.
     *
     * @param args the options, see benchmarks/README.md
     */
    public static void main(String[] args) {
        Options options = Options.parse(args, DEFAULTS);
        System.out.println(Machine.describe());
        System.out.println(options);
        new Regressions(options).run();
    }

    private void run() {
        int seeds = options.get("seeds");
        for (int seed = 1; seed <= seeds; seed++) {
            List<LoadResult> baseline = measure(0, 3L * seed);
            judge(named(options.get("slower")), baseline, measure(options.get("slower"), 3L * seed + 1));
            judge(named(options.get("noise")), baseline, measure(options.get("noise"), 3L * seed + 2));
            System.err.printf(Locale.ROOT, "\rseed %d of %d", seed, seeds);
        }
        System.err.println();
        System.out.printf(
                "%-8s %-32s %-11s %7s %13s %5s%n", "TTFT", "budget", "confidence", "broken", "inconclusive", "held");
        rows.forEach((row, verdicts) -> {
            boolean slower = row.startsWith(named(options.get("slower")));
            int wrong = verdicts.getOrDefault(slower ? Verdict.PASS : Verdict.FAIL, 0);
            System.out.printf(
                    Locale.ROOT,
                    "%s %7d %13d %5d   %.0f %% %s%n",
                    row,
                    verdicts.getOrDefault(Verdict.FAIL, 0),
                    verdicts.getOrDefault(Verdict.INCONCLUSIVE, 0),
                    verdicts.getOrDefault(Verdict.PASS, 0),
                    100.0 * wrong / seeds,
                    slower ? "missed" : "false alarms");
        });
    }

    private static String named(int percent) {
        return "+" + percent + " %";
    }

    private void judge(String release, List<LoadResult> baseline, List<LoadResult> now) {
        Circumstances same = new Circumstances(Map.of(), Map.of());
        BaselineReference reference = new BaselineReference(
                Optional.of(new BaselineEntry("benchmark", "level", same, runs(baseline))), "", same, runs(now));
        LoadResult judged = PooledRuns.of(now);
        for (double confidence : new double[] {0, 0.95}) {
            List<BudgetRule> budgets = BudgetParser.parseList(BUDGETS, "benchmark").stream()
                    .map(budget -> BudgetParser.parse(budget.text(), "benchmark", List.of(), confidence))
                    .toList();
            for (BudgetOutcome outcome : Judge.judge(judged, budgets, reference).outcomes()) {
                String row = String.format(
                        Locale.ROOT,
                        "%-8s %-32s %-11s",
                        release,
                        outcome.budget().text(),
                        confidence == 0 ? "none" : "0.95");
                rows.computeIfAbsent(row, key -> new EnumMap<>(Verdict.class))
                        .merge(outcome.verdict(), 1, Integer::sum);
            }
        }
    }

    private static List<BaselineRun> runs(List<LoadResult> results) {
        return results.stream()
                .map(result -> BaselineRun.of(result, Instant.EPOCH.toString()))
                .toList();
    }

    private List<LoadResult> measure(int percentSlower, long seed) {
        int users = options.get("users");
        String spec = "simulator:fast?ttft=" + TTFT_MICROS * (100 + percentSlower) / 100 + "us&ttftJitter="
                + options.get("jitter") + "%&ttftPerPromptToken=0us&tpot=1ms&tpotGrowth=0%&tokens=6..10&seed=" + seed;
        List<LoadResult> results = new ArrayList<>();
        try (Simulator simulator = Simulator.start(SimulatorSettings.parse(spec));
                LoadSession session = session(simulator)) {
            PromptSupply prompts = new PromptSupply(
                    Prompts.load("builtin:chat", Regressions.class.getClassLoader()), Reuse.ALLOW, seed);
            session.warmUp(prompts, 20, users);
            for (int run = 0; run < options.get("repeat"); run++) {
                results.add(LevelAssembler.assemble(session.run(
                        new LevelPlan(
                                new ClosedLoop(users),
                                new LevelLimits(
                                        options.get("requests"),
                                        Optional.empty(),
                                        Duration.ofMinutes(5),
                                        Optional.empty())),
                        prompts)));
            }
        }
        return results;
    }

    private static LoadSession session(Simulator simulator) {
        return LoadSession.open(
                new EndpointSettings(
                        ApiUrl.parse(simulator.url()),
                        "simulated-model",
                        Api.CHAT,
                        "",
                        Map.of(),
                        TokenCount.USAGE,
                        Timeouts.defaults()),
                new RequestSettings(32, 0, ""),
                0,
                "benchmark",
                true,
                new LoadListener() {});
    }
}
