package dev.llmload.benchmark;

import dev.llmload.benchmark.ModelledEngine.Kind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How often a verdict is wrong: many levels of engines whose truth is known, through the product's own distributions, looks
 * and judge; no network. Ends with 1 if a gate with a confidence is wrong more often than it says, if a release at half the
 * permitted share passes too seldom, or if a change is announced too often where there is none.
 */
public final class Verdicts {
    private static final double CONFIDENCE = 0.95;
    private static final double PERMITTED = 0.05;
    private static final double LEAST_PASSED = 0.95;
    private static final double[] SHARES = {0.025, 0.04, 0.05, 0.055, 0.06, 0.1};
    private static final double[] CHANGES = {1, 1.04, 1.05, 1.06, 1.1};
    private static final double SLOW_OF_COMPARISONS = 0.1;
    private static final String GATE = "ttft p95 < " + (int) ModelledEngine.LIMIT_MILLIS + " ms";
    private static final Map<String, Integer> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("trials", 1000);
        DEFAULTS.put("users", 4);
        DEFAULTS.put("most", 12_000);
        DEFAULTS.put("seed", 1);
        DEFAULTS.put("part", 0);
        DEFAULTS.put("share", 0);
        DEFAULTS.put("change", 0);
    }

    private final Options options;
    private final VerdictTable table;
    private final ModelledGates gates;

    private Verdicts(Options options) {
        this.options = options;
        this.table = new VerdictTable(options.get("trials"), options.get("seed"));
        this.gates = new ModelledGates(options.get("users"), options.get("most"));
    }

    /**
     * Runs it.
     *
     * @param args the options, see benchmarks/README.md
     */
    public static void main(String[] args) {
        long began = System.nanoTime();
        Options options = Options.parse(args, DEFAULTS);
        System.out.println(options);
        Verdicts all = new Verdicts(options);
        for (Kind kind : new Kind[] {Kind.INDEPENDENT, Kind.EPISODES}) {
            all.absolute(kind);
        }
        for (String statistic : new String[] {"p50", "p95"}) {
            all.relative(Kind.INDEPENDENT, statistic);
            all.relative(Kind.EPISODES, statistic);
        }
        all.relative(Kind.STARTS, "p50");
        all.pairs();
        for (ModelledGaps.Kind kind : ModelledGaps.Kind.values()) {
            all.gaps(kind);
        }
        boolean honest = all.table.isHonest();
        System.out.println(
                honest
                        ? "\nwith a confidence no verdict is wrong more often than it says (its lower bound is at most 5 %)"
                        : "\nNOT HONEST: see the rows with an exclamation mark");
        System.out.println("took " + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");
        System.exit(honest ? 0 : 1);
    }

    private ModelledEngine engine(Kind kind, double share) {
        return ModelledEngine.of(kind, options.get("users"), share);
    }

    private boolean isWanted(String option, String other, double value) {
        int only = options.get(option);
        return only == 0 ? options.get(other) == 0 : only == Math.round(value);
    }

    /** Whether a part of the table is wanted; else so many rows are passed over. */
    private boolean isPart(int part, int rows) {
        boolean wanted = options.get("part") == 0 || options.get("part") == part;
        if (!wanted) {
            table.skip(rows);
        }
        return wanted;
    }

    private void absolute(Kind kind) {
        if (!isPart(1, 6 * SHARES.length)) {
            return;
        }
        table.title(kind.words() + ": " + GATE, "beyond");
        for (double share : SHARES) {
            if (!isWanted("share", "change", 1000 * share)) {
                table.skip(6);
                continue;
            }
            ModelledEngine engine = ModelledEngine.of(kind, options.get("users"), share);
            boolean holds = share <= PERMITTED;
            double least = share <= PERMITTED / 2 ? LEAST_PASSED : 0;
            String truth = String.format(Locale.ROOT, "%.1f %%", 100 * share);
            table.row(truth, "plain, 200", holds, false, 0, gates.level(engine, GATE, 0, 200, false));
            table.row(truth, "plain, goes on", holds, false, 0, gates.level(engine, GATE, 0, 200, true));
            table.row(truth, "conf., 500", holds, true, 0, gates.level(engine, GATE, CONFIDENCE, 500, false));
            table.row(truth, "conf., goes on", holds, true, least, gates.level(engine, GATE, CONFIDENCE, 0, true));
            table.row(truth, "3 x 200", holds, false, 0, gates.repeated(engine, GATE, 0, 3, 200));
            table.row(truth, "3 x 390, conf.", holds, true, 0, gates.repeated(engine, GATE, CONFIDENCE, 3, 390));
        }
    }

    private void relative(Kind kind, String statistic) {
        if (!isPart(2, 4 * CHANGES.length)) {
            return;
        }
        ModelledEngine engine = ModelledEngine.of(kind, options.get("users"), SLOW_OF_COMPARISONS);
        // One run a side knows nothing of how starts differ, and says so.
        boolean ofOne = kind != Kind.STARTS;
        String budget = "ttft " + statistic + " <= 105% of baseline";
        table.title(kind.words() + ": " + budget, "change");
        for (double factor : CHANGES) {
            if (!isWanted("change", "share", 100 * factor)) {
                table.skip(4);
                continue;
            }
            boolean holds = factor <= 1.05;
            String truth = String.format(Locale.ROOT, "%.0f %%", 100 * factor);
            table.row(truth, "plain, 500", holds, false, 0, gates.against(engine, budget, factor, 0, 1, false));
            Against conf = (runs, goesOn) -> gates.against(engine, budget, factor, CONFIDENCE, runs, goesOn);
            table.row(truth, "conf., 500", holds, ofOne, 0, conf.gate(1, false));
            table.row(truth, "conf., goes on", holds, ofOne, 0, conf.gate(1, true));
            table.row(truth, "3 x 500, conf.", holds, true, 0, conf.gate(3, false));
        }
    }

    private interface Against {
        ModelledGates.Gate gate(int runs, boolean goesOn);
    }

    private void gaps(ModelledGaps.Kind kind) {
        if (!isPart(4, SHARES.length)) {
            return;
        }
        String budget = "itl p95 < " + ModelledGaps.LIMIT + " ms";
        table.title(kind.words() + ": " + budget + ", 50 gaps a request", "beyond");
        for (double share : SHARES) {
            if (!isWanted("share", "change", 1000 * share)) {
                table.skip(1);
                continue;
            }
            ModelledGaps gaps = ModelledGaps.of(kind, options.get("users"), share);
            String truth = String.format(Locale.ROOT, "%.1f %%", 100 * share);
            table.row(truth, "conf., 390", share <= PERMITTED, true, 0, gaps.gate(budget, CONFIDENCE, 390));
        }
    }

    private void pairs() {
        if (!isPart(3, 2 * Kind.values().length)) {
            return;
        }
        table.announcements();
        for (Kind kind : Kind.values()) {
            if (options.get("share") > 0 || options.get("change") > 0) {
                table.skip(2);
                continue;
            }
            ModelledEngine engine = ModelledEngine.of(kind, options.get("users"), SLOW_OF_COMPARISONS);
            for (int repeat : new int[] {1, 3}) {
                table.announced(kind.words() + ", " + repeat + " x 500", random -> gates.pair(engine, random, repeat));
            }
        }
    }
}
