package dev.llmload.benchmark;

import dev.llmload.analysis.Binomial;
import dev.llmload.benchmark.ModelledGates.Judged;
import dev.llmload.budget.baseline.Change;
import dev.llmload.result.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Makes the trials of one row after the other, and prints what they came to. What a row shows is known to its trials only: it
 * is too much where the lower Clopper–Pearson bound of the share is above what is permitted. Rows of one seed have trials of
 * their own. Confined to one thread; the trials of a row run on all cores.
 */
final class VerdictTable {
    /** Share of trials that may be wrong. */
    static final double PERMITTED = 0.05;

    private static final double CONFIDENCE = 0.95;

    private final int trials;
    private final SplittableRandom seeds;
    private boolean honest = true;

    VerdictTable(int trials, long seed) {
        this.trials = trials;
        this.seeds = new SplittableRandom(seed);
    }

    /** Whether nothing that is promised was broken in any row. */
    boolean isHonest() {
        return honest;
    }

    /** The next rows are not wanted: the others keep their trials. */
    void skip(int rows) {
        for (int i = 0; i < rows; i++) {
            seeds.split();
        }
    }

    void title(String title, String truth) {
        System.out.printf(
                "%n%s%n%-9s %-20s %7s %7s %7s   %-12s %-8s %s%n",
                title, truth, "gate", "PASS", "unclear", "FAIL", "wrong", "at least", "requests");
    }

    /**
     * Prints a row.
     *
     * @param holds whether the truth is permitted, so that FAIL is wrong; else PASS is
     * @param promised whether it is promised that few are wrong
     * @param least share of trials that must pass, 0 for any
     */
    void row(String truth, String name, boolean holds, boolean promised, double least, ModelledGates.Gate gate) {
        List<Judged> all = inTrials(gate::judge);
        int passed = count(all, Verdict.PASS);
        int failed = count(all, Verdict.FAIL);
        int wrong = holds ? failed : passed;
        boolean broken = promised && tooOften(wrong) || passed < least * trials;
        honest &= !broken;
        System.out.printf(
                Locale.ROOT,
                "%-9s %-20s %5.1f %% %5.1f %% %5.1f %%   %5.1f %% %s %6.1f %% %7.0f %s%n",
                truth,
                name,
                percent(passed),
                percent(trials - passed - failed),
                percent(failed),
                percent(wrong),
                holds ? "FAIL" : "PASS",
                100 * atLeast(wrong),
                all.stream().mapToInt(Judged::requests).average().orElse(0),
                broken ? "!" : "");
    }

    void announcements() {
        System.out.printf(
                "%nthe same release against itself: how often any number, and each, is announced%n%-48s %-7s   %-7s   %s%n",
                "engine, runs a side", "worse", "better", "worse, each");
    }

    /** Prints how often a change is announced where there is none. */
    void announced(String name, Function<SplittableRandom, List<Change>> pair) {
        List<List<Change>> all = inTrials(pair);
        int worse = any(all, Change.Kind.WORSE, "");
        int better = any(all, Change.Kind.BETTER, "");
        boolean broken = tooOften(worse) || tooOften(better);
        honest &= !broken;
        System.out.printf(
                Locale.ROOT,
                "%-48s %5.1f %%   %5.1f %%   %s %s%n",
                name,
                percent(worse),
                percent(better),
                all.get(0).stream()
                        .filter(change -> change.interval().isPresent())
                        .map(Change::name)
                        .map(each -> String.format(
                                Locale.ROOT, "%s %.1f %%", each, percent(any(all, Change.Kind.WORSE, each))))
                        .collect(Collectors.joining(", ")),
                broken ? "!" : "");
    }

    private <T> List<T> inTrials(Function<SplittableRandom, T> trial) {
        long[] each = seeds.split().longs(trials).toArray();
        return LongStream.of(each)
                .parallel()
                .mapToObj(seed -> trial.apply(new SplittableRandom(seed)))
                .toList();
    }

    private boolean tooOften(int wrong) {
        return atLeast(wrong) > PERMITTED;
    }

    private double atLeast(int seen) {
        return Binomial.lowerBound(seen, trials, CONFIDENCE);
    }

    private double percent(int count) {
        return 100.0 * count / trials;
    }

    private static int count(List<Judged> all, Verdict verdict) {
        return (int) all.stream().filter(each -> each.verdict() == verdict).count();
    }

    private static int any(List<List<Change>> all, Change.Kind kind, String name) {
        return (int) all.stream()
                .filter(changes -> changes.stream()
                        .anyMatch(change -> change.kind() == kind
                                && (name.isEmpty() || change.name().equals(name))))
                .count();
    }
}
